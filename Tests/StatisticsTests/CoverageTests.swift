import CoverageSimulation
import LeastSquares
import Statistics
import TestSupport
import Testing

/// How often nominal intervals hold the truth, over simulated fits with seeded noise.
///
/// `Tests/Benchmarks/CoverageBenchmark` prints the table of all estimators and noises.
@Suite struct CoverageTests {
  /// 95 % intervals of the exponent of L0 + A·S1^(-α) - C·S2 from 2000 rows: the recommended
  /// estimator covers 91 to 97 %.
  @Test(arguments: [0.0, 0.5, 0.9])
  func recommended(correlation: Double) throws {
    let simulation = CoverageSimulation(
      rows: 2000, noise: .autoregressive(correlation), simulations: 500)
    let share = try simulation.coverage([.recommended])[0]
    #expect(share >= 0.91 && share <= 0.97, "coverage \(share) at φ = \(correlation)")
  }

  /// White noise on slow drift, which the correlation of neighbours hides.
  @Test func mixedNoise() throws {
    let simulation = CoverageSimulation(rows: 2000, noise: .mixed(0.95), simulations: 200)
    let shares = try simulation.coverage([.recommended, .autoregressive(.fixed(1))])
    #expect(isLikely(shares[0], from: 0.91, to: 0.97, of: 200), "recommended: \(shares[0])")
    #expect(shares[1] < 0.7, "of order 1: \(shares[1])")
  }

  /// The other estimators do what theory says they do: all cover with white noise, and with strong
  /// autocorrelation each allows for more of it than the one before.
  @Test(arguments: [0.0, 0.9])
  func estimators(correlation: Double) throws {
    let estimators: [(estimator: CovarianceEstimator, least: Double, most: Double)] = [
      (.naive, 0.3, 0.45), (.heteroscedastic, 0.28, 0.43),
      (.neweyWest(.textbook), 0.65, 0.75), (.neweyWest(.andrews), 0.82, 0.89),
      (.prewhitenedNeweyWest, 0.85, 0.93),
      (.blockBootstrap(BlockBootstrap(replicates: 199)), 0.82, 0.89),
      (.autoregressive(.fixed(1)), 0.93, 0.97),
    ]
    let simulation = CoverageSimulation(
      rows: 2000, noise: .autoregressive(correlation), simulations: 100)
    let shares = try simulation.coverage(estimators.map(\.estimator))
    for (share, expected) in zip(shares, estimators) {
      let (least, most) =
        correlation == 0 ? (0.92, 0.96) : (expected.least, expected.most)
      #expect(
        isLikely(share, from: least, to: most, of: 100), "\(expected.estimator.name): \(share)")
    }
  }

  /// 90 % intervals of the mean of AR(1) noise, for least squares and a Huber width well below the
  /// noise, 300 rows.
  @Test(arguments: [(0.0, 10.0), (0.5, 10.0), (0.9, 10.0), (0.0, 0.3), (0.5, 0.3)])
  func mean(correlation: Double, width: Double) throws {
    var random = SeededGenerator(seed: 5)
    let loss = RobustLoss.huber(width: width)
    var problem = LinearProblem(columns: [[Double](repeating: 1, count: 300)], targets: [])
    var inside = 0
    for _ in 0..<400 {
      var noise = [random.normal() / (1 - correlation * correlation).squareRoot()]
      for _ in 1..<300 { noise.append(correlation * noise[noise.count - 1] + random.normal()) }
      problem.targets = noise
      let report = LevenbergMarquardt(loss: loss).minimize(problem, from: [0])
      let covariance = try ScoreSeries(problem, at: report.parameters, loss: loss)
        .covariance(.recommended)
      let interval = try #require(
        covariance.interval(of: 0, estimate: report.parameters[0], level: 0.9))
      if interval.lower <= 0 && interval.upper >= 0 { inside += 1 }
    }
    let share = Double(inside) / 400
    #expect(
      isLikely(share, from: 0.88, to: 0.95, of: 400),
      "coverage \(share) at φ = \(correlation), width \(width)")
  }

  /// Profile intervals with an inflated rise of the cost cover as the t intervals do.
  @Test func profile() throws {
    let simulation = CoverageSimulation(
      rows: 2000, noise: .autoregressive(0.9), simulations: 60)
    let (share, evaluations) = try simulation.profileCoverage(.recommended)
    #expect(isLikely(share, from: 0.93, to: 0.97, of: 60), "coverage \(share)")
    #expect(evaluations < 15)
  }

  /// Whether a share of `count` draws lies no more than 3.3 binomial standard errors, one in a
  /// thousand, outside a range of probabilities.
  private func isLikely(_ share: Double, from least: Double, to most: Double, of count: Int) -> Bool
  {
    func error(_ probability: Double) -> Double {
      3.3 * (probability * (1 - probability) / Double(count)).squareRoot()
    }
    return share >= least - error(least) && share <= most + error(most)
  }
}
