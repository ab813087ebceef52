public import LinearAlgebra

/// The covariance of fitted parameters.
///
/// Made by ``ScoreSeries/covariance(_:)``.
public struct ParameterCovariance: Sendable {
  /// How it was estimated.
  public let estimator: CovarianceEstimator
  /// The indices in θ of the f free parameters, ascending.
  public let freeParameters: [Int]
  /// V, f × f, in the order of `freeParameters`.
  public let matrix: Matrix
  /// n/κ: how many independent rows the n rows are worth, where κ ≥ 1 is the inflation of the
  /// variance by autocorrelation, averaged over the parameters.
  public let effectiveCount: Double
  /// The degrees of freedom ν of t intervals: n/κ₂ - f, and at least those of `cluster`, which are
  /// the number of runs less one, and 1; infinite for `naive` with known standard deviations.
  ///
  /// n/κ₂ is how many independent rows the n rows are worth for a variance, κ₂ = Σρₖ² = (κ² + 1)/2κ
  /// for a first-order autoregression (Bartlett, J. R. Stat. Soc. Suppl. 8, 1946). Of parameters with
  /// priors only the share that the rows determine counts in f.
  public let degreesOfFreedom: Double
  /// The condition number of J with columns of unit length.
  public let conditionNumber: Double
  /// How many columns of J are independent to a relative 1e-10; f, as there is a covariance.
  public let rank: Int
  /// The inverse of the cost's mean curvature, E ψ′ · JᵀJ + P: f × f.
  let inverseCurvature: Matrix

  /// Standard errors √V_jj, f values.
  public var standardErrors: [Double] {
    (0..<matrix.rows).map { max(matrix[$0, $0], 0).squareRoot() }
  }

  /// The standard error of a parameter, by its index in θ; nil when it is not free.
  public func standardError(of parameter: Int) -> Double? {
    position(of: parameter).map { max(matrix[$0, $0], 0).squareRoot() }
  }

  /// The covariance of all p parameters, p × p, with zeros for those that are not free.
  public func expanded(parameterCount: Int) -> Matrix {
    var full = Matrix(rows: parameterCount, columns: parameterCount)
    for (a, j) in freeParameters.enumerated() {
      for (b, k) in freeParameters.enumerated() { full[j, k] = matrix[a, b] }
    }
    return full
  }

  /// Where a parameter stands in `matrix`.
  func position(of parameter: Int) -> Int? { freeParameters.firstIndex(of: parameter) }
}

extension ScoreSeries {
  /// Estimates the covariance of the free parameters.
  ///
  /// - Parameter estimator: how.
  /// - Returns: V and what goes with it.
  /// - Throws: `CovarianceError.tooFewRuns` for `cluster`, `CovarianceError.tooFewRows` where no
  ///   vector autoregression can be fitted.
  /// - Complexity: O(n f²) at most; of the bootstrap see there.
  public func covariance(
    _ estimator: CovarianceEstimator
  ) throws(CovarianceError) -> ParameterCovariance {
    let f = parameterCount
    let fittedCount = max(Double(f) - (0..<f).reduce(0) { $0 + priorShare[$1, $1] }, 0)
    let rows = rowCount
    let size = rows / (rows - Double(f))
    let meat: Matrix
    var inflation: Double?
    switch estimator {
    case .naive:
      inflation = 1
      meat = meanMeat
    case .autoregressive(let order):
      let model = Autoregression(residuals, runs: residualRuns, order: order)
      let factor = model.varianceInflation(parameterCount: fittedCount)
      inflation = factor
      meat = factor * meanMeat
    case .heteroscedastic:
      inflation = 1
      meat = size * scoreGram
    case .neweyWest(let bandwidth):
      let width = bandwidth.value(
        orthonormalScores, runs: runs, rowsPerScore: rowsPerScore, rowCount: rows)
      meat = size * LongRunCovariance.bartlett(orthonormalScores, runs: runs, bandwidth: width)
    case .prewhitenedNeweyWest:
      guard let sum = LongRunCovariance.prewhitened(orthonormalScores, runs: runs) else {
        throw .tooFewRows(rows: rows, parameters: f)
      }
      meat = size * sum
    case .blockBootstrap(let bootstrap):
      let sums = bootstrap.sums(of: orthonormalScores, runs: runs, rowsPerScore: rowsPerScore)
      meat = (size / Double(bootstrap.replicates)) * (sums.transposed() * sums)
    case .cluster: meat = try clusterMeat()
    }
    let gain = estimator.usesMeanCurvature ? meanInfluence : influence
    let known = (priorVariance ?? moments.residualVariance) * priorShare
    let effective = rows / (inflation ?? self.inflation(of: meat, size: size))
    return ParameterCovariance(
      estimator: estimator, freeParameters: freeParameters,
      matrix: symmetric(gain * (meat + known) * gain.transposed()),
      effectiveCount: effective,
      degreesOfFreedom: degreesOfFreedom(
        estimator, inflation: rows / effective, fittedCount: fittedCount),
      conditionNumber: conditionNumber, rank: design.rank,
      inverseCurvature: meanInfluence * design.inverse.transposed())
  }

