/// Why a factorisation or a solution does not exist.
public enum LinearAlgebraError: Error, Sendable, Hashable {
  /// An element is NaN or infinite; LAPACK would return nonsense or nothing.
  case notFinite
  /// The matrix is not positive definite: the leading minor of this order is not positive.
  case notPositiveDefinite(order: Int)
  /// The matrix is singular to working precision: this diagonal element (from 0) is zero.
  case singular(index: Int)
  /// The iteration of the singular-value decomposition did not converge.
  case notConverged
}
