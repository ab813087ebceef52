import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// Each way a fit ends, and what the options say of it.
@Suite struct TerminationTests {
  @Test func onlyThreeCasesAreSuccess() {
    let successes: [Termination] = [.gradient, .cost, .step]
    let failures: [Termination] = [.maximumIterations, .stalled, .startNotFinite]
    #expect(!successes.contains { !$0.isSuccess })
    #expect(!failures.contains { $0.isSuccess })
  }

  /// At the solution of θ - 1 = 0, θ + 1 = 0 the gradient is exactly zero.
  @Test func gradientVanishesAtTheStart() {
    let problem = LinearProblem(
      matrix: Matrix(rows: 2, columns: 1, repeating: 1), target: [1, -1])
    let report = LevenbergMarquardt().minimize(problem, from: [0])
    #expect(report.termination == .gradient)
    #expect(report.iterations == 0 && report.evaluations == 1)
    #expect(report.gradientNorm == 0)
    let far = LevenbergMarquardt().minimize(problem, from: [5])
    #expect(far.termination.isSuccess && far.iterations <= 3)
    #expect(abs(far.parameters[0]) < 1e-15)
  }

  /// max_j |gⱼ| / (‖Jⱼ‖ √(2F)) ≤ the tolerance at the end, and above it one iteration before.
  @Test(arguments: [1e-1, 1e-3, 1e-4])
  func gradientTolerance(tolerance: Double) throws {
    var solver = LevenbergMarquardt()
    solver.options.gradientTolerance = tolerance
    let report = solver.minimize(SmallProblems.growth, from: [0])
    #expect(report.termination == .gradient)
    expectClose(
      report.gradientNorm, gradientNorm(SmallProblems.growth, at: report.parameters),
      tolerance: 1e-7)
    #expect(report.gradientNorm <= tolerance)
    solver.options.maximumIterations = report.iterations - 1
    let before = solver.minimize(SmallProblems.growth, from: [0])
    #expect(gradientNorm(SmallProblems.growth, at: before.parameters) > tolerance)
  }

  /// The last step's actual reduction is ≤ the tolerance times F, the one's before is not.
  @Test(arguments: [1e-2, 1e-4, 1e-7])
  func relativeCostTolerance(tolerance: Double) {
    var solver = LevenbergMarquardt()
    solver.options.relativeCostTolerance = tolerance
    solver.options.polishThreshold = 0
    let report = solver.minimize(SmallProblems.growth, from: [0])
    #expect(report.termination == .cost)
    let costs = (1...2).map { steps in
      solver.options.maximumIterations = report.iterations - steps
      return solver.minimize(SmallProblems.growth, from: [0]).cost
    }
    #expect(costs[0] - report.cost <= tolerance * costs[0])
    #expect(costs[1] - costs[0] > tolerance * costs[1])
  }

  /// The step that would follow is ≤ the tolerance times θ; without polish, and with one parameter
  /// D does not matter.
  @Test(arguments: [1e-2, 1e-4, 1e-6])
  func relativeStepTolerance(tolerance: Double) throws {
    var solver = LevenbergMarquardt()
    solver.options.relativeStepTolerance = tolerance
    solver.options.polishThreshold = 0
    let report = solver.minimize(SmallProblems.growth, from: [0])
    #expect(report.termination == .step)
    let step = try #require(gaussNewtonStep(SmallProblems.growth, at: report.parameters).first)
    #expect(abs(step) <= tolerance * abs(report.parameters[0]))
    // The last iteration found the step too short.
    solver.options.maximumIterations = report.iterations - 2
    let before = solver.minimize(SmallProblems.growth, from: [0]).parameters
    let last = try #require(gaussNewtonStep(SmallProblems.growth, at: before).first)
    #expect(abs(last) > tolerance * abs(before[0]))
  }

  /// By the cost alone half the digits are to be had; the polish finds the others.
  @Test func polishThreshold() {
    let optimum = growthOptimum
    let polished = LevenbergMarquardt().minimize(SmallProblems.growth, from: [0])
    #expect(polished.termination == .step)
    expectClose(
      polished.parameters[0], optimum, tolerance: LevenbergMarquardtOptions().polishTolerance)
    var solver = LevenbergMarquardt()
    solver.options.polishThreshold = 0
    let rough = solver.minimize(SmallProblems.growth, from: [0])
    #expect(rough.termination == .cost)
    expectClose(rough.parameters[0], optimum, tolerance: 1e-7)
    #expect(abs(rough.parameters[0] - optimum) > 1e-11)
  }

