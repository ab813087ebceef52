import LeastSquares
import LinearAlgebra
import Statistics
import TestSupport
import Testing

/// Covariances under robust losses; see `Tests/Reference/statistics.py`.
@Suite struct RobustCovarianceTests {
  @Test func huber() throws {
    let numbers = try ReferenceNumbers.read().huber
    let problem = LinearProblem(columns: numbers.design, targets: numbers.y)
    let loss = RobustLoss.huber(width: numbers.width)
    let report = LevenbergMarquardt(loss: loss).minimize(problem, from: [0, 0])
    for (actual, expected) in zip(report.parameters, numbers.parameters) {
      expectClose(actual, expected, tolerance: 1e-10)
    }
    let series = try ScoreSeries(problem, at: numbers.parameters, loss: loss)
    expectClose(try series.covariance(.naive).matrix, numbers.naive, tolerance: 1e-10)
    expectClose(
      try series.covariance(.heteroscedastic).matrix, numbers.heteroscedastic, tolerance: 1e-10)
  }

  /// With known standard deviations E ψ² and E ψ′ are those of normal residuals.
  @Test func momentsOfNormalResiduals() throws {
    for row in try ReferenceNumbers.read().normal_moments {
      let loss: RobustLoss =
        switch row.loss {
        case "huber": .huber(width: row.width)
        case "softL1": .softL1(width: row.width)
        default: .cauchy(width: row.width)
        }
      let problem = LinearProblem(columns: [[1, 1, 1]], targets: [-1, 0, 1])
      let series = try ScoreSeries(
        problem, at: [0], loss: loss, weights: .standardDeviations([2, 2, 2]))
      // Huber's kink costs the trapezoidal rule some digits.
      expectClose(series.moments.square, row.square, tolerance: 1e-6, "\(row)")
      expectClose(series.moments.slope, row.slope, tolerance: 1e-6, "\(row)")
      expectClose(
        try series.covariance(.naive).matrix[0, 0],
        4 * series.moments.square / (series.moments.slope * series.moments.slope) / 3,
        tolerance: 1e-12)
    }
  }

  /// A width far below the noise makes the fit a median, whose variance with normal noise is
  /// (π/2) σ²/n.
  @Test func narrowWidthIsTheMedian() throws {
    var random = SeededGenerator(seed: 12)
    let noise = (0..<4001).map { _ in random.normal() }
    let problem = LinearProblem(
      columns: [[Double](repeating: 1, count: noise.count)], targets: noise)
    let loss = RobustLoss.huber(width: 1e-3)
    let median = noise.sorted()[2000]
    let series = try ScoreSeries(problem, at: [median], loss: loss)
    let scale = RobustScale.standardDeviation(series.residuals)
    for estimator in [CovarianceEstimator.naive, .heteroscedastic] {
      expectClose(
        try series.covariance(estimator).matrix[0, 0], 0.5 * Double.pi * scale * scale / 4000,
        tolerance: 1e-9)
    }
  }
}
