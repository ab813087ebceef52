import LeastSquares
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@Suite struct ConfidenceIntervalTests {
  private func covariance() throws -> ParameterCovariance {
    let problem = LinearProblem(columns: [[1, 1, 1, 1], [0, 1, 2, 3]], targets: [1, 3, 2, 5])
    return try ScoreSeries(problem, at: [1.1, 1.1]).covariance(.naive)
  }

  /// The line of `ScoreSeriesTests.textbookLine`; t of 2 degrees of freedom at 95 % is
  /// √(2·0.95²/(1 - 0.95²)) = 4.3027 in closed form.
  @Test func parameter() throws {
    let interval = try #require(try covariance().interval(of: 1, estimate: 1.1, level: 0.95))
    let halfWidth = (2 * 0.95 * 0.95 / (1 - 0.95 * 0.95)).squareRoot() * (1.35 * 0.2).squareRoot()
    expectClose(interval.lower, 1.1 - halfWidth, tolerance: 1e-11)
    expectClose(interval.upper, 1.1 + halfWidth, tolerance: 1e-11)
    expectClose(interval.standardError, (1.35 * 0.2).squareRoot(), tolerance: 1e-12)
    #expect(try covariance().interval(of: 2, estimate: 0, level: 0.95) == nil)
  }

  /// On the logarithmic scale the ends are x·exp(±t SE/x).
  @Test func logarithmic() throws {
    let linear = ConfidenceInterval(
      estimate: 2, standardError: 0.5, degreesOfFreedom: .infinity, level: 0.95)
    let interval = ConfidenceInterval(
      estimate: 2, standardError: 0.5, degreesOfFreedom: .infinity, level: 0.95,
      scale: .logarithmic)
    // exp(0.25 · 1.959963984540054) = 1.6323015229.
    expectClose(interval.upper, 2 * 1.632_301_522_867, tolerance: 1e-9)
    expectClose(interval.lower * interval.upper, 4, tolerance: 1e-12)
    let negative = ConfidenceInterval(
      estimate: -2, standardError: 0.5, degreesOfFreedom: .infinity, level: 0.95,
      scale: .logarithmic)
    expectClose(negative.upper - negative.lower, linear.upper - linear.lower, tolerance: 1e-12)
  }

  /// x at which the line reaches 10: (10 - a)/b, gradient (-1/b, -(10 - a)/b²); by hand.
  @Test func derivedQuantity() throws {
    let covariance = try covariance()
    let gradient = [-1 / 1.1, -8.9 / 1.21]
    let variance =
      1.35
      * (0.7 * gradient[0] * gradient[0] - 0.6 * gradient[0] * gradient[1]
        + 0.2 * gradient[1] * gradient[1])
    let given = covariance.interval(estimate: 8.9 / 1.1, gradient: gradient, level: 0.9)
    expectClose(given.standardError, variance.squareRoot(), tolerance: 1e-12)
    let differenced = covariance.interval(at: [1.1, 1.1], level: 0.9) { (10 - $0[0]) / $0[1] }
    expectClose(differenced.standardError, variance.squareRoot(), tolerance: 1e-5)
    expectClose(differenced.estimate, 8.9 / 1.1, tolerance: 1e-14)
    // Linear quantities have exact differences.
    let value = covariance.interval(at: [1.1, 1.1], level: 0.9) { $0[0] + 4 * $0[1] }
    expectClose(
      value.standardError, (1.35 * (0.7 - 2.4 + 3.2)).squareRoot(), tolerance: 1e-9)
  }
}
