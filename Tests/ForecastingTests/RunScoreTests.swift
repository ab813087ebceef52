import Forecasting
import TestSupport
import Testing

@Suite struct RunScoreTests {
  /// By hand: bins of two rows, the fifth row joins the second bin.
  @Test func errorsOfBins() {
    let curve = PredictedCurve(
      steps: [1, 2, 3, 4, 5], predicted: [2, 2, 5, 5, 5], lower: [1, 1, 4, 4, 4.5],
      upper: [3, 3, 6, 6, 5.5])
    let losses = [1.0, 3, 4, 4, 4]
    let binned = RunScore(run: "r", curve: curve, losses: losses, binRows: 2)
    expectClose(binned.meanError, 0.125, tolerance: 1e-14)
    expectClose(binned.worstError, 0.25, tolerance: 1e-14)
    expectClose(binned.finalError, 0.25, tolerance: 1e-14)
    #expect(binned.rows == 5 && binned.noise == nil)
    expectClose(binned.inside, 0.8, tolerance: 1e-14)
    expectClose(binned.width, (1 + 1 + 0.4 + 0.4 + 0.2) / 5, tolerance: 1e-14)
    let single = RunScore(run: "r", curve: curve, losses: losses)
    expectClose(single.meanError, (1 + 1 / 3.0 + 0.75) / 5, tolerance: 1e-14)
    expectClose(single.worstError, 1, tolerance: 1e-14)
    // A bin longer than the run is the run's mean.
    let whole = RunScore(run: "r", curve: curve, losses: losses, binRows: 9)
    expectClose(whole.meanError, 19.0 / 16 - 1, tolerance: 1e-14)
  }

  /// A smooth curve with normal noise of 1 % has a mean error of √(2/π) % from noise alone.
  @Test func noiseOfRows() throws {
    var random = SeededGenerator(seed: 11)
    let losses = (1...5000).map { 2 + 3 / Double($0).squareRoot() }
      .map { $0 * (1 + 0.01 * random.normal()) }
    let curve = PredictedCurve(
      steps: losses.indices.map(Double.init), predicted: losses, lower: losses, upper: losses)
    let noise = try #require(RunScore(run: "r", curve: curve, losses: losses).noise)
    expectClose(noise, 0.01 * 0.79788, tolerance: 0.06, "seed 11")
    let binned = try #require(RunScore(run: "r", curve: curve, losses: losses, binRows: 25).noise)
    expectClose(binned, 0.002 * 0.79788, tolerance: 0.25, "seed 11")
  }
}
