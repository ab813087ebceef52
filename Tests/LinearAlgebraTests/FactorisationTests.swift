import LinearAlgebra
import TestSupport
import Testing

/// The order-n Hilbert matrix, 1/(i+j+1).
private func hilbert(_ order: Int) -> Matrix {
  var matrix = Matrix(rows: order, columns: order)
  for row in 0..<order {
    for column in 0..<order { matrix[row, column] = 1 / Double(row + column + 1) }
  }
  return matrix
}

private func randomMatrix(rows: Int, columns: Int, seed: UInt64) -> Matrix {
  var random = SeededGenerator(seed: seed)
  return Matrix(
    rows: rows, columns: columns,
    columnMajor: (0..<(rows * columns)).map { _ in Double.random(in: -1...1, using: &random) })
}

@Suite struct FactorisationTests {
  /// The inverse of a Hilbert matrix has known whole numbers (Knuth, TAOCP 1.2.3, exercise 45).
  @Test func hilbertInverse() throws {
    let inverse = try CholeskyFactor(hilbert(4)).inverse()
    let expected: [Double] = [
      16, -120, 240, -140, -120, 1200, -2700, 1680, 240, -2700, 6480, -4200, -140, 1680, -4200,
      2800,
    ]
    for (actual, value) in zip(inverse.storage, expected) {
      expectClose(actual, value, tolerance: 1e-11)
    }
  }

  /// κ₂ of the Hilbert matrix of order 5: 476607.25 (Moler, "Cleve's Corner", 2013).
  @Test func hilbertCondition() throws {
    expectClose(try hilbert(5).conditionNumber(), 476_607.25, tolerance: 1e-7)
  }

  @Test(arguments: 0..<20)
  func choleskySolves(seed: UInt64) throws {
    let root = randomMatrix(rows: 6, columns: 4, seed: seed)
    let gram = root.transposed() * root
    let factor = try CholeskyFactor(gram)
    let solution = factor.solve([1, -2, 3, 0.5])
    let product = gram * Matrix(rows: 4, columns: 1, columnMajor: solution)
    for (actual, expected) in zip(product.storage, [1, -2, 3, 0.5]) {
      expectClose(actual, expected, tolerance: 1e-9, scale: 1, "seed \(seed)")
    }
    // ‖L⁻¹b‖² = bᵀA⁻¹b.
    let lower = factor.solveLower([1, -2, 3, 0.5]).reduce(0) { $0 + $1 * $1 }
    let direct = zip([1, -2, 3, 0.5], solution).reduce(0) { $0 + $1.0 * $1.1 }
    expectClose(lower, direct, tolerance: 1e-9, "seed \(seed)")
  }

  @Test func choleskyRefuses() {
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try CholeskyFactor(Matrix(rows: 2, columns: 2, columnMajor: [1, 2, 2, 1]))
    }
    #expect(throws: LinearAlgebraError.notFinite) {
      try CholeskyFactor(Matrix(rows: 1, columns: 1, columnMajor: [.nan]))
    }
  }

  @Test(arguments: 0..<20)
  func leastSquaresResidualIsOrthogonal(seed: UInt64) throws {
    let matrix = randomMatrix(rows: 30, columns: 5, seed: seed)
    let target = randomMatrix(rows: 30, columns: 1, seed: seed + 100)
    let factor = try PivotedQR(matrix)
    #expect(factor.rank(tolerance: 1e-12) == 5)
    let solution = try factor.leastSquares(target.storage, rank: 5)
    let fitted = matrix * Matrix(rows: 5, columns: 1, columnMajor: solution)
    let residual = zip(target.storage, fitted.storage).map { $0 - $1 }
    let products = matrix.transposed() * Matrix(rows: 30, columns: 1, columnMajor: residual)
    for product in products.storage { expectClose(product, 0, tolerance: 1e-13, scale: 1) }
    // (AᵀA)⁻¹ by QR and by Cholesky agree.
    let inverse = try #require(factor.inverseOfGram())
    let reference = try CholeskyFactor(matrix.transposed() * matrix).inverse()
    for (actual, expected) in zip(inverse.storage, reference.storage) {
      expectClose(actual, expected, tolerance: 1e-10, scale: 1, "seed \(seed)")
    }
  }

  @Test func rankOfDependentColumns() throws {
    var matrix = randomMatrix(rows: 10, columns: 3, seed: 7)
    for row in 0..<10 { matrix[row, 2] = matrix[row, 0] - 2 * matrix[row, 1] }
    let factor = try PivotedQR(matrix)
    #expect(factor.rank(tolerance: 1e-12) == 2)
    #expect(try matrix.conditionNumber() > 1e15)
  }

  @Test func notFiniteIsRefused() {
    let matrix = Matrix(rows: 2, columns: 1, columnMajor: [1, .infinity])
    #expect(throws: LinearAlgebraError.notFinite) { try PivotedQR(matrix) }
    #expect(throws: LinearAlgebraError.notFinite) { try matrix.singularValues() }
  }
}
