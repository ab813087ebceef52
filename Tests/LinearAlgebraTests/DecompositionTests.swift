import LinearAlgebra
import TestSupport
import Testing

@Suite struct DecompositionTests {
  private func randomMatrix(rows: Int, columns: Int, seed: UInt64) -> Matrix {
    var random = SeededGenerator(seed: seed)
    return Matrix(
      rows: rows, columns: columns,
      columnMajor: (0..<(rows * columns)).map { _ in Double.random(in: -1...1, using: &random) })
  }

  private func expectClose(_ actual: Matrix, _ expected: Matrix) {
    for (actual, expected) in zip(actual.storage, expected.storage) {
      TestSupport.expectClose(actual, expected, tolerance: 1e-12, scale: 1)
    }
  }

  /// RᵀR = AᵀA, R is upper triangular with a diagonal ≥ 0, and pieces give the same R.
  @Test(arguments: [(1, 1), (3, 3), (9, 4), (50, 6)])
  func orthogonalTriangle(rows: Int, columns: Int) throws {
    let matrix = randomMatrix(rows: rows, columns: columns, seed: UInt64(rows))
    let triangle = try matrix.orthogonalTriangle()
    expectClose(triangle.transposed() * triangle, matrix.transposed() * matrix)
    for column in 0..<columns {
      #expect(triangle[column, column] >= 0)
      for row in (column + 1)..<max(columns, column + 1) { #expect(triangle[row, column] == 0) }
    }
    let more = randomMatrix(rows: rows, columns: columns, seed: 99)
    func stack(_ top: Matrix, _ bottom: Matrix) -> Matrix {
      var both = Matrix(rows: top.rows + bottom.rows, columns: columns)
      for column in 0..<columns {
        for row in 0..<top.rows { both[row, column] = top[row, column] }
        for row in 0..<bottom.rows { both[top.rows + row, column] = bottom[row, column] }
      }
      return both
    }
    expectClose(
      try stack(triangle, more).orthogonalTriangle(),
      try stack(matrix, more).orthogonalTriangle())
  }

  /// By hand: [3 1; 4 2] has R = [5 2.2; 0 0.4].
  @Test func orthogonalTriangleByHand() throws {
    let triangle = try Matrix(rows: 2, columns: 2, columnMajor: [3, 4, 1, 2]).orthogonalTriangle()
    expectClose(triangle, Matrix(rows: 2, columns: 2, columnMajor: [5, 0, 2.2, 0.4]))
    #expect(throws: LinearAlgebraError.notFinite) {
      try Matrix(rows: 1, columns: 1, columnMajor: [.nan]).orthogonalTriangle()
    }
  }

  /// A = U·diag(σ)·Vᵀ with orthonormal columns of U and rows of Vᵀ, σ falling.
  @Test(arguments: [(1, 1), (3, 3), (5, 2), (2, 5)])
  func singularValues(rows: Int, columns: Int) throws {
    let matrix = randomMatrix(rows: rows, columns: columns, seed: 5)
    let decomposition = try SingularValueDecomposition(matrix)
    let count = min(rows, columns)
    #expect(decomposition.values == decomposition.values.sorted(by: >))
    #expect(decomposition.values.count == count)
    let (left, right) = (decomposition.left, decomposition.rightTransposed)
    expectClose(left.transposed() * left, .identity(count))
    expectClose(right * right.transposed(), .identity(count))
    var scaled = right
    for row in 0..<count {
      for column in 0..<columns { scaled[row, column] *= decomposition.values[row] }
    }
    expectClose(left * scaled, matrix)
    for (actual, expected) in zip(decomposition.values, try matrix.singularValues()) {
      TestSupport.expectClose(actual, expected, tolerance: 1e-12)
    }
    #expect(throws: LinearAlgebraError.notFinite) {
      try SingularValueDecomposition(Matrix(rows: 1, columns: 1, columnMajor: [.infinity]))
    }
  }
}
