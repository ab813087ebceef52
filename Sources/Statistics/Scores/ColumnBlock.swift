import LinearAlgebra
import VectorMath

/// A block of rows of a few columns, column after column, in storage that is kept.
struct ColumnBlock: Sendable {
  /// The number of columns.
  let columnCount: Int
  /// The number of rows in use.
  private(set) var rowCount = 0
  private var values: [Double] = []

  init(columnCount: Int) {
    self.columnCount = columnCount
  }

  /// Sets the number of rows; their values are undefined.
  mutating func resize(rows: Int) {
    rowCount = rows
    let missing = columnCount * rows - values.count
    if missing > 0 { values += [Double](repeating: 0, count: missing) }
  }

  /// Overwrites a column, multiplied by factors where given.
  mutating func set(
    _ column: Int, to source: UnsafeBufferPointer<Double>, times factors: [Double]?
  ) {
    let (start, count) = (column * rowCount, rowCount)
    values.withUnsafeMutableBufferPointer { values in
      if let factors {
        factors.withUnsafeBufferPointer { factors in
          for row in 0..<count { values[start + row] = factors[row] * source[row] }
        }
      } else {
        for row in 0..<count { values[start + row] = source[row] }
      }
    }
  }

  /// Multiplies every column by factors, one a row.
  mutating func multiply(by factors: [Double]) {
    let (columns, count) = (columnCount, rowCount)
    values.withUnsafeMutableBufferPointer { values in
      factors.withUnsafeBufferPointer { factors in
        for column in 0..<columns {
          let start = column * count
          for row in 0..<count { values[start + row] *= factors[row] }
        }
      }
    }
  }

  /// Replaces the block X by X·T for an upper triangle T.
  mutating func multiply(byUpperTriangle triangle: Matrix) {
    let (columns, count) = (columnCount, rowCount)
    values.withUnsafeMutableBufferPointer { values in
      // From the last column on: those before it are still the old ones.
      for column in (0..<columns).reversed() {
        let start = column * count
        let diagonal = triangle[column, column]
        for row in 0..<count { values[start + row] *= diagonal }
        for other in 0..<column {
          let factor = triangle[other, column]
          let from = other * count
          for row in 0..<count { values[start + row] += factor * values[from + row] }
        }
      }
    }
  }

  /// Adds XᵀX to a symmetric matrix, or Xᵀ diag(w) X with weights w.
  func addGram(weights: [Double]? = nil, to sums: inout Matrix) {
    let (columns, rows) = (columnCount, rowCount)
    var gram = Matrix(rows: columns, columns: columns)
    gram.withUnsafeMutableElements { gram in
      values.withUnsafeBufferPointer { values in
        guard let target = gram.baseAddress, let first = values.baseAddress else { return }
        func add(_ weights: UnsafeBufferPointer<Double>?) {
          VectorKernels.best.gram(
            columns: first, stride: rows, columnCount: columns, rows: rows,
            weights: weights.map { UnsafeBufferPointer(rebasing: $0[..<rows]) }, into: target,
            leadingDimension: columns)
        }
        if let weights { weights.withUnsafeBufferPointer { add($0) } } else { add(nil) }
      }
    }
    for j in 0..<columns {
      for k in 0...j {
        sums[j, k] += gram[j, k]
        if k < j { sums[k, j] += gram[j, k] }
      }
    }
  }

  /// R of the rows of a triangle and of the block under them.
  func orthogonalTriangle(below triangle: Matrix) throws(LinearAlgebraError) -> Matrix {
    let rows = columnCount + rowCount
    var stacked = Matrix(rows: rows, columns: columnCount)
    stacked.withUnsafeMutableElements { elements in
      for column in 0..<columnCount {
        for row in 0...column { elements[column * rows + row] = triangle[row, column] }
        for row in 0..<rowCount {
          elements[column * rows + columnCount + row] = values[column * rowCount + row]
        }
      }
    }
    return try stacked.orthogonalTriangle()
  }

  /// Calls `body` with the columns, one after the other, each of `rowCount` values.
  func withValues(_ body: (UnsafeBufferPointer<Double>) -> Void) {
    values.withUnsafeBufferPointer(body)
  }
}
