import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

@Suite struct RobustLossTests {
  static let losses: [RobustLoss] = [
    .leastSquares, .huber(width: 0.7), .softL1(width: 0.7), .cauchy(width: 0.7),
  ]

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
    // ½δ² log(1 + z) with δ = 2, r = 2√(e - 1): 2.
    expectClose(
      RobustLoss.cauchy(width: 2).value(2 * (exp(1) - 1).squareRoot()), 2, tolerance: 1e-15)
    expectClose(RobustLoss.cauchy(width: 1e-3).value(1e-12), 0.5e-24, tolerance: 1e-12)
  }

  /// Every loss is even, ½r² near zero, and no greater than ½r².
  @Test(arguments: losses, [0, 1e-6, 0.1, 0.7, 3, 1e8])
  func shape(loss: RobustLoss, residual: Double) {
    let square = 0.5 * residual * residual
    #expect(loss.value(-residual) == loss.value(residual))
    #expect(loss.score(-residual) == -loss.score(residual))
    #expect(loss.value(residual) <= square)
    #expect(loss.curvature(residual) <= loss.weight(residual))
    if residual <= 1e-6 { expectClose(loss.value(residual), square, tolerance: 1e-11) }
  }

  /// The cost of a fit is Σ ρ(rᵢ), and its gradient Σ ψ(rᵢ) ∂rᵢ: residuals from -4 to 4 of one
  /// parameter whose every derivative is 1, at most one iteration done.
  @Test(arguments: losses)
  func sumsOfAFit(loss: RobustLoss) {
    let residuals = (0..<1001).map { Double($0 - 499) * 0.008 }
    let problem = FunctionProblem(
      parameterCount: 1, residualCount: residuals.count, gradient: { $2[0] = 1 },
      residual: { $0[0] + residuals[$1] })
    var solver = LevenbergMarquardt(loss: loss)
    solver.options.maximumIterations = 0
    let report = solver.minimize(problem, from: [0])
    expectClose(report.cost, residuals.reduce(0) { $0 + loss.value($1) }, tolerance: 1e-13)
    let score = residuals.reduce(0) { $0 + loss.score($1) }
    let weight = residuals.reduce(0) { $0 + loss.weight($1) }
    expectClose(
      report.gradientNorm, abs(score) / (weight * 2 * report.cost).squareRoot(), tolerance: 1e-11)
    let curvature = residuals.reduce(0) { $0 + loss.curvature($1) }
    expectClose(report.curvature.matrix[0, 0], curvature, tolerance: 1e-11)
  }
}
