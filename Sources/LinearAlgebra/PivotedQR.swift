internal import CLAPACKE

/// The QR factorisation with column pivoting of a matrix with at least as many rows as columns,
/// A·P = Q·R.
public struct PivotedQR: Sendable {
  /// m, the rows of A.
  public let rows: Int
  /// n, the columns of A.
  public let columns: Int
  /// For each column of R, the column of A that stands there, from 0.
  public let permutation: [Int]
  private let reflectors: [Double]
  private let scales: [Double]

  /// Factors a matrix (LAPACK `dgeqp3`).
  ///
  /// - Parameter matrix: m × n with m ≥ n.
  /// - Throws: ``LinearAlgebraError/notFinite``.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows >= matrix.columns, "matrix has fewer rows than columns")
    guard matrix.isFinite else { throw .notFinite }
    rows = matrix.rows
    columns = matrix.columns
    var values = matrix.storage
    var pivots = [Int32](repeating: 0, count: columns)
    var scales = [Double](repeating: 0, count: columns)
    if columns > 0 {
      _ = LAPACKE_dgeqp3(
        LAPACKConstants.columnMajor, Int32(rows), Int32(columns), &values, Int32(rows), &pivots,
        &scales)
    }
    reflectors = values
    self.scales = scales
    permutation = pivots.map { Int($0) - 1 }
  }

  /// How many columns are independent: |R_kk| > tolerance · |R_00|.
  public func rank(tolerance: Double) -> Int {
    guard columns > 0 else { return 0 }
    let largest = abs(reflectors[0])
    return (0..<columns).count { abs(reflectors[$0 + $0 * rows]) > tolerance * largest }
  }

  /// R, n × n, upper triangular, in the order of `permutation`.
  public var upperTriangle: Matrix {
    var result = Matrix(rows: columns, columns: columns)
    for column in 0..<columns {
      for row in 0...column { result[row, column] = reflectors[row + column * rows] }
    }
    return result
  }

  /// The x that minimises ‖A·x - b‖ over the first `rank` pivoted columns; the others get 0.
  ///
  /// - Parameters:
  ///   - rightSide: b, m values.
  ///   - rank: how many pivoted columns to use, at most n.
  /// - Returns: x, n values.
  /// - Throws: ``LinearAlgebraError/notFinite``, ``LinearAlgebraError/singular(index:)``.
  public func leastSquares(_ rightSide: [Double], rank: Int) throws(LinearAlgebraError) -> [Double]
  {
    precondition(rightSide.count == rows, "rightSide.count is not the matrix's rows")
    precondition(rank >= 0 && rank <= columns, "rank is outside 0...columns")
    guard rightSide.allSatisfy(\.isFinite) else { throw .notFinite }
    var solution = [Double](repeating: 0, count: columns)
    guard rank > 0 else { return solution }
    var values = rightSide
    _ = LAPACKE_dormqr(
      LAPACKConstants.columnMajor, LAPACKConstants.left, LAPACKConstants.transpose, Int32(rows), 1,
      Int32(columns), reflectors, Int32(rows), scales, &values, Int32(rows))
    let info = LAPACKE_dtrtrs(
      LAPACKConstants.columnMajor, LAPACKConstants.upper, LAPACKConstants.noTranspose,
      LAPACKConstants.nonUnit, Int32(rank), 1, reflectors, Int32(rows), &values, Int32(rows))
    guard info == 0 else { throw .singular(index: Int(info) - 1) }
    for index in 0..<rank { solution[permutation[index]] = values[index] }
    return solution
  }
}

extension PivotedQR {
  /// (AᵀA)⁻¹ = P·R⁻¹·R⁻ᵀ·Pᵀ, n × n; nil when R is singular.
  public func inverseOfGram() -> Matrix? {
    let inverse = upperTriangle.upperTriangularInverse()
    let product = inverse * inverse.transposed()
    guard product.isFinite else { return nil }
    var result = product
    for j in 0..<columns {
      for k in 0..<columns { result[permutation[j], permutation[k]] = product[j, k] }
    }
    return result
  }
}