  /// What is left is estimated from the last two steps: it is about the tolerance times θ or less.
  @Test(arguments: [1e-5, 1e-7, 1e-9, 1e-11])
  func polishTolerance(tolerance: Double) {
    var solver = LevenbergMarquardt()
    solver.options.polishThreshold = 1e-2
    solver.options.polishTolerance = tolerance
    let report = solver.minimize(SmallProblems.growth, from: [0])
    #expect(report.termination == .step)
    expectClose(report.parameters[0], growthOptimum, tolerance: 3 * tolerance)
    solver.options.polishTolerance = 1e-15
    #expect(solver.minimize(SmallProblems.growth, from: [0]).evaluations > report.evaluations)
  }

  @Test func maximumPolishSteps() {
    var solver = LevenbergMarquardt()
    solver.options.maximumIterations = 1
    solver.options.polishThreshold = 1
    let passes = (1...4).map { steps in
      solver.options.maximumPolishSteps = steps
      let report = solver.minimize(SmallProblems.growth, from: [0.6])
      #expect(report.termination == .cost, "\(steps) steps")
      return report.evaluations
    }
    // One at the start, and one a step.
    #expect(passes == [2, 3, 4, 5])
  }

  @Test(arguments: 0...4)
  func maximumIterations(count: Int) {
    var solver = LevenbergMarquardt()
    solver.options.maximumIterations = count
    let report = solver.minimize(SmallProblems.rosenbrock, from: [-1.2, 1])
    #expect(report.termination == .maximumIterations)
    #expect(report.iterations == count)
    let cost = SmallProblems.rosenbrock.residuals(at: report.parameters).reduce(0) {
      $0 + 0.5 * $1 * $1
    }
    expectClose(report.cost, cost, tolerance: 1e-14)
  }

  /// The first step is as long as the radius, within a tenth, as long as the radius is short.
  @Test(arguments: [1e-4, 1e-2, 0.1])
  func initialRadiusFactor(factor: Double) {
    let start = [-1.2, 1]
    var solver = LevenbergMarquardt()
    solver.options.maximumIterations = 1
    solver.options.initialRadiusFactor = factor
    let report = solver.minimize(SmallProblems.rosenbrock, from: start)
    let norms = columnNorms(SmallProblems.rosenbrock.linearization(at: start).jacobian)
    let radius = factor * hypot(norms[0] * start[0], norms[1] * start[1])
    let step = hypot(
      norms[0] * (report.parameters[0] - start[0]), norms[1] * (report.parameters[1] - start[1]))
    expectClose(step, radius, tolerance: 0.1)
    expectClose(report.stepNorm, step, tolerance: 1e-12)
  }

  /// Where every value but the start's is NaN.
  @Test func stalled() {
    let problem = FunctionProblem(
      parameterCount: 1, residualCount: 1, gradient: { $2[0] = 1 },
      residual: { x, _ in x[0] == 1 ? 2 : .nan })
    let report = LevenbergMarquardt().minimize(problem, from: [1])
    #expect(report.termination == .stalled)
    #expect(report.parameters == [1])
    #expect(report.cost == 2)
  }

  @Test func startWithoutResiduals() {
    let report = LevenbergMarquardt().minimize(SmallProblems.rosenbrock, from: [1, 1])
    #expect(report.termination == .gradient)
    #expect(report.cost == 0 && report.iterations == 0)
  }

  /// A cost of exactly zero is the end.
  @Test func costOfZero() {
    let problem = LinearProblem(matrix: .identity(2), target: [1, 2])
    let report = LevenbergMarquardt().minimize(problem, from: [0, 0])
    #expect(report.termination == .cost)
    #expect(report.parameters == [1, 2] && report.cost == 0)
  }

  /// No rows, or no parameters.
  @Test func emptyProblems() {
    let noRows = FunctionProblem(parameterCount: 2, residualCount: 0) { _, _ in 0 }
    let still = LevenbergMarquardt().minimize(noRows, from: [3, 4])
    #expect(still.termination == .gradient && still.parameters == [3, 4] && still.cost == 0)
    let constant = FunctionProblem(parameterCount: 0, residualCount: 3) { _, row in Double(row) }
    let report = LevenbergMarquardt().minimize(constant, from: [])
    #expect(report.termination == .gradient && report.cost == 2.5)
  }

  /// The zero of Σ (exp(θt) - y) t exp(θt) for ``SmallProblems/growth``, by bisection.
  private var growthOptimum: Double {
    var (lower, upper) = (0.5, 1.0)
    for _ in 0..<60 {
      let middle = 0.5 * (lower + upper)
      let linearization = SmallProblems.growth.linearization(at: [middle])
      let gradient = (0..<3).reduce(0) {
        $0 + linearization.residuals[$1] * linearization.jacobian[$1, 0]
      }
      if gradient < 0 { lower = middle } else { upper = middle }
    }
    return 0.5 * (lower + upper)
  }
}
