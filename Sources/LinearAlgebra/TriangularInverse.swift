extension Matrix {
  /// The inverse of a square upper triangular matrix, by back substitution.
  ///
  /// The lower triangle is not read.
  ///
  /// - Returns: an upper triangular matrix; not finite when there is a zero on the diagonal.
  public func upperTriangularInverse() -> Matrix {
    precondition(rows == columns, "matrix is not square")
    var inverse = Matrix(rows: rows, columns: columns)
    for column in 0..<columns {
      inverse[column, column] = 1 / self[column, column]
      for row in stride(from: column - 1, through: 0, by: -1) {
        var sum = 0.0
        for inner in (row + 1)...column { sum += self[row, inner] * inverse[inner, column] }
        inverse[row, column] = -sum / self[row, row]
      }
    }
    return inverse
  }
}
