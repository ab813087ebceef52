import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// Bounds and fixed parameters.
@Suite struct ConstraintTests {
  /// Random linear problems in a box against all 3^p combinations of lower bound, upper bound and
  /// free, each solved by Householder QR.
  @Test(arguments: UInt64(0)..<60)
  func boundedLinearProblems(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = 2 + Int(seed % 4)
    let problem = LinearProblem.random(rows: 12, columns: count, &random)
    let bounds = (0..<count).map { _ in
      let center = Double.random(in: -0.5...0.5, using: &random)
      return ParameterBounds(lower: center - 0.2, upper: center + 0.2)
    }
    let expected = try bestByEnumeration(problem, bounds)
    for start in [[Double](repeating: 0, count: count), bounds.map(\.lower), bounds.map(\.upper)] {
      let report = LevenbergMarquardt().minimize(problem, from: start, bounds: bounds)
      #expect(report.termination.isSuccess, "\(report.termination)")
      for j in 0..<count {
        expectClose(report.parameters[j], expected[j], tolerance: 1e-12, scale: 1)
      }
      let held = (0..<count).filter {
        expected[$0] == bounds[$0].lower || expected[$0] == bounds[$0].upper
      }
      #expect(report.parametersAtBounds == held)
    }
  }

  /// The same where columns nearly agree: a step across several bounds, put on all of them, can lead
  /// uphill.
  @Test(arguments: UInt64(0)..<60)
  func boundedProblemsOfNearlyEqualColumns(seed: UInt64) throws {
    var random = SeededGenerator(seed: 1000 + seed)
    let count = 3 + Int(seed % 3)
    var problem = LinearProblem.random(rows: 12, columns: count, &random)
    for row in 0..<12 {
      let common = Double.random(in: -1...1, using: &random)
      for j in 0..<count { problem.matrix[row, j] = common + 0.1 * problem.matrix[row, j] }
    }
    let bounds = (0..<count).map { _ in
      ParameterBounds(lower: 0, upper: .random(in: 0.5...3, using: &random))
    }
    let expected = try bestByEnumeration(problem, bounds)
    let start = bounds.map { Double.random(in: 0...$0.upper, using: &random) }
    // Steps as long as they like, so that they cross bounds.
    let options = LevenbergMarquardtOptions(initialRadiusFactor: 1e6)
    let report = LevenbergMarquardt(options: options).minimize(
      problem, from: start, bounds: bounds)
    #expect(report.termination.isSuccess, "\(report.termination)")
    for j in 0..<count {
      expectClose(report.parameters[j], expected[j], tolerance: 1e-10, scale: 1, "seed \(seed)")
    }
  }

  /// The Karush-Kuhn-Tucker conditions on curves whose best parameters lie outside the bounds.
  @Test(
    arguments: UInt64(0)..<20,
    [RobustLoss.leastSquares, .huber(width: 1e-3), .softL1(width: 1e-3), .cauchy(width: 5e-3)])
  func optimality(seed: UInt64, loss: RobustLoss) {
    var random = SeededGenerator(seed: seed)
    let curve = DecayCurve(count: 200, noise: 1e-3, seed: seed)
    // Two parameters must stay away from the truth, the others may reach it.
    let bounds = DecayCurve.truth.indices.map { j in
      let truth = DecayCurve.truth[j]
      switch (UInt64(j) + seed) % 4 {
      case 0: return ParameterBounds(lower: 1.05 * truth, upper: 2 * truth)
      case 1: return ParameterBounds(lower: 0, upper: 0.97 * truth)
      default: return ParameterBounds(lower: 0.2 * truth, upper: 5 * truth)
      }
    }
    let start = DecayCurve.truth.map { $0 * Double.random(in: 0.5...1.5, using: &random) }
    let report = LevenbergMarquardt(loss: loss).minimize(curve, from: start, bounds: bounds)
    #expect(report.termination.isSuccess)
    #expect(!report.parametersAtBounds.isEmpty)
    let scores = relativeScores(curve, loss, report.parameters)
    for j in bounds.indices {
      let value = report.parameters[j]
      #expect(value >= bounds[j].lower && value <= bounds[j].upper)
      if value == bounds[j].lower {
        #expect(scores[j] >= 0)
      } else if value == bounds[j].upper {
        #expect(scores[j] <= 0)
      } else {
        #expect(abs(scores[j]) < 1e-8)
      }
    }
  }

