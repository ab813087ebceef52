import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// Random curves: the truth is found, and the result does not depend on the order of the parameters
/// nor on their units.
@Suite struct PropertyTests {
  /// A curve with its truth, a start and its times.
  private struct Curve: Sendable {
    /// The value at a time, written with two exponentials or as a power law.
    let isPower: Bool
    let truth: [Double]
    let start: [Double]
    let times: [Double]

    /// Two exponentials that differ at least threefold in their rates, or L0 + A·t^-α + B·log t.
    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      isPower = seed % 2 == 0
      if isPower {
        truth = [
          Double.random(in: 1...4, using: &random), Double.random(in: 0.5...5, using: &random),
          Double.random(in: 0.2...1.2, using: &random),
          Double.random(in: 0.01...0.2, using: &random),
        ]
        times = (1...30).map { pow(1.3, Double($0)) }
      } else {
        let rate = Double.random(in: 0.1...0.4, using: &random)
        truth = [
          Double.random(in: 1...5, using: &random), rate, Double.random(in: 1...5, using: &random),
          rate * Double.random(in: 3...6, using: &random),
        ]
        times = (0..<30).map { 0.3 * Double($0) }
      }
      start = truth.map { $0 * exp(Double.random(in: -0.3...0.3, using: &random)) }
    }

    /// The value and its derivatives.
    func value(_ p: [Double], _ time: Double, _ slopes: inout [Double]) -> Double {
      if isPower {
        let power = pow(time, -p[2])
        slopes = [1, power, -p[1] * log(time) * power, log(time)]
        return p[0] + p[1] * power + p[3] * log(time)
      }
      let (slow, fast) = (exp(-p[1] * time), exp(-p[3] * time))
      slopes = [slow, -time * p[0] * slow, fast, -time * p[2] * fast]
      return p[0] * slow + p[2] * fast
    }

    func values(_ p: [Double]) -> [Double] {
      var unused: [Double] = []
      return times.map { value(p, $0, &unused) }
    }

    /// The problem in parameters φ with θ[order[j]] = scales[j] φⱼ.
    func problem(
      _ targets: [Double], order: [Int] = [0, 1, 2, 3], scales: [Double] = [1, 1, 1, 1]
    ) -> FunctionProblem {
      let original = { @Sendable (p: [Double]) in
        var result = p
        for j in p.indices { result[order[j]] = scales[j] * p[j] }
        return result
      }
      return FunctionProblem(
        parameterCount: 4, residualCount: times.count,
        gradient: { p, row, slopes in
          var inner = slopes
          _ = value(original(p), times[row], &inner)
          for j in p.indices { slopes[j] = scales[j] * inner[order[j]] }
        },
        residual: { p, row in
          var unused: [Double] = []
          return value(original(p), times[row], &unused) - targets[row]
        })
    }
  }

  /// Without noise the truth is found to ten digits or what rounding of the values allows.
  @Test(arguments: UInt64(0)..<60)
  func truthIsFound(seed: UInt64) throws {
    let curve = Curve(seed: seed)
    let problem = curve.problem(curve.values(curve.truth))
    let report = LevenbergMarquardt().minimize(problem, from: curve.start)
    #expect(report.termination.isSuccess)
    let condition = try #require(report.curvature.conditionNumber)
    for j in 0..<4 {
      expectClose(
        report.parameters[j], curve.truth[j], tolerance: max(1e-12, condition * 1e-15),
        "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func orderOfParameters(seed: UInt64) {
    let curve = Curve(seed: seed)
    let targets = noisy(curve, seed: seed)
    let expected = LevenbergMarquardt().minimize(curve.problem(targets), from: curve.start)
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [1, 2, 3, 0]] {
      let report = LevenbergMarquardt().minimize(
        curve.problem(targets, order: order), from: order.map { curve.start[$0] })
      #expect(report.termination.isSuccess)
      for j in 0..<4 {
        expectClose(
          report.parameters[j], expected.parameters[order[j]], tolerance: 1e-9, "seed \(seed)")
      }
      expectClose(report.cost, expected.cost, tolerance: 1e-11)
      #expect(report.iterations == expected.iterations, "seed \(seed)")
    }
  }

  @Test(arguments: UInt64(0)..<30)
  func unitsOfParameters(seed: UInt64) {
    let curve = Curve(seed: seed)
    let targets = noisy(curve, seed: seed)
    let expected = LevenbergMarquardt().minimize(curve.problem(targets), from: curve.start)
    for scales in [[1e6, 1, 1e-6, 1], [1e-9, 1e9, 3, 0.1], [7, 7, 7, 7]] {
      let report = LevenbergMarquardt().minimize(
        curve.problem(targets, scales: scales), from: zip(curve.start, scales).map { $0 / $1 })
      #expect(report.termination.isSuccess)
      for j in 0..<4 {
        expectClose(
          report.parameters[j] * scales[j], expected.parameters[j], tolerance: 1e-9, "seed \(seed)")
      }
      expectClose(report.cost, expected.cost, tolerance: 1e-11)
      #expect(report.iterations == expected.iterations, "seed \(seed)")
    }
  }

  /// The order of the rows.
  @Test(arguments: UInt64(0)..<10)
  func orderOfRows(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let problem = LinearProblem.random(rows: 600, columns: 4, &random)
    let order = (0..<600).shuffled(using: &random)
    var shuffled = problem
    for (place, row) in order.enumerated() {
      shuffled.target[place] = problem.target[row]
      for j in 0..<4 { shuffled.matrix[place, j] = problem.matrix[row, j] }
    }
    for loss in [RobustLoss.leastSquares, .huber(width: 0.3), .softL1(width: 0.3)] {
      let solver = LevenbergMarquardt(loss: loss)
      let expected = solver.minimize(problem, from: [1, 1, 1, 1])
      let report = solver.minimize(shuffled, from: [1, 1, 1, 1])
      for j in 0..<4 {
        expectClose(report.parameters[j], expected.parameters[j], tolerance: 1e-11, scale: 1)
      }
    }
  }

  private func noisy(_ curve: Curve, seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed &+ 77)
    return curve.values(curve.truth).map { $0 + 0.01 * random.normal() }
  }
}
