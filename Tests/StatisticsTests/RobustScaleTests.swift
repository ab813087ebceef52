import Statistics
import TestSupport
import Testing

@Suite struct RobustScaleTests {
  @Test func quantiles() {
    #expect(RobustScale.quantile([1, 2, 3, 4], 0.5) == 2.5)
    #expect(RobustScale.quantile([1, 2, 3, 4], 1) == 4)
    #expect(RobustScale.quantile([5], 0.3) == 5)
  }

  /// Normal values give their standard deviation; a few outliers do not carry it away.
  @Test func normalValues() {
    var random = SeededGenerator(seed: 3)
    var values = (0..<20_000).map { _ in random.normal() }
    expectClose(RobustScale.standardDeviation(values), 1, tolerance: 0.03)
    for index in 0..<100 { values[index] = 1e6 }
    expectClose(RobustScale.standardDeviation(values), 1, tolerance: 0.05)
  }
}
