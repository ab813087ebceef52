import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// The number of threads changes no bit of any result.
@Suite struct ThreadTests {
  static let losses: [RobustLoss] = [.leastSquares, .huber(width: 1e-3), .cauchy(width: 1e-2)]

  @Test(arguments: losses)
  func equalBits(loss: RobustLoss) {
    let curve = DecayCurve(count: 100_000, noise: 2e-3, seed: 1)
    let weights = ResidualWeights.relative((0..<100_000).map { 0.5 + Double($0 % 10) / 10 })
    var solver = LevenbergMarquardt(loss: loss, weights: weights)
    solver.options.maximumIterations = 3
    let start = [2, 1, 0.05, 0.5]
    let expected = solver.minimize(curve, from: start)
    #expect(expected.cost < expected.initialCost)
    for threads in [2, 3, 7] {
      solver.threads = threads
      expectEqualBits(solver.minimize(curve, from: start), expected)
    }
  }

  /// Fewer rows than threads, and preconditioned passes.
  @Test(arguments: [1, 5, 4096, 4097, 8200])
  func fewRows(count: Int) {
    var random = SeededGenerator(seed: 2)
    var problem = LinearProblem.random(rows: count, columns: 3, &random)
    for row in 0..<count {
      problem.matrix[row, 2] = problem.matrix[row, 0] + 1e-9 * problem.matrix[row, 2]
    }
    var solver = LevenbergMarquardt()
    solver.options.maximumIterations = 8
    let expected = solver.minimize(problem, from: [1, 1, 1])
    for threads in [2, 7, 64] {
      solver.threads = threads
      expectEqualBits(solver.minimize(problem, from: [1, 1, 1]), expected)
    }
  }

  private func expectEqualBits(_ report: LeastSquaresReport, _ expected: LeastSquaresReport) {
    #expect(report.parameters.map(\.bitPattern) == expected.parameters.map(\.bitPattern))
    #expect(report.cost.bitPattern == expected.cost.bitPattern)
    #expect(report.initialCost.bitPattern == expected.initialCost.bitPattern)
    #expect(report.gradientNorm.bitPattern == expected.gradientNorm.bitPattern)
    #expect(report.stepNorm.bitPattern == expected.stepNorm.bitPattern)
    #expect(report.curvature.matrix == expected.curvature.matrix)
    #expect(report.termination == expected.termination)
    #expect(report.iterations == expected.iterations)
    #expect(report.evaluations == expected.evaluations)
  }
}
