internal import CLAPACKE

extension Matrix {
  /// The singular values, largest first (LAPACK `dgesdd`).
  ///
  /// - Returns: min(rows, columns) values, all at least 0.
  /// - Throws: ``LinearAlgebraError/notFinite``, ``LinearAlgebraError/notConverged``.
  public func singularValues() throws(LinearAlgebraError) -> [Double] {
    guard isFinite else { throw .notFinite }
    let count = min(rows, columns)
    guard count > 0 else { return [] }
    var matrix = storage
    var values = [Double](repeating: 0, count: count)
    var unused: [Double] = [0]
    var unusedToo: [Double] = [0]
    let info = LAPACKE_dgesdd(
      LAPACKConstants.columnMajor, LAPACKConstants.noVectors, Int32(rows), Int32(columns), &matrix,
      Int32(rows), &values, &unused, 1, &unusedToo, 1)
    guard info == 0 else { throw .notConverged }
    return values
  }

  /// The 2-norm condition number: largest over smallest singular value, infinite when singular.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite``, ``LinearAlgebraError/notConverged``.
  public func conditionNumber() throws(LinearAlgebraError) -> Double {
    let values = try singularValues()
    guard let largest = values.first, let smallest = values.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }
}
