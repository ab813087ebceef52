import LeastSquares
import LinearAlgebra
import RealModule
import Statistics
import TestSupport
import Testing

@Suite struct ProfileLikelihoodTests {
  /// For linear models the profile interval is the t interval.
  @Test func linearModel() throws {
    let numbers = try ReferenceNumbers.read().linear
    let problem = LinearProblem(columns: numbers.design, targets: numbers.y)
    let report = LevenbergMarquardt().minimize(problem, from: [0, 0, 0])
    let series = try ScoreSeries(problem, at: report.parameters)
    for estimator in [CovarianceEstimator.naive, .recommended] {
      let covariance = try series.covariance(estimator)
      for j in 0..<3 {
        let profile = try #require(
          ProfileLikelihood().profile(
            problem, of: j, from: report, covariance: covariance, level: 0.95))
        let interval = try #require(
          covariance.interval(of: j, estimate: report.parameters[j], level: 0.95))
        let scale = interval.standardError
        expectClose(profile.range.lowerBound, interval.lower, tolerance: 1e-6, scale: scale)
        expectClose(profile.range.upperBound, interval.upper, tolerance: 1e-6, scale: scale)
        // The first guess is right: one refit an end, of two or three passes.
        #expect(profile.points.count == 3)
        #expect(profile.evaluations <= 6)
        #expect(profile.improvement == nil)
      }
    }
  }

  /// Biochemical oxygen demand, y = a(1 - exp(-kx)): Bates, Watts, "Nonlinear Regression Analysis
  /// and Its Applications", 1988, data A4.1, whose estimates are 19.143 and 0.5311; intervals by
  /// root finding in SciPy.
  @Test(arguments: [0.8, 0.95, 0.99])
  func oxygenDemand(level: Double) throws {
    let numbers = try ReferenceNumbers.read().oxygen_demand
    let (x, y) = (numbers.x, numbers.y)
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: 6,
      gradient: { theta, row, result in
        let decay = Double.exp(-theta[1] * x[row])
        result[0] = 1 - decay
        result[1] = theta[0] * x[row] * decay
      },
      residual: { theta, row in theta[0] * (1 - .exp(-theta[1] * x[row])) - y[row] })
    let report = LevenbergMarquardt().minimize(problem, from: [20, 0.5])
    expectClose(report.parameters[0], 19.143, tolerance: 1e-4)
    expectClose(report.parameters[1], 0.5311, tolerance: 1e-4)
    let covariance = try ScoreSeries(problem, at: report.parameters).covariance(.naive)
    let bounds = [ParameterBounds.nonNegative, .nonNegative]
    for (j, name) in ["height", "rate"].enumerated() {
      let profile = try #require(
        ProfileLikelihood(bounds: bounds, tolerance: 1e-8).profile(
          problem, of: j, from: report, covariance: covariance, level: level))
      let expected = try #require(numbers.intervals["\(name)_\(level)"])
      for (end, value) in zip([profile.lower, profile.upper], expected) {
        switch (end, value) {
        case (.found(let found), let value?):
          expectClose(found, value, tolerance: 1e-6, "\(name) at \(level)")
        case (.levelsOff, nil): break
        // The cost levels off towards a rate of 0 and jumps there, where the height does not help.
        case (.found(let found), nil) where name == "rate": #expect(found < 1e-6)
        default: Issue.record("\(name) at \(level): \(end), expected \(String(describing: value))")
        }
      }
      #expect(profile.points.map(\.value) == profile.points.map(\.value).sorted())
      #expect(profile.points.contains { $0.value == report.parameters[j] })
    }
  }

  /// Under a robust loss the rise of the cost is that of the dispersion E ψ²/E ψ′: the interval of a
  /// mean is nearly the t interval.
  @Test func robustLoss() throws {
    var random = SeededGenerator(seed: 31)
    let problem = LinearProblem(
      columns: [[Double](repeating: 1, count: 4000)],
      targets: (0..<4000).map { _ in random.normal() }
    )
    // Of the last loss's curve only the hundred or so residuals next to the middle tell: the cost is
    // as uneven as they are.
    let losses: [(RobustLoss, Double)] = [
      (.huber(width: 0.5), 0.03), (.softL1(width: 0.3), 0.03), (.huber(width: 0.02), 0.2),
    ]
    for (loss, tolerance) in losses {
      let solver = LevenbergMarquardt(loss: loss)
      let report = solver.minimize(problem, from: [0])
      let covariance = try ScoreSeries(problem, at: report.parameters, loss: loss)
        .covariance(.naive)
      let interval = try #require(
        covariance.interval(of: 0, estimate: report.parameters[0], level: 0.95))
      let profile = try #require(
        ProfileLikelihood(solver: solver).profile(
          problem, of: 0, from: report, covariance: covariance, level: 0.95))
      let width = interval.upper - interval.lower
      expectClose(
        profile.range.upperBound - profile.range.lowerBound, width, tolerance: tolerance, "\(loss)")
    }
  }

  /// A bound inside the interval ends it, and is said to.
  @Test func bound() throws {
    let problem = LinearProblem(columns: [[1, 1, 1, 1], [0, 1, 2, 3]], targets: [1, 3, 2, 5])
    let bounds = [ParameterBounds.unbounded, ParameterBounds(lower: 1, upper: 1e9)]
    let report = LevenbergMarquardt().minimize(problem, from: [0, 2], bounds: bounds)
    let covariance = try ScoreSeries(problem, at: report.parameters).covariance(.naive)
    let profile = try #require(
      ProfileLikelihood(bounds: bounds, tolerance: 1e-8).profile(
        problem, of: 1, from: report, covariance: covariance, level: 0.95))
    #expect(profile.lower == .bound(1))
    #expect(profile.range.lowerBound == 1)
    let interval = try #require(covariance.interval(of: 1, estimate: 1.1, level: 0.95))
    expectClose(profile.range.upperBound, interval.upper, tolerance: 1e-6)
  }

  /// A parameter that stands at its bound has an open end there and the other end is found.
  @Test func estimateAtTheBound() throws {
    let problem = LinearProblem(columns: [[1, 1, 1, 1], [0, 1, 2, 3]], targets: [5, 2, 3, 1])
    let bounds = [ParameterBounds.unbounded, .nonNegative]
    let report = LevenbergMarquardt().minimize(problem, from: [0, 1], bounds: bounds)
    #expect(report.parametersAtBounds == [1])
    let target = ProfileTarget(costRise: 1, halfWidth: 0.1)
    let profile = ProfileLikelihood(bounds: bounds, tolerance: 1e-8).profile(
      problem, of: 1, from: report, target: target)
    #expect(profile.lower == .bound(0))
    // F(b) = F(0) + 5.5 b + 2.5 b² for the slope b: Σ(x - x̄)² = 5, slope of the data -1.1.
    let root = (-5.5 + (5.5 * 5.5 + 10).squareRoot()) / 5
    expectClose(profile.range.upperBound, root, tolerance: 1e-6)
  }

  /// Beyond the edge of what is finite no end is found.
  @Test func edgeOfTheFinite() throws {
    // √(3 - θ) exists up to θ = 3; the cost at 3 is ½.
    let problem = FunctionProblem(
      parameterCount: 1, residualCount: 1,
      gradient: { theta, _, result in result[0] = -0.5 / (3 - theta[0]).squareRoot() },
      residual: { theta, _ in (3 - theta[0]).squareRoot() - 1 })
    let report = LevenbergMarquardt().minimize(problem, from: [1.5])
    expectClose(report.parameters[0], 2, tolerance: 1e-7)
    let profile = ProfileLikelihood(tolerance: 1e-8).profile(
      problem, of: 0, from: report, target: ProfileTarget(costRise: 0.6, halfWidth: 0.3))
    guard case .notFinite(beyond: let edge) = profile.upper else {
      Issue.record("\(profile.upper)")
      return
    }
    expectClose(edge, 3, tolerance: 1e-5)
    // Downwards (√(3 - θ) - 1)² = 1.2.
    let root = 3 - (1 + 1.2.squareRoot()) * (1 + 1.2.squareRoot())
    expectClose(profile.range.lowerBound, root, tolerance: 1e-6)
  }

  /// Whoever profiles from what is no minimum is told so.
  @Test func improvement() throws {
    let problem = LinearProblem(columns: [[1, 1, 1, 1]], targets: [1, 3, 2, 5])
    var report = LevenbergMarquardt().minimize(problem, from: [0])
    #expect(report.parameters == [2.75])
    report.parameters = [3.5]
    report.cost = 0.5 * (6.25 + 0.25 + 2.25 + 2.25)
    let profile = ProfileLikelihood().profile(
      problem, of: 0, from: report, target: ProfileTarget(costRise: 1, halfWidth: 0.5))
    let better = try #require(profile.improvement)
    #expect(better.value < 3.5 && better.cost < report.cost)
  }
}
