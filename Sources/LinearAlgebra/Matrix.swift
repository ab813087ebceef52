/// A dense column-major matrix of doubles: element (i, j) is `storage[i + j * rows]`.
public struct Matrix: Sendable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements, column after column; `rows * columns` of them.
  public private(set) var storage: [Double]

  /// Creates a matrix with one value everywhere.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "rows and columns must not be negative")
    self.rows = rows
    self.columns = columns
    storage = [Double](repeating: value, count: rows * columns)
  }

  /// Creates a matrix from its elements, column after column.
  public init(rows: Int, columns: Int, columnMajor storage: [Double]) {
    precondition(storage.count == rows * columns, "storage.count is not rows * columns")
    self.rows = rows
    self.columns = columns
    self.storage = storage
  }

  /// The identity matrix.
  public static func identity(_ order: Int) -> Matrix {
    var matrix = Matrix(rows: order, columns: order)
    for index in 0..<order { matrix[index, index] = 1 }
    return matrix
  }

  /// The element in a row and a column.
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "index out of range")
      return storage[row + column * rows]
    }
    _modify {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "index out of range")
      yield &storage[row + column * rows]
    }
  }

  /// Calls `body` with the elements, column after column, for reading and writing in place.
  public mutating func withUnsafeMutableElements<Result>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeMutableBufferPointer { try body($0) }
  }

  /// Whether every element is finite.
  public var isFinite: Bool { storage.allSatisfy(\.isFinite) }

  /// The transpose.
  public func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for column in 0..<columns {
      for row in 0..<rows { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The matrix product; `left.columns` must be `right.rows`.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "left.columns is not right.rows")
    var result = Matrix(rows: left.rows, columns: right.columns)
    for column in 0..<right.columns {
      for inner in 0..<left.columns {
        let factor = right[inner, column]
        for row in 0..<left.rows { result[row, column] += left[row, inner] * factor }
      }
    }
    return result
  }
}
