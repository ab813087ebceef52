public import LeastSquares
public import LinearAlgebra

/// The scores of a fit's rows, in order, and the sums from which the fit's covariance is made.
///
/// With ψ = ρ′ and h = ρ″ at the residuals r and J the Jacobian of the free parameters, the score of
/// row i is ψᵢJᵢ; all scores add up to the gradient, which is 0 at an optimum. To first order an
/// optimum lies off the truth by -H⁻¹ Σᵢ ψᵢJᵢ with H = Jᵀ diag(h) J, so that covariances are
/// sandwiches H⁻¹·M·H⁻¹ with M the covariance of Σᵢ ψᵢJᵢ: see ``CovarianceEstimator``.
///
/// ```swift
/// let series = try ScoreSeries(problem, at: report.parameters, loss: solver.loss)
/// let covariance = try series.covariance(.recommended)
/// ```
///
/// Rows are streamed, twice; the series takes n × f numbers, and no more than about four million:
/// longer ones hold the sums of m consecutive rows of a run. The long-run variance of a sum does not
/// depend on how its terms are grouped; only lags and blocks then come in steps of m rows.
///
/// Weights enter as they do in the cost. A row of frequency m counts as m independent rows with the
/// same residual: its score is √m ψJ, so that Σ of squares counts m times; rows of frequency 0 are
/// left out.
///
/// Source: Huber, "The behavior of maximum likelihood estimates under nonstandard conditions", 1967;
/// White, Econometrica 48 (1980).
public struct ScoreSeries: Sendable {
  /// The indices in θ of the f free parameters, ascending.
  public let freeParameters: [Int]
  /// The scores of each run, ranges of 0..<m.
  public let runs: [Range<Int>]
  /// How many consecutive rows of a run are summed to one score; the last of a run may hold fewer.
  public let rowsPerScore: Int
  /// The residuals as they enter the loss: scaled by the weights, without rows of frequency 0.
  public let residuals: [Double]
  /// The residuals of each run.
  public let residualRuns: [Range<Int>]
  /// n, how many rows the residuals stand for: the sum of the frequencies.
  public let rowCount: Double
  /// Σψ², each row counted with its frequency.
  public let scoreSquares: Double
  /// Σh/n; 1 for least squares.
  public let meanCurvature: Double
  /// E ψ² and E ψ′, as estimated or known.
  public let moments: ScoreMoments
  /// Whether the weights are known standard deviations.
  public let scaleIsKnown: Bool

  /// R with RᵀR = JᵀJ + P, where P holds the precisions 1/σ² of priors on its diagonal.
  let design: DesignTriangle
  /// √m ψ J·R⁻¹, m × f.
  let orthonormalScores: Matrix
  /// R⁻ᵀ (Σ ψ²JJᵀ) R⁻¹ over single rows.
  let scoreGram: Matrix
  /// R⁻ᵀ (Σ ψJ) for each run, f × runs.
  let runSums: Matrix
  /// The variance of a prior's residual (θ - mean)/σ; nil: that of a row's residual.
  let priorVariance: Double?
  /// R⁻ᵀ P R⁻¹.
  let priorShare: Matrix
  /// R⁻ᵀ (H + P) R⁻¹.
  let orthonormalBread: Matrix

  /// f, the number of free parameters.
  public var parameterCount: Int { freeParameters.count }
  /// The condition number of J with columns of unit length.
  public var conditionNumber: Double { design.conditionNumber }

  /// Computes the scores at the parameters of a fit.
  ///
  /// - Parameters:
  ///   - problem: residuals and derivatives; n rows, p parameters.
  ///   - parameters: θ, p values.
  ///   - loss: the loss that was minimised.
  ///   - weights: the weights of the fit.
  ///   - priors: the priors of the fit; they count as known with the precision that they state.
  ///   - priorVariance: the variance of their residuals (θ - mean)/σ, where σ is not in units of a
  ///     row's residual; nil: that of a row's residual.
  ///   - free: the indices of the parameters that were fitted; nil means all.
  ///   - runs: the rows of each run, ascending, without gaps; nil means one run.
  ///   - rowsPerScore: how many consecutive rows are summed to one score; nil means 1 as long as
  ///     n · f ≤ 4,000,000, then as few as keep to that.
  /// - Throws: `CovarianceError`: without free parameters, with values that are not finite, with
  ///   no more rows than free parameters, with dependent columns.
  /// - Precondition: `parameters`, `weights`, `free` and `runs` fit the problem's shape.
  /// - Complexity: O(n f²).
  public init(
    _ problem: some LeastSquaresProblem, at parameters: [Double],
    loss: RobustLoss = .leastSquares, weights: ResidualWeights = .equal,
    priors: [ParameterPrior] = [], priorVariance: Double? = nil, free: [Int]? = nil,
    runs: [Range<Int>]? = nil, rowsPerScore: Int? = nil
  ) throws(CovarianceError) {
    let rows = problem.residualCount
    let free = (free ?? Array(0..<problem.parameterCount)).sorted()
    let runs = runs ?? [0..<rows]
    ScoreSeries.check(free: free, runs: runs, problem: problem, parameters: parameters)
    guard let last = free.indices.last else { throw .noFreeParameters }
    let count = weights.effectiveRowCount(of: rows)
    guard count > Double(last + 1) else {
      throw .tooFewRows(rows: count, parameters: last + 1)
    }
    let priors = priors.filter { free.contains($0.parameter) }
    let layout = ScoreLayout(
      runs: runs, rowsPerScore: rowsPerScore ?? max((rows * free.count + 3_999_999) / 4_000_000, 1),
      weights: RowWeights(weights))
    let (sums, design) = try ScoreSeries.sums(
      problem, at: parameters, priors: priors,
      into: ScoreAccumulator(
        free: free, loss: loss, weights: RowWeights(weights), layout: layout))
    guard sums.scoreSquares.isFinite, sums.curvatureSum.isFinite, sums.scoreGram.isFinite else {
      throw .notFinite
    }
    freeParameters = free
    self.runs = layout.scoreRuns
    self.rowsPerScore = layout.rowsPerScore
    residuals = sums.residuals
    residualRuns = layout.residualRuns
    rowCount = sums.rowCount
    scoreSquares = sums.scoreSquares
    meanCurvature = sums.curvatureSum / sums.rowCount
    scaleIsKnown = weights.scaleIsKnown
    let estimate = ScoreMoments(
      residuals: sums.residuals, rowCount: sums.rowCount, scoreSquares: sums.scoreSquares,
      curvatureSum: sums.curvatureSum, parameterCount: free.count, loss: loss)
    moments =
      weights.scaleIsKnown
      ? ScoreMoments(normalResidualsUnder: loss, isScarce: estimate.isScarce) : estimate
    self.design = design
    orthonormalScores = sums.scores
    scoreGram = sums.scoreGram
    runSums = sums.runSums
    self.priorVariance = priorVariance
    priorShare = ScoreSeries.priorShare(priors, free: free, design: design)
    // QᵀQ is 1 without the rows of priors.
    let curvature =
      loss == .leastSquares ? Matrix.identity(free.count) - priorShare : sums.curvature
    orthonormalBread = curvature + priorShare
  }