  /// A step that bounds bend until it goes uphill is shortened: a shifted power law from starts
  /// whose first step crosses several bounds at once.
  @Test(arguments: UInt64(0)..<20)
  func stepsBentByBounds(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let steps = (1...100).map { 700.0 * Double($0) }
    let losses = steps.map { 2.85 + 100 * pow($0, -0.625) }.map { loss in
      loss * (1 + 5e-4 * random.normal())
    }
    let problem = FunctionProblem(parameterCount: 4, residualCount: steps.count) { p, row in
      log((p[0] + p[1] * pow(steps[row] + exp(p[3]), -p[2])) / losses[row])
    }
    let bounds = [
      ParameterBounds(lower: 0, upper: .infinity), ParameterBounds(lower: 0, upper: .infinity),
      ParameterBounds(lower: 0.01, upper: 10), ParameterBounds(lower: -4, upper: 20),
    ]
    let costs = [[2.85, 100, 0.625, 5], [2.85, 100, 0.625, 7], [2.85, 100, 0.6, 1]].map { start in
      let report = LevenbergMarquardt(loss: .huber(width: 1e-3)).minimize(
        problem, from: start, bounds: bounds)
      #expect(report.termination.isSuccess, "\(start)")
      return report.cost
    }
    for cost in costs { expectClose(cost, costs[0], tolerance: 1e-6) }
  }

  @Test func startOutsideTheBounds() {
    let bounds = [ParameterBounds(lower: -2, upper: 2), .init(lower: 0.25, upper: 0.5)]
    let report = LevenbergMarquardt().minimize(
      SmallProblems.rosenbrock, from: [50, -50], bounds: bounds)
    var solver = LevenbergMarquardt()
    solver.options.maximumIterations = 0
    let start = solver.minimize(SmallProblems.rosenbrock, from: [50, -50], bounds: bounds)
    #expect(start.parameters == [2, 0.25])
    #expect(report.initialCost == start.cost)
    #expect(report.parametersAtBounds == [1])
    // On y = ½ the best x solves 400x³ - 198x - 2 = 0; the start leads to its positive root.
    let x = report.parameters[0]
    expectClose(400 * x * x * x - 198 * x - 2, 0, tolerance: 1e-10, scale: 1)
    #expect(report.parameters[1] == 0.5)
  }

