import LeastSquares
import LinearAlgebra
import Statistics
import TestSupport
import Testing

/// Covariances of a linear fit against statsmodels and dense computations in numpy; see
/// `Tests/Reference/statistics.py`.
@Suite struct CovarianceReferenceTests {
  let numbers: ReferenceNumbers.Linear
  let problem: LinearProblem
  let series: ScoreSeries
  let inRuns: ScoreSeries

  init() throws {
    numbers = try ReferenceNumbers.read().linear
    problem = LinearProblem(columns: numbers.design, targets: numbers.y)
    let parameters = numbers.statsmodels.parameters
    series = try ScoreSeries(problem, at: parameters)
    inRuns = try ScoreSeries(problem, at: parameters, runs: ranges(numbers.runs))
  }

  @Test func naive() throws {
    let covariance = try series.covariance(.naive)
    expectClose(covariance.matrix, numbers.statsmodels.naive, tolerance: 1e-10)
    #expect(covariance.degreesOfFreedom == 57)
    #expect(covariance.effectiveCount == 60)
    #expect(covariance.rank == 3)
    for j in 0..<3 {
      expectClose(
        covariance.standardErrors[j], numbers.statsmodels.naive[j][j].squareRoot(),
        tolerance: 1e-10)
    }
  }

  /// HC1, and HC0 times n/(n-f).
  @Test func heteroscedastic() throws {
    let matrix = try series.covariance(.heteroscedastic).matrix
    expectClose(matrix, numbers.statsmodels.hc1, tolerance: 1e-10)
    expectClose(matrix, numbers.statsmodels.hc0, tolerance: 1e-10, factor: 60.0 / 57)
  }