  /// The two passes over the rows.
  private static func sums(
    _ problem: some LeastSquaresProblem, at parameters: [Double], priors: [ParameterPrior],
    into empty: ScoreAccumulator
  ) throws(CovarianceError) -> (ScoreAccumulator, DesignTriangle) {
    var sums = empty
    var failure: CovarianceError?
    problem.forEachBlock(at: parameters, wantsDerivatives: true) { block in
      guard failure == nil else { return }
      do throws(CovarianceError) { try sums.addToTriangle(block) } catch { failure = error }
    }
    if let failure { throw failure }
    try sums.addToTriangle(priors)
    let design = try DesignTriangle(sums.triangle, parameters: sums.free)
    problem.forEachBlock(at: parameters, wantsDerivatives: true) { block in
      sums.add(block, design: design)
    }
    return (sums, design)
  }

  /// R⁻ᵀ P R⁻¹ from the rows e_jᵀ/σ of priors.
  private static func priorShare(
    _ priors: [ParameterPrior], free: [Int], design: DesignTriangle
  ) -> Matrix {
    var share = Matrix(rows: free.count, columns: free.count)
    for prior in priors {
      guard let index = free.firstIndex(of: prior.parameter) else { continue }
      let precision = 1 / (prior.standardDeviation * prior.standardDeviation)
      for j in free.indices {
        for k in free.indices {
          share[j, k] += precision * design.inverse[index, j] * design.inverse[index, k]
        }
      }
    }
    return share
  }

  private static func check(
    free: [Int], runs: [Range<Int>], problem: some LeastSquaresProblem, parameters: [Double]
  ) {
    precondition(
      parameters.count == problem.parameterCount, "parameters.count is not parameterCount")
    precondition(
      free.allSatisfy { $0 >= 0 && $0 < parameters.count } && Set(free).count == free.count,
      "free holds something else than parameters' indices")
    var next = 0
    for run in runs {
      precondition(run.lowerBound == next, "runs leave rows out or overlap")
      next = run.upperBound
    }
    precondition(next == problem.residualCount, "runs do not end with the last row")
  }
}

extension ScoreSeries {
  /// The scores √m ψᵢJᵢ, or their sums over `rowsPerScore` rows: m × f.
  public var scores: Matrix { orthonormalScores * design.triangle }

  /// JᵀJ, f × f; rows are counted with their frequencies, priors are not in it.
  public var gram: Matrix { inParameters(Matrix.identity(parameterCount) - priorShare) }

  /// The bread H = Jᵀ diag(h) J, f × f, with 1/σ² of priors on the diagonal.
  public var bread: Matrix { inParameters(orthonormalBread) }

  /// RᵀMR.
  private func inParameters(_ matrix: Matrix) -> Matrix {
    design.triangle.transposed() * matrix * design.triangle
  }
}

extension Matrix {
  /// The sum of two matrices of one shape.
  static func + (left: Matrix, right: Matrix) -> Matrix {
    Matrix(
      rows: left.rows, columns: left.columns,
      columnMajor: zip(left.storage, right.storage).map { $0 + $1 })
  }

  /// The difference of two matrices of one shape.
  static func - (left: Matrix, right: Matrix) -> Matrix { left + -1 * right }

  /// A multiple of a matrix.
  static func * (factor: Double, matrix: Matrix) -> Matrix {
    Matrix(
      rows: matrix.rows, columns: matrix.columns, columnMajor: matrix.storage.map { factor * $0 })
  }
}
