import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

@Suite struct VariableProjectionTests {
  private static let points = (0..<60).map { 0.05 * Double($0) }

  /// NIST problems that are sums of exponentials, from NIST's starts for the rates alone.
  @Test(arguments: ["Lanczos1", "Lanczos2", "Lanczos3", "MGH17"])
  func referenceProblems(name: String) throws {
    let problem = try #require(try NISTProblem.all().first { $0.name == name })
    let hasConstant = name == "MGH17"
    // MGH17 is b1 + b2 exp(-x b4) + b3 exp(-x b5); Lanczos b1 exp(-b2 x) + b3 exp(-b4 x) + ….
    let rates = hasConstant ? [3, 4] : [1, 3, 5]
    let coefficients = hasConstant ? [0, 1, 2] : [0, 2, 4]
    let model = ExponentialSum(
      points: problem.predictors[0], terms: rates.count, hasConstant: hasConstant)
    // From MGH17's first start the two rates meet on the way; how they part is a matter of rounding.
    for start in hasConstant ? [problem.starts[1]] : problem.starts {
      let report = LevenbergMarquardt().minimize(
        model, targets: problem.responses, from: rates.map { start[$0] })
      #expect(report.termination.isSuccess)
      let expected = terms(problem, coefficients: coefficients, rates: rates)
      #expect(
        correctDigits(sorted(report.parameters, hasConstant: hasConstant), expected) >= 9,
        "\(name): \(report.parameters), \(expected)")
    }
  }

  /// The certified parameters, terms in the order of their rates.
  private func terms(_ problem: NISTProblem, coefficients: [Int], rates: [Int]) -> [Double] {
    sorted(
      (coefficients + rates).map { problem.optimum[$0] },
      hasConstant: coefficients.count > rates.count)
  }

  /// The parameters with their terms in the order of the rates: which term is which is not determined.
  private func sorted(_ parameters: [Double], hasConstant: Bool) -> [Double] {
    let count = (parameters.count - (hasConstant ? 1 : 0)) / 2
    let first = hasConstant ? 1 : 0
    let order = (0..<count).sorted {
      parameters[first + count + $0] < parameters[first + count + $1]
    }
    return parameters.prefix(first) + order.map { parameters[first + $0] }
      + order.map { parameters[first + count + $0] }
  }

  /// The reduced problem's gradient is that of min_c ½‖Φ(θ)c - y‖², by differences.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func gradientOfTheReducedProblem(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let model = ExponentialSum(points: Self.points, terms: 2, hasConstant: true)
    let targets = model.values(
      coefficients: [0.5, 2, -1], rates: [0.7, 3], noise: 0.1, seed: seed)
    let problem = ProjectedProblem(model: model, targets: targets)
    let theta = [0.5, 2].map { $0 * exp(0.3 * random.normal()) }
    func cost(_ theta: [Double]) -> Double {
      0.5 * problem.residuals(at: theta).reduce(0) { $0 + $1 * $1 }
    }
    let linearization = problem.linearization(at: theta)
    for column in 0..<2 {
      var gradient = 0.0
      for row in Self.points.indices {
        gradient += linearization.jacobian[row, column] * linearization.residuals[row]
      }
      var (above, below) = (theta, theta)
      above[column] += 1e-5
      below[column] -= 1e-5
      let difference = (cost(above) - cost(below)) / 2e-5
      expectClose(gradient, difference, tolerance: 1e-6, scale: 1e-2, "seed \(seed)")
    }
  }

  @Test func coefficientsStayNonNegative() {
    let model = ExponentialSum(points: Self.points, terms: 2, hasConstant: true)
    // The best unbounded fit has a negative constant.
    let targets = model.values(coefficients: [-0.3, 2, 1], rates: [0.7, 3], noise: 0.01)
    let free = LevenbergMarquardt().minimize(model, targets: targets, from: [0.5, 2])
    #expect(free.parameters[0] < -0.2)
    let bounded = LevenbergMarquardt().minimize(
      model, targets: targets, from: [0.5, 2], bounds: [.nonNegative, .nonNegative],
      mayBeNegative: [false, false, false])
    #expect(bounded.termination.isSuccess)
    #expect(bounded.parameters[0] == 0)
    #expect(bounded.parametersAtBounds.contains(0))
    #expect(bounded.cost > free.cost)
  }

  /// Weights w and rows repeated w times have the same optimum.
  @Test func weightsCount() {
    let model = ExponentialSum(points: Self.points, terms: 1, hasConstant: true)
    let targets = model.values(coefficients: [1, 2], rates: [1.5], noise: 0.1, seed: 4)
    let weights = Self.points.indices.map { Double(1 + $0 % 3) }
    let repeated = Self.points.indices.flatMap { row in
      [Int](repeating: row, count: Int(weights[row]))
    }
    let long = ExponentialSum(
      points: repeated.map { Self.points[$0] }, terms: 1, hasConstant: true)
    let expected = LevenbergMarquardt().minimize(
      long, targets: repeated.map { targets[$0] }, from: [1])
    for choice in [ResidualWeights.relative(weights), .frequencies(weights)] {
      let report = LevenbergMarquardt(weights: choice).minimize(
        model, targets: targets, from: [1])
      for (value, other) in zip(report.parameters, expected.parameters) {
        expectClose(value, other, tolerance: 1e-11)
      }
      expectClose(report.cost, expected.cost, tolerance: 1e-12)
    }
  }

  /// A robust loss acts in the refinement: gross outliers do not move the optimum.
  @Test func robustRefinement() {
    let model = ExponentialSum(points: Self.points, terms: 1, hasConstant: true)
    var targets = model.values(coefficients: [1, 2], rates: [1.5], noise: 1e-3, seed: 2)
    for row in stride(from: 5, to: 60, by: 10) { targets[row] += 3 }
    let report = LevenbergMarquardt(loss: .huber(width: 1e-3)).minimize(
      model, targets: targets, from: [1])
    #expect(report.termination.isSuccess)
    for (value, truth) in zip(report.parameters, [1, 2, 1.5]) {
      expectClose(value, truth, tolerance: 5e-3)
    }
  }
}
