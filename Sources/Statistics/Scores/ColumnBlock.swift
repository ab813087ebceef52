import LinearAlgebra

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
    var weighted = self
    if let weights { weighted.multiply(by: weights) }
    values.withUnsafeBufferPointer { values in
      weighted.values.withUnsafeBufferPointer { weighted in
        for j in 0..<columnCount {
          for k in 0...j {
            let sum = dot(values, j * rowCount, weighted, k * rowCount, count: rowCount)
            sums[j, k] += sum
            if k < j { sums[k, j] += sum }
          }
        }
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

/// Σ aᵢbᵢ in four sums, which processors add at once.
private func dot(
  _ a: UnsafeBufferPointer<Double>, _ aStart: Int, _ b: UnsafeBufferPointer<Double>, _ bStart: Int,
  count: Int
) -> Double {
  var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
  var row = 0
  while row + 4 <= count {
    first += a[aStart + row] * b[bStart + row]
    second += a[aStart + row + 1] * b[bStart + row + 1]
    third += a[aStart + row + 2] * b[bStart + row + 2]
    fourth += a[aStart + row + 3] * b[bStart + row + 3]
    row += 4
  }
  while row < count {
    first += a[aStart + row] * b[bStart + row]
    row += 1
  }
  return (first + second) + (third + fourth)
}
