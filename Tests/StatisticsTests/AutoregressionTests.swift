import Statistics
import TestSupport
import Testing

/// Burg's method against statsmodels and numpy; see `Tests/Reference/statistics.py`.
@Suite struct AutoregressionTests {
  let numbers: ReferenceNumbers.Autoregression

  init() throws { numbers = try ReferenceNumbers.read().autoregression }

  private func expect(_ actual: [Double], _ expected: [Double]) {
    #expect(actual.count == expected.count)
    for (actual, expected) in zip(actual, expected) {
      expectClose(actual, expected, tolerance: 1e-11)
    }
  }

  @Test func fixedOrders() {
    let whole = [0..<numbers.series.count]
    for expected in [numbers.statsmodels_1, numbers.statsmodels_3] {
      let model = Autoregression(numbers.series, runs: whole, order: .fixed(expected.count))
      expect(model.coefficients, expected)
    }
  }

  @Test func automaticOrder() {
    let model = Autoregression(numbers.series, runs: [0..<numbers.series.count])
    #expect(model.order == numbers.automatic_order)
    expect(model.coefficients, numbers.automatic)
    expectClose(model.innovationShare, numbers.automatic_share, tolerance: 1e-11)
  }

  /// Neighbours of different runs are not paired.
  @Test func runs() {
    let model = Autoregression(numbers.series, runs: ranges(numbers.runs), order: .fixed(2))
    expect(model.coefficients, numbers.runs_2)
    expectClose(model.innovationShare, numbers.runs_2_share, tolerance: 1e-11)
  }

  /// Order 1 is the first-order autocorrelation, and inflates by (1 + ρ)/(1 - ρ).
  @Test func firstOrder() {
    let whole = [0..<numbers.series.count]
    let model = Autoregression(numbers.series, runs: whole, order: .fixed(1))
    let limit = 5 * RobustScale.standardDeviation(numbers.series)
    let clipped = numbers.series.map { min(max($0, -limit), limit) }
    let pairs = zip(clipped, clipped.dropFirst())
    let lagOne =
      pairs.reduce(0) { $0 + $1.0 * $1.1 }
      / pairs.reduce(0) { $0 + 0.5 * ($1.0 * $1.0 + $1.1 * $1.1) }
    expectClose(model.coefficients[0], lagOne, tolerance: 1e-12)
    // A mean of n rows: Kendall's correction ρ + (1 + 3ρ)/n to first order.
    let inflation = model.varianceInflation(parameterCount: 1)
    let rho = lagOne + (1 + 3 * lagOne) / 400
    expectClose(
      inflation,
      (1 - lagOne) * (1 + lagOne)
        / ((1 - rho) * (1 - rho)), tolerance: 1e-3)
  }

  /// White noise is not inflated; whole runs off the law make each run worth one row.
  @Test func limits() {
    var random = SeededGenerator(seed: 3)
    let white = (0..<2000).map { _ in random.normal() }
    let inflation = Autoregression(white, runs: [0..<2000]).varianceInflation(parameterCount: 4)
    #expect(inflation < 1.3)
    let offsets = (0..<2000).map { $0 < 1000 ? 1.0 : -1.0 }
    let model = Autoregression(offsets, runs: [0..<1000, 1000..<2000])
    #expect(model.varianceInflation(parameterCount: 4) == 1000)
    #expect(Autoregression([], runs: []).varianceInflation(parameterCount: 1) == 1)
    let alternating = (0..<100).map { $0 % 2 == 0 ? 1.0 : -1.0 }
    #expect(Autoregression(alternating, runs: [0..<100]).varianceInflation() == 1)
  }

  /// White noise on slow drift: the truth is (1 + a(1+ρ)/(1-ρ))/(1 + a) for variances 1 and a, far
  /// more than the correlation of neighbours says.
  @Test func drift() {
    var random = SeededGenerator(seed: 9)
    var slow = 0.0
    let rows = 100_000
    let values = (0..<rows).map { _ in
      slow = 0.95 * slow + (1 - 0.95 * 0.95).squareRoot() * random.normal()
      return slow + random.normal()
    }
    let truth = 0.5 * (1 + 1.95 / 0.05)
    let automatic = Autoregression(values, runs: [0..<rows])
    expectClose(automatic.varianceInflation(), truth, tolerance: 0.1)
    let first = Autoregression(values, runs: [0..<rows], order: .fixed(1))
    #expect(first.varianceInflation() < 0.2 * truth)
  }
}
