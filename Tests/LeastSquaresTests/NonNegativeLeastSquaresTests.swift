import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

@Suite struct NonNegativeLeastSquaresTests {
  /// The Karush-Kuhn-Tucker conditions hold on random problems.
  @Test(arguments: 0..<50)
  func optimality(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let elements = (0..<40).map { _ in Double.random(in: -1...1, using: &random) }
    let matrix = Matrix(rows: 10, columns: 4, columnMajor: elements)
    let target = (0..<10).map { _ in Double.random(in: -1...1, using: &random) }
    let gram = matrix.transposed() * matrix
    let projection = matrix.transposed() * Matrix(rows: 10, columns: 1, columnMajor: target)
    let solution = NonNegativeLeastSquares.solve(gram: gram, projection: projection.storage)
    let product = gram * Matrix(rows: 4, columns: 1, columnMajor: solution)
    for index in 0..<4 {
      let gradient = product[index, 0] - projection[index, 0]
      #expect(solution[index] >= 0, "seed \(seed)")
      if solution[index] > 0 {
        expectClose(gradient, 0, tolerance: 1e-9, scale: 1, "seed \(seed)")
      } else {
        #expect(gradient >= -1e-9, "seed \(seed)")
      }
    }
  }

  @Test func vanishingColumnsGetZero() {
    let gram = Matrix(rows: 2, columns: 2, columnMajor: [4, 0, 0, 0])
    #expect(NonNegativeLeastSquares.solve(gram: gram, projection: [8, 0]) == [2, 0])
  }

  /// A coefficient that may be negative is: min over c of ½(c₁² + c₂²) - (-3c₁ - 5c₂).
  @Test func chosenCoefficientsMayBeNegative() {
    let solution = NonNegativeLeastSquares.solve(
      gram: .identity(2), projection: [-3, -5], mayBeNegative: [true, false])
    #expect(solution == [-3, 0])
  }
}
