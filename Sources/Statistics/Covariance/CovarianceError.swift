/// Why a covariance of fitted parameters does not exist.
public enum CovarianceError: Error, Sendable, Hashable {
  /// No parameter is free.
  case noFreeParameters
  /// A residual, derivative or score is NaN or infinite.
  case notFinite
  /// There must be more rows, each counted with its frequency, than free parameters.
  case tooFewRows(rows: Double, parameters: Int)
  /// Only `rank` columns of the Jacobian are independent to a relative 1e-10: the rows do not tell
  /// `parameters`, indices into θ, apart from the others.
  case dependentColumns(rank: Int, parameters: [Int])
  /// A covariance from whole runs needs more of them: at least `needed`.
  case tooFewRuns(runs: Int, needed: Int)
  /// LAPACK's iteration for singular values did not converge.
  case notConverged
}

extension CovarianceError: CustomStringConvertible {
  /// What is wrong and what helps.
  public var description: String {
    switch self {
    case .noFreeParameters: "no parameter is free"
    case .notFinite: "a residual or derivative is not finite"
    case .tooFewRows(let rows, let parameters):
      "\(rows) rows are too few for \(parameters) free parameters: add rows or fix parameters"
    case .dependentColumns(let rank, let parameters):
      "the rows determine only \(rank) parameters: fix one of those at the indices "
        + parameters.map(String.init).joined(separator: ", ")
    case .tooFewRuns(let runs, let needed):
      "\(runs) runs are too few for a covariance from whole runs: it takes \(needed)"
    case .notConverged: "the singular value decomposition did not converge"
    }
  }
}
