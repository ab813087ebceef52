import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

@Suite struct RobustLossTests {
  static let losses: [RobustLoss] = [.leastSquares, .huber(width: 0.7), .softL1(width: 0.7)]

  /// ψ and ρ″ are the derivatives of ρ, and ψ/r is the weight.
  @Test(arguments: losses, [-3, -0.9, -0.2, 1e-9, 0.3, 0.65, 2, 50])
  func derivatives(loss: RobustLoss, residual: Double) {
    let step = 1e-5
    let slope = (loss.value(residual + step) - loss.value(residual - step)) / (2 * step)
    expectClose(loss.score(residual), slope, tolerance: 1e-7, scale: 1)
    let bend = (loss.score(residual + step) - loss.score(residual - step)) / (2 * step)
    expectClose(loss.curvature(residual), bend, tolerance: 1e-7, scale: 1)
    expectClose(loss.weight(residual), loss.score(residual) / residual, tolerance: 1e-14)
  }

  /// Closed forms at chosen points.
  @Test func values() {
    expectClose(RobustLoss.huber(width: 1).value(3), 2.5, tolerance: 1e-15)
    expectClose(RobustLoss.huber(width: 1).value(-0.5), 0.125, tolerance: 1e-15)
    // δ²(√(1+z) - 1) with δ = 1, r = √3: √4 - 1.
    expectClose(RobustLoss.softL1(width: 1).value(3.0.squareRoot()), 1, tolerance: 1e-15)
    expectClose(RobustLoss.softL1(width: 1e-3).value(1e-12), 0.5e-24, tolerance: 1e-12)
  }
}

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
}