  /// R⁻¹·B⁻¹ with B = R⁻ᵀ(H + P)R⁻¹, or with the mean curvature where H says too little: what
  /// makes deviations of parameters of sums of orthonormal scores.
  var influence: Matrix {
    guard !moments.isScarce else { return meanInfluence }
    var workspace = CholeskyWorkspace(maximumOrder: parameterCount)
    let bread = orthonormalBread
    let isPositive = workspace.factor(order: parameterCount) { target in
      for (index, value) in bread.storage.enumerated() { target[index] = value }
    }
    guard isPositive, workspace.diagonalRatio >= 0.1, let inverse = bread.inverse() else {
      return meanInfluence
    }
    return design.inverse * inverse
  }

  /// R⁻¹·B⁻¹ with B = E ψ′ · R⁻ᵀ(JᵀJ)R⁻¹ + R⁻ᵀPR⁻¹.
  private var meanInfluence: Matrix {
    let bread = moments.slope * (Matrix.identity(parameterCount) - priorShare) + priorShare
    return bread.inverse().map { design.inverse * $0 } ?? design.inverse
  }

  /// E ψ² · R⁻ᵀ(JᵀJ)R⁻¹.
  private var meanMeat: Matrix {
    moments.square * (Matrix.identity(parameterCount) - priorShare)
  }

  private func clusterMeat() throws(CovarianceError) -> Matrix {
    let clusters = residualRuns.count { !$0.isEmpty }
    let needed = max(5, parameterCount + 1)
    guard clusters >= needed else { throw .tooFewRuns(runs: clusters, needed: needed) }
    let factor =
      Double(clusters) / Double(clusters - 1) * (rowCount - 1)
      / (rowCount - Double(parameterCount))
    return factor * (runSums * runSums.transposed())
  }

  /// κ of a sandwich: its variance over that without lags, averaged over orthonormal directions.
  private func inflation(of meat: Matrix, size: Double) -> Double {
    let diagonal = 0..<parameterCount
    let independent = diagonal.reduce(0) { $0 + scoreGram[$1, $1] }
    let total = diagonal.reduce(0) { $0 + meat[$1, $1] }
    return independent > 0 ? max(total / (size * independent), 1) : 1
  }

  private func degreesOfFreedom(
    _ estimator: CovarianceEstimator, inflation: Double, fittedCount: Double
  ) -> Double {
    let ofRuns = Double(residualRuns.count { !$0.isEmpty } - 1)
    switch estimator {
    case .naive where scaleIsKnown: return .infinity
    case .cluster: return ofRuns
    default:
      let ofRows = 2 * rowCount * inflation / (inflation * inflation + 1) - fittedCount
      return max(ofRows, ofRuns, 1)
    }
  }

  private func symmetric(_ matrix: Matrix) -> Matrix { 0.5 * (matrix + matrix.transposed()) }
}

extension CovarianceEstimator {
  /// Whether the bread is E ψ′ · JᵀJ rather than H.
  fileprivate var usesMeanCurvature: Bool {
    switch self {
    case .naive, .autoregressive: true
    default: false
    }
  }
}
