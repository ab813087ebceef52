import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// A problem from closures over parameters.
private struct ClosureProblem: LeastSquaresProblem {
  let parameterCount: Int
  let residualCount: Int
  let residual: @Sendable ([Double], Int) -> Double
  let slope: @Sendable ([Double], Int, Int) -> Double

  mutating func evaluate(_ parameters: [Double], residuals: inout [Double]) {
    for row in 0..<residualCount { residuals[row] = residual(parameters, row) }
  }

  mutating func linearize(
    _ parameters: [Double], residuals: inout [Double], jacobian: inout Matrix
  ) {
    evaluate(parameters, residuals: &residuals)
    for row in 0..<residualCount {
      for column in 0..<parameterCount { jacobian[row, column] = slope(parameters, row, column) }
    }
  }
}

/// Rosenbrock's function as residuals (Moré, Garbow, Hillstrom 1981, problem 1); minimum (1, 1).
private let rosenbrock = ClosureProblem(
  parameterCount: 2, residualCount: 2,
  residual: { $1 == 0 ? 10 * ($0[1] - $0[0] * $0[0]) : 1 - $0[0] },
  slope: { $1 == 0 ? ($2 == 0 ? -20 * $0[0] : 10) : ($2 == 0 ? -1 : 0) })

@Suite struct LevenbergMarquardtTests {
  @Test func rosenbrockFromTheUsualStart() {
    var problem = rosenbrock
    let report = LevenbergMarquardt().minimize(&problem, from: [-1.2, 1])
    #expect(report.termination.isSuccess)
    expectClose(report.parameters[0], 1, tolerance: 1e-12)
    expectClose(report.parameters[1], 1, tolerance: 1e-12)
    #expect(report.initialCost == 0.5 * 24.2 || abs(report.initialCost - 12.1) < 1e-12)
  }

  /// Freudenstein and Roth (MGH 2) from its usual start ends at the local minimum 48.9842….
  @Test func freudensteinAndRoth() {
    var problem = ClosureProblem(
      parameterCount: 2, residualCount: 2,
      residual: { x, row in
        row == 0
          ? -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]
          : -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]
      },
      slope: { x, row, column in
        if column == 0 { return 1 }
        return row == 0 ? (10 - 3 * x[1]) * x[1] - 2 : (3 * x[1] + 2) * x[1] - 14
      })
    let report = LevenbergMarquardt().minimize(&problem, from: [0.5, -2])
    #expect(report.termination.isSuccess)
    expectClose(2 * report.cost, 48.984_253_679_2, tolerance: 1e-11)
    expectClose(report.parameters[0], 11.412_779, tolerance: 1e-6)
    expectClose(report.parameters[1], -0.896_805_3, tolerance: 1e-6)
  }

  @Test func boundsHold() {
    var problem = rosenbrock
    let report = LevenbergMarquardt().minimize(
      &problem, from: [-1.2, 1],
      bounds: [ParameterBounds(lower: -2, upper: 0.5), .unbounded])
    // On x = ½ the best y is ¼ and the cost ½·(½)².
    #expect(report.termination.isSuccess)
    #expect(report.parametersAtBounds == [0])
    expectClose(report.parameters[0], 0.5, tolerance: 0)
    expectClose(report.parameters[1], 0.25, tolerance: 1e-12)
    expectClose(report.cost, 0.125, tolerance: 1e-12)
  }

  @Test func startOutsideTheBoundsIsPutInside() {
    var problem = rosenbrock
    let report = LevenbergMarquardt().minimize(
      &problem, from: [9, 9],
      bounds: [.init(lower: -2, upper: 2), .init(lower: -2, upper: 2)])
    expectClose(report.parameters[0], 1, tolerance: 1e-10)
  }

  @Test func startThatIsNotFinite() {
    var problem = ClosureProblem(
      parameterCount: 1, residualCount: 1, residual: { _, _ in .nan }, slope: { _, _, _ in .nan })
    let report = LevenbergMarquardt().minimize(&problem, from: [1])
    #expect(report.termination == .startNotFinite)
    #expect(report.parameters == [1])
  }

  @Test func regionsWithoutValueAreAvoided() {
    // r = log x - 1 with NaN for x ≤ 0: long steps from 100 land there.
    var problem = ClosureProblem(
      parameterCount: 1, residualCount: 1,
      residual: { x, _ in x[0] > 0 ? log(x[0]) - 1 : .nan },
      slope: { x, _, _ in 1 / x[0] })
    let report = LevenbergMarquardt().minimize(&problem, from: [100])
    #expect(report.termination.isSuccess)
    expectClose(report.parameters[0], 2.718_281_828_459_045, tolerance: 1e-9)
  }

  @Test func iterationLimitIsNoSuccess() {
    var problem = rosenbrock
    var solver = LevenbergMarquardt()
    solver.options.maximumIterations = 2
    let report = solver.minimize(&problem, from: [-1.2, 1])
    #expect(report.termination == .maximumIterations)
    #expect(!report.termination.isSuccess)
    #expect(report.iterations == 2)
    #expect(report.cost <= report.initialCost)
  }

  /// Huber's loss on a location problem with gross outliers: the solution satisfies Σψ = 0.
  @Test(arguments: [0.3, 1, 3, 10])
  func huberLocation(noiseOverWidth: Double) {
    var random = SeededGenerator(seed: 11)
    let width = 1e-3
    let values = (0..<500).map { index in
      2 + noiseOverWidth * width * random.normal() + (index % 50 == 0 ? 1 : 0)
    }
    var problem = ClosureProblem(
      parameterCount: 1, residualCount: 500, residual: { $0[0] - values[$1] },
      slope: { _, _, _ in 1 })
    let loss = RobustLoss.huber(width: width)
    let report = LevenbergMarquardt(loss: loss).minimize(&problem, from: [0])
    #expect(report.termination.isSuccess, "\(report.termination)")
    #expect(report.iterations <= 30, "\(report.iterations) iterations")
    let score = report.residuals.reduce(0) { $0 + loss.score($1) }
    expectClose(score, 0, tolerance: 1e-9, scale: 500 * width)
  }
}
