import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// Derivatives by central differences.
@Suite struct FunctionProblemTests {
  /// The NIST problems by differences of the formulas: at least six digits of every parameter.
  @Test func referenceProblems() throws {
    for reference in try NISTProblem.all() {
      let formulas = reference.problem
      let problem = FunctionProblem(
        parameterCount: formulas.parameterCount, residualCount: formulas.residualCount
      ) { formulas.residual($0, row: $1) }
      let report = LevenbergMarquardt().minimize(problem, from: reference.starts[1])
      #expect(report.termination.isSuccess, "\(reference.name)")
      #expect(correctDigits(report.parameters, reference.optimum) >= 7, "\(reference.name)")
    }
  }

  /// A parameter that starts far from zero and ends there.
  @Test func optimumAtZero() {
    let problem = FunctionProblem(parameterCount: 2, residualCount: 20) { p, row in
      p[0] + exp(p[1] * Double(row)) - exp(0.1 * Double(row)) + 1e-3 * Double(row % 2)
        - 1e-3 * Double((row + 1) % 2)
    }
    let report = LevenbergMarquardt().minimize(problem, from: [5, 0.05])
    #expect(report.termination.isSuccess)
    #expect(gradientNorm(problem, at: report.parameters) < 1e-6)
    #expect(abs(report.parameters[0]) < 1e-3)
  }

  /// Parameters of sizes from 1e-12 to 1e12, and zero, whose derivatives are known.
  @Test(arguments: [1e-12, 1e-6, 1, 1e6, 1e12])
  func derivatives(size: Double) {
    let problem = FunctionProblem(parameterCount: 2, residualCount: 4) { p, row in
      exp(0.3 * p[0] / size * Double(row + 1)) + sin(p[1])
    }
    let jacobian = problem.linearization(at: [size, 0]).jacobian
    for row in 0..<4 {
      let rate = 0.3 * Double(row + 1)
      expectClose(jacobian[row, 0], rate / size * exp(rate), tolerance: 1e-9)
      expectClose(jacobian[row, 1], 1, tolerance: 1e-9)
    }
  }

  /// A gradient that is given is used.
  @Test func givenGradient() {
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: 3, gradient: { $2 = [$0[0], Double($1)] },
      residual: { _, _ in 1 })
    let jacobian = problem.linearization(at: [7, 8]).jacobian
    #expect((0..<3).map { jacobian[$0, 0] } == [7, 7, 7])
    #expect((0..<3).map { jacobian[$0, 1] } == [0, 1, 2])
  }

  /// Residuals alone need no derivatives.
  @Test func residualsAlone() {
    let problem = FunctionProblem(
      parameterCount: 1, residualCount: 700,
      gradient: { _, _, _ in Issue.record("derivatives are not wanted") },
      residual: { $0[0] * Double($1) })
    #expect(problem.residuals(at: [2]) == (0..<700).map { 2 * Double($0) })
  }
}
