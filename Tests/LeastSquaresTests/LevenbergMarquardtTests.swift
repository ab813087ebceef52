import Foundation
import LeastSquares
import TestSupport
import Testing

@Suite struct LevenbergMarquardtTests {
  @Test func rosenbrockFromTheUsualStart() {
    let report = LevenbergMarquardt().minimize(SmallProblems.rosenbrock, from: [-1.2, 1])
    #expect(report.termination.isSuccess)
    expectClose(report.parameters[0], 1, tolerance: 1e-12)
    expectClose(report.parameters[1], 1, tolerance: 1e-12)
    #expect(abs(report.initialCost - 12.1) < 1e-12)
  }

  /// Freudenstein and Roth (MGH 2) from its usual start ends at the local minimum 48.9842….
  @Test func freudensteinAndRoth() {
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: 2,
      gradient: { x, row, slopes in
        slopes[0] = 1
        slopes[1] = row == 0 ? (10 - 3 * x[1]) * x[1] - 2 : (3 * x[1] + 2) * x[1] - 14
      },
      residual: { x, row in
        row == 0
          ? -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]
          : -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]
      })
    let report = LevenbergMarquardt().minimize(problem, from: [0.5, -2])
    #expect(report.termination.isSuccess)
    expectClose(2 * report.cost, 48.984_253_679_2, tolerance: 1e-11)
    expectClose(report.parameters[0], 11.412_779, tolerance: 1e-6)
    expectClose(report.parameters[1], -0.896_805_3, tolerance: 1e-6)
  }

  @Test func boundsHold() {
    let report = LevenbergMarquardt().minimize(
      SmallProblems.rosenbrock, from: [-1.2, 1],
      bounds: [ParameterBounds(lower: -2, upper: 0.5), .unbounded])
    // On x = ½ the best y is ¼ and the cost ½·(½)².
    #expect(report.termination.isSuccess)
    #expect(report.parametersAtBounds == [0])
    expectClose(report.parameters[0], 0.5, tolerance: 0)
    expectClose(report.parameters[1], 0.25, tolerance: 1e-12)
    expectClose(report.cost, 0.125, tolerance: 1e-12)
  }

  @Test func startOutsideTheBoundsIsPutInside() {
    let report = LevenbergMarquardt().minimize(
      SmallProblems.rosenbrock, from: [9, 9],
      bounds: [.init(lower: -2, upper: 2), .init(lower: -2, upper: 2)])
    expectClose(report.parameters[0], 1, tolerance: 1e-10)
  }

  @Test func startThatIsNotFinite() {
    let problem = FunctionProblem(
      parameterCount: 1, residualCount: 1, gradient: { $2[0] = .nan }, residual: { _, _ in .nan })
    let report = LevenbergMarquardt().minimize(problem, from: [1])
    #expect(report.termination == .startNotFinite)
    #expect(report.parameters == [1])
  }

  @Test func regionsWithoutValueAreAvoided() {
    // NaN for x ≤ 0: long steps from 100 land there.
    let report = LevenbergMarquardt().minimize(SmallProblems.logarithm, from: [100])
    #expect(report.termination.isSuccess)
    expectClose(report.parameters[0], 2.718_281_828_459_045, tolerance: 1e-9)
  }

  @Test func iterationLimitIsNoSuccess() {
    var solver = LevenbergMarquardt()
    solver.options.maximumIterations = 2
    let report = solver.minimize(SmallProblems.rosenbrock, from: [-1.2, 1])
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
    let problem = FunctionProblem(
      parameterCount: 1, residualCount: 500, gradient: { $2[0] = 1 },
      residual: { $0[0] - values[$1] })
    let loss = RobustLoss.huber(width: width)
    let report = LevenbergMarquardt(loss: loss).minimize(problem, from: [0])
    #expect(report.termination.isSuccess, "\(report.termination)")
    #expect(report.iterations <= 30, "\(report.iterations) iterations")
    let score = problem.residuals(at: report.parameters).reduce(0) { $0 + loss.score($1) }
    expectClose(score, 0, tolerance: 1e-9, scale: 500 * width)
  }
}
