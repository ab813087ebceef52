internal import CLAPACKE

/// The singular value decomposition A = U·diag(σ)·Vᵀ of an m × n matrix, k = min(m, n).
public struct SingularValueDecomposition: Sendable {
  /// σ, k values, largest first, all at least 0.
  public let values: [Double]
  /// U, m × k, with orthonormal columns.
  public let left: Matrix
  /// Vᵀ, k × n, with orthonormal rows.
  public let rightTransposed: Matrix

  /// Decomposes a matrix (LAPACK `dgesdd`).
  ///
  /// - Parameter matrix: A, m × n.
  /// - Throws: ``LinearAlgebraError/notFinite``, ``LinearAlgebraError/notConverged``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite }
    let (m, n) = (matrix.rows, matrix.columns)
    let k = min(m, n)
    var elements = matrix.storage
    var sigma = [Double](repeating: 0, count: k)
    var u = [Double](repeating: 0, count: m * k)
    var v = [Double](repeating: 0, count: k * n)
    if k > 0 {
      let info = LAPACKE_dgesdd(
        LAPACKConstants.columnMajor, LAPACKConstants.thinVectors, Int32(m), Int32(n), &elements,
        Int32(m), &sigma, &u, Int32(m), &v, Int32(k))
      guard info == 0 else { throw .notConverged }
    }
    values = sigma
    left = Matrix(rows: m, columns: k, columnMajor: u)
    rightTransposed = Matrix(rows: k, columns: n, columnMajor: v)
  }
}