  /// Fixed parameters keep their start, and the others are those of the problem without them.
  @Test(arguments: UInt64(0)..<20)
  func fixedParameters(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let problem = LinearProblem.random(rows: 12, columns: 4, &random)
    let fixed: Set<Int> = [Int(seed % 4), Int(seed / 4 % 4)]
    let start = [0.3, -0.2, 0.1, 0.7]
    let report = LevenbergMarquardt().minimize(problem, from: start, fixed: fixed)
    let expected = try problem.solution(
      free: (0..<4).filter { !fixed.contains($0) }, others: start)
    for j in 0..<4 { expectClose(report.parameters[j], expected[j], tolerance: 1e-12, scale: 1) }
    for j in fixed { #expect(report.parameters[j] == start[j]) }
    #expect(report.fixedParameters == fixed.sorted())
    #expect(report.parametersAtBounds.isEmpty)
  }

  /// A fixed parameter is not put inside its bounds, nor counted among those at bounds.
  @Test func fixedOutsideItsBounds() {
    let report = LevenbergMarquardt().minimize(
      SmallProblems.rosenbrock, from: [3, 0],
      bounds: [ParameterBounds(lower: -2, upper: 2), .unbounded], fixed: [0])
    #expect(report.parameters[0] == 3)
    expectClose(report.parameters[1], 9, tolerance: 1e-14)
    #expect(report.parametersAtBounds.isEmpty && report.fixedParameters == [0])
  }

  @Test func everythingFixed() {
    let report = LevenbergMarquardt().minimize(
      SmallProblems.rosenbrock, from: [3, 0], fixed: [0, 1])
    #expect(report.termination == .gradient)
    #expect(report.parameters == [3, 0] && report.iterations == 0)
  }

  /// Bounds that leave one value are as good as fixing it.
  @Test(arguments: UInt64(0)..<10)
  func boundsThatMeet(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let problem = LinearProblem.random(rows: 12, columns: 3, &random)
    let index = Int(seed % 3)
    var bounds = [ParameterBounds](repeating: .unbounded, count: 3)
    bounds[index] = ParameterBounds(lower: 0.4, upper: 0.4)
    let report = LevenbergMarquardt().minimize(problem, from: [9, 9, 9], bounds: bounds)
    var others = [0.0, 0, 0]
    others[index] = 0.4
    let expected = try problem.solution(free: (0..<3).filter { $0 != index }, others: others)
    #expect(report.termination.isSuccess)
    #expect(report.parameters[index] == 0.4)
    #expect(report.parametersAtBounds == [index])
    for j in 0..<3 { expectClose(report.parameters[j], expected[j], tolerance: 1e-12, scale: 1) }
  }

  @Test func everythingAtABound() {
    let problem = LinearProblem(matrix: .identity(2), target: [5, -5])
    let bounds = [ParameterBounds(lower: 0, upper: 1), .init(lower: 0, upper: 1)]
    let report = LevenbergMarquardt().minimize(problem, from: [0.5, 0.5], bounds: bounds)
    #expect(report.termination == .gradient)
    #expect(report.parameters == [1, 0])
    #expect(report.parametersAtBounds == [0, 1])
    #expect(report.gradientNorm == 0)
  }

  /// Nearly dependent columns in a box: the cost of enumeration is reached.
  @Test(arguments: UInt64(0)..<20)
  func boundedCollinearProblems(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var problem = LinearProblem.random(rows: 12, columns: 3, &random)
    for row in 0..<12 {
      problem.matrix[row, 2] = problem.matrix[row, 0] + 1e-8 * problem.matrix[row, 2]
    }
    let bounds = [ParameterBounds](repeating: .init(lower: -0.3, upper: 0.3), count: 3)
    let report = LevenbergMarquardt().minimize(problem, from: [0, 0, 0], bounds: bounds)
    let expected = try bestByEnumeration(problem, bounds)
    #expect(report.termination.isSuccess)
    expectClose(report.cost, problem.cost(expected), tolerance: 1e-12)
  }

  /// The feasible combination of bounds and free parameters with the least cost.
  private func bestByEnumeration(
    _ problem: LinearProblem, _ bounds: [ParameterBounds]
  ) throws -> [Double] {
    var best: [Double] = []
    var bestCost = Double.infinity
    let count = bounds.count
    for code in 0..<Int(pow(3, Double(count))) {
      let states = (0..<count).map { code / Int(pow(3, Double($0))) % 3 }
      let held = (0..<count).map { states[$0] == 1 ? bounds[$0].upper : bounds[$0].lower }
      let free = (0..<count).filter { states[$0] == 2 }
      let candidate = try problem.solution(free: free, others: held)
      guard (0..<count).allSatisfy({ bounds[$0].clamp(candidate[$0]) == candidate[$0] }) else {
        continue
      }
      let cost = problem.cost(candidate)
      if cost < bestCost { (best, bestCost) = (candidate, cost) }
    }
    return best
  }
}
