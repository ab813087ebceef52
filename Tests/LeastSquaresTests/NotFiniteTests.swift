import Foundation
import LeastSquares
import TestSupport
import Testing

/// Overflow and regions where the model has no value.
@Suite struct NotFiniteTests {
  static let losses: [RobustLoss] = [
    .leastSquares, .huber(width: 0.1), .softL1(width: 0.1), .cauchy(width: 1),
  ]

  /// exp(θt) for t up to 200: steps that leave the start overflow.
  @Test(arguments: [-0.1, 0.001, 0.1, 0.15])
  func growthThatOverflows(start: Double) {
    let report = LevenbergMarquardt().minimize(growth, from: [1, start])
    #expect(report.termination.isSuccess, "\(report.termination)")
    expectClose(report.parameters[0], 3, tolerance: 1e-13)
    expectClose(report.parameters[1], 0.03, tolerance: 1e-13)
  }

  /// Starts so high that the first step loses the second parameter, or that the squares overflow.
  @Test(arguments: [0.5, 1, 2, 4, 1e10])
  func growthFromFarTooHigh(start: Double) {
    let report = LevenbergMarquardt().minimize(growth, from: [1, start])
    #expect(!report.parameters.contains { !$0.isFinite })
    #expect(report.termination == .startNotFinite || report.cost < report.initialCost)
  }

  /// θ₀ exp(θ₁t) through 3 exp(0.03t), t = 10, 20, … 200.
  private let growth = FunctionProblem(
    parameterCount: 2, residualCount: 20,
    gradient: { x, row, slopes in
      let time = Double(row + 1) * 10
      slopes[0] = exp(x[1] * time)
      slopes[1] = x[0] * time * slopes[0]
    },
    residual: { x, row in
      let time = Double(row + 1) * 10
      return x[0] * exp(x[1] * time) - 3 * exp(0.03 * time)
    })

  @Test(arguments: [1e-3, 0.1, 1, 100, 1e8, 1e100])
  func logarithm(start: Double) {
    let report = LevenbergMarquardt().minimize(SmallProblems.logarithm, from: [start])
    #expect(report.termination.isSuccess, "\(report.termination)")
    expectClose(report.parameters[0], 2.718_281_828_459_045, tolerance: 1e-9)
  }

  /// θ₀ √(t - θ₁) has no value for θ₁ > 1, and derivatives without bound at θ₁ = 1; the data want
  /// θ₁ just below.
  @Test(arguments: [-100.0, -1, 0.9, 0.999_999])
  func edgeOfTheDomain(start: Double) {
    let times = (1...20).map { Double($0) }
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: times.count,
      gradient: { x, row, slopes in
        slopes[0] = (times[row] - x[1]).squareRoot()
        slopes[1] = -0.5 * x[0] / slopes[0]
      },
      residual: { x, row in
        x[0] * (times[row] - x[1]).squareRoot() - 2 * (times[row] - 0.99).squareRoot()
      })
    let report = LevenbergMarquardt().minimize(problem, from: [1, start])
    #expect(report.termination.isSuccess, "\(report.termination)")
    expectClose(report.parameters[0], 2, tolerance: 1e-9)
    expectClose(report.parameters[1], 0.99, tolerance: 1e-9)
  }

  /// A rate so high that its term is below rounding at all but the first row: steps by the columns'
  /// lengths take it anywhere, to overflow at the other rows.
  @Test func rateWithoutInfluence() throws {
    let problem = try #require(try NISTProblem.all().first { $0.name == "MGH17" })
    for start in [
      [41.1285, 114.036, -187.959, 0.879425, 3.88146], [58.5204, 80.5335, -56.9123, 0.452336, 5],
    ] {
      let report = LevenbergMarquardt().minimize(problem.problem, from: start)
      #expect(report.termination.isSuccess, "\(report.termination)")
      #expect(report.cost < 1e-3 * report.initialCost)
    }
  }

  /// Whatever the losses make of infinite and NaN residuals: the parameters stay finite and the cost
  /// does not rise.
  @Test(arguments: losses, [Double.nan, .infinity])
  func wall(loss: RobustLoss, value: Double) {
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: 10,
      gradient: { x, row, slopes in slopes = [1, Double(row)] },
      residual: { x, row in
        x[0] + x[1] > 1 ? value : x[0] + x[1] * Double(row) - 5 - Double(row)
      })
    let report = LevenbergMarquardt(loss: loss).minimize(problem, from: [0, 0])
    #expect(!report.parameters.contains { !$0.isFinite })
    #expect(report.cost.isFinite && report.cost <= report.initialCost)
    #expect(report.parameters[0] + report.parameters[1] <= 1)
  }

  @Test(arguments: losses)
  func oneResidualThatIsNotFinite(loss: RobustLoss) {
    for value in [Double.nan, .infinity, -.infinity] {
      let problem = FunctionProblem(
        parameterCount: 1, residualCount: 3, gradient: { $2[0] = 1 },
        residual: { x, row in row == 1 ? value : x[0] })
      let report = LevenbergMarquardt(loss: loss).minimize(problem, from: [2])
      #expect(report.termination == .startNotFinite, "\(value)")
      #expect(report.parameters == [2])
      #expect(!report.cost.isFinite)
    }
  }

  @Test func derivativeThatIsNotFinite() {
    let problem = FunctionProblem(
      parameterCount: 1, residualCount: 2, gradient: { $2[0] = .infinity },
      residual: { x, _ in x[0] })
    let report = LevenbergMarquardt().minimize(problem, from: [2])
    #expect(report.termination == .startNotFinite)
  }

  @Test(arguments: [Double.nan, .infinity])
  func parameterThatIsNotFinite(value: Double) {
    let report = LevenbergMarquardt().minimize(SmallProblems.rosenbrock, from: [value, 1])
    #expect(report.termination == .startNotFinite)
  }
}
