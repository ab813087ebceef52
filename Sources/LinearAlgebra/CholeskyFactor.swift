internal import CLAPACKE

/// The Cholesky factor L of a symmetric positive-definite matrix, A = L·Lᵀ.
public struct CholeskyFactor: Sendable {
  /// The order n of the matrix.
  public let order: Int
  /// n × n, column-major; L in the lower triangle, the rest is not used.
  private var factor: [Double]

  /// Factors a symmetric matrix (LAPACK `dpotrf`).
  ///
  /// - Parameter matrix: n × n; only the lower triangle is read.
  /// - Throws: ``LinearAlgebraError/notFinite``, ``LinearAlgebraError/notPositiveDefinite(order:)``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "matrix is not square")
    guard matrix.isFinite else { throw .notFinite }
    order = matrix.rows
    factor = matrix.storage
    guard order > 0 else { return }
    let info = LAPACKE_dpotrf_work(
      LAPACKConstants.columnMajor, LAPACKConstants.lower, Int32(order), &factor, Int32(order))
    guard info == 0 else { throw .notPositiveDefinite(order: Int(info)) }
  }

  /// Solves A·x = b (LAPACK `dpotrs`).
  ///
  /// - Parameter rightSide: b, n values.
  /// - Returns: x, n values.
  public func solve(_ rightSide: [Double]) -> [Double] {
    precondition(rightSide.count == order, "rightSide.count is not the matrix's order")
    var solution = rightSide
    guard order > 0 else { return solution }
    _ = LAPACKE_dpotrs_work(
      LAPACKConstants.columnMajor, LAPACKConstants.lower, Int32(order), 1, factor, Int32(order),
      &solution, Int32(order))
    return solution
  }

  /// Solves L·x = b (LAPACK `dtrtrs`); ‖x‖² is bᵀA⁻¹b.
  ///
  /// - Parameter rightSide: b, n values.
  /// - Returns: x, n values.
  public func solveLower(_ rightSide: [Double]) -> [Double] {
    precondition(rightSide.count == order, "rightSide.count is not the matrix's order")
    var solution = rightSide
    guard order > 0 else { return solution }
    _ = LAPACKE_dtrtrs_work(
      LAPACKConstants.columnMajor, LAPACKConstants.lower, LAPACKConstants.noTranspose,
      LAPACKConstants.nonUnit, Int32(order), 1, factor, Int32(order), &solution, Int32(order))
    return solution
  }

  /// The inverse A⁻¹, n × n, symmetric (LAPACK `dpotri`).
  public func inverse() -> Matrix {
    var values = factor
    guard order > 0 else { return Matrix(rows: 0, columns: 0) }
    _ = LAPACKE_dpotri_work(
      LAPACKConstants.columnMajor, LAPACKConstants.lower, Int32(order), &values, Int32(order))
    var result = Matrix(rows: order, columns: order, columnMajor: values)
    for column in 0..<order {
      for row in 0..<column { result[row, column] = result[column, row] }
    }
    return result
  }
}
