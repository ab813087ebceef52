import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// Weights and priors equal the problem with rows scaled, repeated or added by hand.
@Suite struct WeightsTests {
  static let losses: [RobustLoss] = [
    .leastSquares, .huber(width: 0.02), .softL1(width: 0.02), .cauchy(width: 0.1),
  ]
  private static let truth = [2.0, 1.5, 0.4, 0.5]
  private static let start = [1.5, 1.2, 0.6, 0.4]

  /// θ₀ + θ₁ exp(-θ₂t) + θ₃t at given times, each residual times a factor.
  private static func problem(_ rows: [Row]) -> FunctionProblem {
    FunctionProblem(
      parameterCount: 4, residualCount: rows.count,
      gradient: { p, row, slopes in
        let (time, factor) = (rows[row].time, rows[row].factor)
        let decay = exp(-p[2] * time)
        slopes = [factor, factor * decay, -factor * time * p[1] * decay, factor * time]
      },
      residual: { p, row in
        let time = rows[row].time
        return rows[row].factor * (value(p, at: time) - rows[row].value)
      })
  }

  private static func value(_ p: [Double], at time: Double) -> Double {
    p[0] + p[1] * exp(-p[2] * time) + p[3] * time
  }

  private struct Row: Sendable {
    var time: Double
    var value: Double
    var factor = 1.0
  }

  private static func rows(_ random: inout SeededGenerator) -> [Row] {
    (0..<40).map { index in
      let time = 0.25 * Double(index)
      return Row(time: time, value: value(truth, at: time) + 0.05 * random.normal())
    }
  }

  @Test(arguments: losses)
  func standardDeviations(loss: RobustLoss) {
    var random = SeededGenerator(seed: 1)
    let rows = Self.rows(&random)
    let deviations = rows.map { _ in Double.random(in: 0.2...3, using: &random) }
    let scaled = zip(rows, deviations).map { Row(time: $0.time, value: $0.value, factor: 1 / $1) }
    expectEqual(
      LevenbergMarquardt(loss: loss, weights: .standardDeviations(deviations)), rows,
      LevenbergMarquardt(loss: loss), scaled)
  }

  /// A weight of zero leaves the row out.
  @Test(arguments: losses)
  func relativeWeights(loss: RobustLoss) {
    var random = SeededGenerator(seed: 2)
    let rows = Self.rows(&random)
    let weights = rows.indices.map {
      $0 % 7 == 3 ? 0 : Double.random(in: 0.1...9, using: &random)
    }
    let scaled = zip(rows, weights).filter { $1 > 0 }.map {
      Row(time: $0.time, value: $0.value, factor: $1.squareRoot())
    }
    expectEqual(
      LevenbergMarquardt(loss: loss, weights: .relative(weights)), rows,
      LevenbergMarquardt(loss: loss), scaled)
  }

  /// Counts stand for rows that occur that often; zero leaves the row out.
  @Test(arguments: losses)
  func frequencies(loss: RobustLoss) {
    var random = SeededGenerator(seed: 3)
    let rows = Self.rows(&random)
    let counts = rows.indices.map { $0 % 4 }
    let repeated = zip(rows, counts).flatMap { [Row](repeating: $0, count: $1) }
    let weights = ResidualWeights.frequencies(counts.map(Double.init))
    expectEqual(
      LevenbergMarquardt(loss: loss, weights: weights), rows, LevenbergMarquardt(loss: loss),
      repeated)
    #expect(weights.effectiveRowCount(of: rows.count) == Double(repeated.count))
  }

  @Test func meaningOfWeights() {
    #expect(ResidualWeights.equal.effectiveRowCount(of: 7) == 7)
    #expect(ResidualWeights.relative([1, 2, 3]).effectiveRowCount(of: 3) == 3)
    #expect(ResidualWeights.standardDeviations([1]).scaleIsKnown)
    let others: [ResidualWeights] = [.equal, .relative([1]), .frequencies([1])]
    #expect(!others.contains { $0.scaleIsKnown })
  }

