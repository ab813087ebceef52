import LeastSquares
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@Suite struct ScoreSeriesTests {
  /// A line with seeded noise: columns 1 and t, runs of several lengths.
  private func line(rows: Int, seed: UInt64) -> LinearProblem {
    var random = SeededGenerator(seed: seed)
    let times = (0..<rows).map { Double($0) / Double(rows) }
    return LinearProblem(
      columns: [[Double](repeating: 1, count: rows), times],
      targets: times.map { 2 - $0 + 0.1 * random.normal() })
  }

  /// By hand: a line through y = 1, 3, 2, 5 at x = 0…3 has slope and intercept 1.1, residuals
  /// 0.1, -0.8, 1.3, -0.6, RSS 2.7, s² 1.35 and (JᵀJ)⁻¹ = [0.7 -0.3; -0.3 0.2].
  @Test func textbookLine() throws {
    let problem = LinearProblem(columns: [[1, 1, 1, 1], [0, 1, 2, 3]], targets: [1, 3, 2, 5])
    let series = try ScoreSeries(problem, at: [1.1, 1.1])
    let expected = [0.1, -0.8, 1.3, -0.6]
    for row in 0..<4 {
      expectClose(series.residuals[row], expected[row], tolerance: 1e-12)
      expectClose(series.scores[row, 0], expected[row], tolerance: 1e-12)
      expectClose(series.scores[row, 1], expected[row] * Double(row), tolerance: 1e-12, scale: 1)
    }
    expectClose(series.gram, [[4, 6], [6, 14]], tolerance: 1e-13)
    expectClose(series.bread, [[4, 6], [6, 14]], tolerance: 1e-13)
    expectClose(series.scoreSquares, 2.7, tolerance: 1e-12)
    #expect(series.meanCurvature == 1)
    expectClose(
      try series.covariance(.naive).matrix, [[0.7, -0.3], [-0.3, 0.2]], tolerance: 1e-12,
      factor: 1.35)
  }

  /// A polynomial of degree 9 at x = 1…30, whose columns are nearly dependent; standard errors in
  /// exact fractions.
  @Test func illConditioned() throws {
    let numbers = try ReferenceNumbers.read().polynomial
    let positions = (1...numbers.rows).map(Double.init)
    var columns = [[Double](repeating: 1, count: numbers.rows)]
    for _ in 1..<numbers.errors.count {
      columns.append(zip(positions, columns[columns.count - 1]).map { $0 * $1 })
    }
    let problem = LinearProblem(
      columns: columns, targets: (0..<numbers.rows).map { $0 % 2 == 0 ? 1 : -1 })
    let series = try ScoreSeries(
      problem, at: [Double](repeating: 0, count: columns.count),
      weights: .standardDeviations([Double](repeating: 1, count: numbers.rows)))
    #expect(series.conditionNumber > 1e5)
    let covariance = try series.covariance(.naive)
    for (actual, expected) in zip(covariance.standardErrors, numbers.errors) {
      expectClose(actual, expected, tolerance: 1e-8)
    }
    // Residuals of ±1 have ψ² = 1: the sandwich is the naive covariance times n/(n-f).
    let sandwich = try series.covariance(.heteroscedastic)
    for (actual, expected) in zip(sandwich.standardErrors, numbers.errors) {
      expectClose(actual, expected * (30.0 / 20).squareRoot(), tolerance: 1e-6)
    }
  }

  /// Fixed parameters are left out: the covariance is that of the problem without them.
  @Test func freeParameters() throws {
    let full = line(rows: 40, seed: 2)
    let reduced = LinearProblem(
      columns: [full.columns[1]], targets: full.targets.map { $0 - 2 })
    let covariance = try ScoreSeries(full, at: [2, -1], free: [1]).covariance(.heteroscedastic)
    let expected = try ScoreSeries(reduced, at: [-1]).covariance(.heteroscedastic)
    #expect(covariance.freeParameters == [1])
    expectClose(covariance.matrix[0, 0], expected.matrix[0, 0], tolerance: 1e-12)
    #expect(covariance.standardError(of: 0) == nil)
    #expect(covariance.standardError(of: 1) == covariance.standardErrors[0])
    let expanded = covariance.expanded(parameterCount: 2)
    #expect(expanded.storage == [0, 0, 0, covariance.matrix[0, 0]])
  }

  /// Sums of m rows: sums over rows stay as they are, lags come in steps of m.
  @Test(arguments: [1, 3, 7])
  func sumsOfRows(count: Int) throws {
    let problem = line(rows: 1000, seed: 4)
    let runs = [0..<301, 301..<302, 302..<1000]
    let single = try ScoreSeries(problem, at: [2, -1], runs: runs, rowsPerScore: 1)
    let grouped = try ScoreSeries(problem, at: [2, -1], runs: runs, rowsPerScore: count)
    #expect(grouped.runs.map(\.count) == runs.map { ($0.count + count - 1) / count })
    let rows = single.scores
    let groups = grouped.scores
    for (run, groupsOfRun) in zip(runs, grouped.runs) {
      for (offset, group) in groupsOfRun.enumerated() {
        let first = run.lowerBound + offset * count
        let members = first..<min(first + count, run.upperBound)
        for j in 0..<2 {
          expectClose(
            groups[group, j], members.reduce(0) { $0 + rows[$1, j] }, tolerance: 1e-10, scale: 0.1)
        }
      }
    }
    for estimator in [CovarianceEstimator.naive, .heteroscedastic, .recommended] {
      expectClose(
        try grouped.covariance(estimator).matrix[1, 1],
        try single.covariance(estimator).matrix[1, 1], tolerance: 1e-12)
    }
    // Blocks of 21 rows either way.
    let wide = try single.covariance(.neweyWest(.lags(20))).matrix[1, 1]
    expectClose(
      try grouped.covariance(.neweyWest(.lags(20))).matrix[1, 1], wide, tolerance: 0.2)
  }

  /// A prior is one more row: s²(JᵀJ + P)⁻¹ for least squares, (JᵀJ + P)⁻¹ with known deviations.
  @Test func priors() throws {
    let problem = line(rows: 30, seed: 6)
    let prior = ParameterPrior(parameter: 1, mean: 0, standardDeviation: 0.2)
    let free = try ScoreSeries(problem, at: [2, -1])
    let series = try ScoreSeries(problem, at: [2, -1], priors: [prior])
    let precision = Matrix(rows: 2, columns: 2, columnMajor: [0, 0, 0, 25])
    let gram = free.gram
    let sum = (0..<4).map { gram.storage[$0] + precision.storage[$0] }
    let inverse = try CholeskyFactor(Matrix(rows: 2, columns: 2, columnMajor: sum)).inverse()
    let rows = (0..<2).map { j in (0..<2).map { inverse[j, $0] } }
    expectClose(series.gram, (0..<2).map { j in (0..<2).map { gram[j, $0] } }, tolerance: 1e-12)
    expectClose(
      try series.covariance(.naive).matrix, rows, tolerance: 1e-12,
      factor: series.scoreSquares / 28)
    let known = try ScoreSeries(
      problem, at: [2, -1], weights: .standardDeviations([Double](repeating: 1, count: 30)),
      priors: [prior])
    expectClose(try known.covariance(.naive).matrix, rows, tolerance: 1e-12)
  }

  /// What the rows say nothing of has the prior's own standard deviation, in the unit stated; no
  /// standard error exceeds it.
  @Test(arguments: [1e-9, 0.3, 30])
  func priorVariance(deviation: Double) throws {
    let problem = line(rows: 30, seed: 6)
    // The variance of a prior's residual is 400: the deviation stated is a twentieth of the prior's.
    let prior = ParameterPrior(parameter: 1, mean: 0, standardDeviation: deviation / 20)
    let series = try ScoreSeries(problem, at: [2, -1], priors: [prior], priorVariance: 400)
    let error = try #require(try series.covariance(.naive).standardError(of: 1))
    #expect(error <= deviation * (1 + 1e-9))
    if deviation < 1e-6 { expectClose(error, deviation, tolerance: 1e-6) }
    let free = try ScoreSeries(problem, at: [2, -1]).covariance(.naive)
    // Of two parameters the rows determine one and a share of the other.
    let degrees = try series.covariance(.naive).degreesOfFreedom
    #expect(degrees >= free.degreesOfFreedom && degrees <= free.degreesOfFreedom + 1)
  }

  /// Autocorrelation never takes more than all but one degree for each run.
  @Test func degreesOfFreedomOfRuns() throws {
    let problem = line(rows: 60, seed: 6)
    let series = try ScoreSeries(
      problem, at: [200, -1], runs: [0..<15, 15..<30, 30..<45, 45..<60])
    let covariance = try series.covariance(.recommended)
    #expect(covariance.effectiveCount < 10 && covariance.degreesOfFreedom >= 3)
  }

  @Test func errors() throws {
    let problem = line(rows: 5, seed: 8)
    #expect(throws: CovarianceError.noFreeParameters) {
      try ScoreSeries(problem, at: [2, -1], free: [])
    }
    #expect(throws: CovarianceError.tooFewRows(rows: 2, parameters: 2)) {
      try ScoreSeries(
        problem, at: [2, -1], weights: .frequencies([0.5, 0.5, 0.5, 0.5, 0]))
    }
    #expect(throws: CovarianceError.notFinite) { try ScoreSeries(problem, at: [.nan, -1]) }
    let dependent = LinearProblem(
      columns: [[1, 2, 3, 4], [2, 4, 6, 8]], targets: [0, 1, 0, 1])
    #expect {
      try ScoreSeries(dependent, at: [0, 0])
    } throws: { error in
      guard case CovarianceError.dependentColumns(rank: 1, let parameters) = error else {
        return false
      }
      return parameters.count == 1
    }
  }
}
