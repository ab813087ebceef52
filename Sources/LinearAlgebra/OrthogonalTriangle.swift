internal import CLAPACKE

extension Matrix {
  /// R of the factorisation A = Q·R with orthonormal Q, so that RᵀR = AᵀA (LAPACK `dgeqrf`).
  ///
  /// R has the digits of A, not only those of AᵀA. Tall matrices can be factored in pieces: the R of
  /// [R₁; A₂] is that of [A₁; A₂].
  ///
  /// - Returns: R, n × n, upper triangular with a diagonal ≥ 0.
  /// - Throws: ``LinearAlgebraError/notFinite``.
  /// - Precondition: the matrix, m × n, has m ≥ n.
  public func orthogonalTriangle() throws(LinearAlgebraError) -> Matrix {
    precondition(rows >= columns, "the matrix has fewer rows than columns")
    guard isFinite else { throw .notFinite }
    var triangle = Matrix(rows: columns, columns: columns)
    guard columns > 0 else { return triangle }
    var values = storage
    var scales = [Double](repeating: 0, count: columns)
    _ = LAPACKE_dgeqrf(
      LAPACKConstants.columnMajor, Int32(rows), Int32(columns), &values, Int32(rows), &scales)
    for row in 0..<columns {
      let sign: Double = values[row + row * rows] < 0 ? -1 : 1
      for column in row..<columns { triangle[row, column] = sign * values[row + column * rows] }
    }
    return triangle
  }
}