  /// A prior is one more row of least squares, whatever the loss of the data.
  @Test func priors() {
    var random = SeededGenerator(seed: 4)
    let rows = Self.rows(&random)
    let priors = [
      ParameterPrior(parameter: 2, mean: 0.6, standardDeviation: 0.3),
      ParameterPrior(parameter: 0, mean: 1, standardDeviation: 2),
      ParameterPrior(parameter: 2, mean: 0.1, standardDeviation: 0.5),
    ]
    let data = Self.problem(rows)
    let extended = FunctionProblem(
      parameterCount: 4, residualCount: rows.count + priors.count,
      gradient: { p, row, slopes in
        guard row >= rows.count else {
          let jacobian = Self.problem([rows[row]]).linearization(at: p).jacobian
          slopes = (0..<4).map { jacobian[0, $0] }
          return
        }
        slopes = [0, 0, 0, 0]
        slopes[priors[row - rows.count].parameter] = 1 / priors[row - rows.count].standardDeviation
      },
      residual: { p, row in
        guard row >= rows.count else { return Self.problem([rows[row]]).residuals(at: p)[0] }
        let prior = priors[row - rows.count]
        return (p[prior.parameter] - prior.mean) / prior.standardDeviation
      })
    let report = LevenbergMarquardt(priors: priors).minimize(data, from: Self.start)
    let expected = LevenbergMarquardt().minimize(extended, from: Self.start)
    expectEqual(report, expected)
  }

  /// With a robust loss of the data: Σ ψ(rᵢ) ∂rᵢ + (θ - mean)/σ² vanishes.
  @Test(arguments: losses)
  func priorsAndRobustLosses(loss: RobustLoss) {
    var random = SeededGenerator(seed: 5)
    let problem = Self.problem(Self.rows(&random))
    let prior = ParameterPrior(parameter: 1, mean: 3, standardDeviation: 0.7)
    let report = LevenbergMarquardt(loss: loss, priors: [prior])
      .minimize(problem, from: Self.start)
    #expect(report.termination.isSuccess)
    let linearization = problem.linearization(at: report.parameters)
    for j in 0..<4 {
      let terms = linearization.residuals.indices.map {
        loss.score(linearization.residuals[$0]) * linearization.jacobian[$0, j]
      }
      let pull = (report.parameters[1] - prior.mean) / (0.7 * 0.7)
      let size = terms.reduce(0) { $0 + abs($1) }
      expectClose(terms.reduce(0, +), j == 1 ? -pull : 0, tolerance: 1e-9, scale: size)
    }
  }

  /// A prior alone determines what the data do not.
  @Test func priorOfAParameterWithoutData() {
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: 3, gradient: { $2 = [1, 0] },
      residual: { p, row in p[0] - Double(row) })
    let prior = ParameterPrior(parameter: 1, mean: -4, standardDeviation: 0.1)
    let report = LevenbergMarquardt(priors: [prior]).minimize(problem, from: [9, 9])
    expectClose(report.parameters[0], 1, tolerance: 1e-14)
    expectClose(report.parameters[1], -4, tolerance: 1e-14)
    #expect(report.curvature.rank == 2)
    expectClose(report.curvature.matrix[1, 1], 100, tolerance: 1e-13)
  }

  private func expectEqual(
    _ solver: LevenbergMarquardt, _ rows: [Row], _ other: LevenbergMarquardt, _ otherRows: [Row]
  ) {
    expectEqual(
      solver.minimize(Self.problem(rows), from: Self.start),
      other.minimize(Self.problem(otherRows), from: Self.start))
  }

  private func expectEqual(_ report: LeastSquaresReport, _ expected: LeastSquaresReport) {
    #expect(report.termination.isSuccess && expected.termination.isSuccess)
    expectClose(report.initialCost, expected.initialCost, tolerance: 1e-13)
    expectClose(report.cost, expected.cost, tolerance: 1e-12)
    for j in 0..<4 {
      expectClose(report.parameters[j], expected.parameters[j], tolerance: 1e-12)
      for k in 0..<4 {
        expectClose(
          report.curvature.matrix[j, k], expected.curvature.matrix[j, k], tolerance: 1e-9)
      }
    }
  }
}