  @Test func neweyWest() throws {
    let matrix = try series.covariance(.neweyWest(.lags(4))).matrix
    expectClose(matrix, numbers.statsmodels.hac4, tolerance: 1e-10)
    expectClose(matrix, numbers.statsmodels.hac4_uncorrected, tolerance: 1e-10, factor: 60.0 / 57)
    // ⌊4 (60/100)^(2/9)⌋ = ⌊3.57⌋.
    #expect(
      try series.covariance(.neweyWest(.textbook)).matrix
        == series.covariance(.neweyWest(.lags(3))).matrix)
  }

  /// Rows of different runs are not paired: `cov_type="hac-panel"`.
  @Test func neweyWestInRuns() throws {
    let matrix = try inRuns.covariance(.neweyWest(.lags(4))).matrix
    expectClose(matrix, numbers.statsmodels.hac_runs, tolerance: 1e-10, factor: 60.0 / 57)
  }

  @Test func noLagsIsHeteroscedastic() throws {
    let matrix = try inRuns.covariance(.neweyWest(.lags(0))).matrix
    expectClose(matrix, numbers.statsmodels.hc1, tolerance: 1e-10)
  }

  @Test func andrewsBandwidth() throws {
    let triangle = try Matrix(
      rows: 60, columns: 3, columnMajor: numbers.design.flatMap { $0 }
    ).orthogonalTriangle()
    // Scores in the coordinates of Q = X·R⁻¹, one row after the other by substitution.
    var scores = series.scores
    for row in 0..<60 {
      for j in 0..<3 {
        for k in 0..<j { scores[row, j] -= scores[row, k] * triangle[k, j] }
        scores[row, j] /= triangle[j, j]
      }
    }
    expectClose(
      BartlettBandwidth.andrews(scores, runs: [0..<60]), numbers.andrews_bandwidth,
      tolerance: 1e-10)
    expectClose(
      BartlettBandwidth.andrews(scores, runs: ranges(numbers.runs)),
      numbers.andrews_bandwidth_runs, tolerance: 1e-10)
  }

  @Test func andrews() throws {
    expectClose(
      try series.covariance(.neweyWest(.andrews)).matrix, numbers.andrews, tolerance: 1e-10)
    expectClose(
      try inRuns.covariance(.neweyWest(.andrews)).matrix, numbers.andrews_runs, tolerance: 1e-10)
  }

  @Test func prewhitened() throws {
    expectClose(
      try series.covariance(.prewhitenedNeweyWest).matrix, numbers.prewhitened, tolerance: 1e-10)
    expectClose(
      try inRuns.covariance(.prewhitenedNeweyWest).matrix, numbers.prewhitened_runs,
      tolerance: 1e-10)
  }

  /// A vector autoregression with a singular value above 0.97, which is lowered to it.
  @Test func prewhitenedAtTheBound() throws {
    let clamped = try ReferenceNumbers.read().clamped
    let problem = LinearProblem(
      columns: clamped.design, targets: clamped.residuals.map { -$0 })
    let series = try ScoreSeries(problem, at: [0, 0])
    expectClose(
      try series.covariance(.prewhitenedNeweyWest).matrix, clamped.prewhitened, tolerance: 1e-9)
  }

  @Test func cluster() throws {
    let series = try ScoreSeries(
      problem, at: numbers.statsmodels.parameters, runs: ranges(numbers.clusters))
    let covariance = try series.covariance(.cluster)
    expectClose(covariance.matrix, numbers.statsmodels.cluster, tolerance: 1e-10)
    #expect(covariance.degreesOfFreedom == 5)
    #expect(throws: CovarianceError.tooFewRuns(runs: 3, needed: 5)) {
      try inRuns.covariance(.cluster)
    }
  }

  /// Relative weights as in `sm.WLS`.
  @Test func relativeWeights() throws {
    let series = try ScoreSeries(
      problem, at: numbers.statsmodels.weighted_parameters, weights: .relative(numbers.weights))
    expectClose(
      try series.covariance(.naive).matrix, numbers.statsmodels.weighted_naive, tolerance: 1e-10)
    expectClose(
      try series.covariance(.heteroscedastic).matrix, numbers.statsmodels.weighted_hc1,
      tolerance: 1e-10)
  }

  /// Frequencies as in `sm.OLS` of repeated rows; some are 0.
  @Test func frequencies() throws {
    let series = try ScoreSeries(
      problem, at: numbers.statsmodels.repeated_parameters,
      weights: .frequencies(numbers.frequencies))
    #expect(series.rowCount == numbers.frequencies.reduce(0, +))
    #expect(series.residuals.count == numbers.frequencies.count { $0 > 0 })
    let naive = try series.covariance(.naive)
    expectClose(naive.matrix, numbers.statsmodels.repeated_naive, tolerance: 1e-10)
    #expect(naive.degreesOfFreedom == series.rowCount - 3)
    expectClose(
      try series.covariance(.heteroscedastic).matrix, numbers.statsmodels.repeated_hc1,
      tolerance: 1e-10)
  }

  /// Known standard deviations leave no scale to estimate: (XᵀΣ⁻¹X)⁻¹, normal quantiles.
  @Test func knownDeviations() throws {
    let series = try ScoreSeries(
      problem, at: numbers.known_parameters, weights: .standardDeviations(numbers.deviations))
    let covariance = try series.covariance(.naive)
    expectClose(covariance.matrix, numbers.known_naive, tolerance: 1e-10)
    #expect(covariance.degreesOfFreedom == .infinity)
  }

  /// Least squares is the naive covariance times the inflation by the residuals' autoregression.
  @Test func autoregressive() throws {
    let model = Autoregression(series.residuals, runs: [0..<60], order: .fixed(1))
    let inflation = model.varianceInflation(parameterCount: 3)
    #expect(inflation > 1.5)
    let covariance = try series.covariance(.autoregressive(.fixed(1)))
    expectClose(
      covariance.matrix, numbers.statsmodels.naive, tolerance: 1e-10, factor: inflation)
    expectClose(covariance.effectiveCount, 60 / inflation, tolerance: 1e-12)
    // Bartlett's count for a variance: with ρ = (κ-1)/(κ+1), n (1-ρ²)/(1+ρ²).
    let rho = (inflation - 1) / (inflation + 1)
    expectClose(
      covariance.degreesOfFreedom, 60 * (1 - rho * rho) / (1 + rho * rho) - 3, tolerance: 1e-12)
  }
}
