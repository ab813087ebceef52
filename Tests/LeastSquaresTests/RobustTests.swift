import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// δ.
private let width = 1e-3

/// Robust losses on a loss curve of 2000 rows with normal noise, at several ratios of the noise to
/// the width δ of the loss: at 0.3 nearly all residuals are inside δ, at 10 nearly all outside.
@Suite struct RobustTests {
  enum Kind: String, CaseIterable {
    case huber, softL1, cauchy

    func loss(width: Double) -> RobustLoss {
      switch self {
      case .huber: .huber(width: width)
      case .softL1: .softL1(width: width)
      case .cauchy: .cauchy(width: width)
      }
    }
  }

  enum Start: CaseIterable { case guess, leastSquares }

  struct Setting: Sendable, CustomTestStringConvertible {
    let kind: Kind
    let noiseOverWidth: Double

    static let all = Kind.allCases.flatMap { kind in
      [0.3, 1, 3, 10].map { Setting(kind: kind, noiseOverWidth: $0) }
    }

    var testDescription: String { "\(kind), noise/δ = \(noiseOverWidth)" }

    var loss: RobustLoss { kind.loss(width: width) }

    /// Whether several local minima are to be expected.
    var isRugged: Bool { kind == .cauchy && noiseOverWidth == 10 }

    func curve(seed: UInt64) -> DecayCurve {
      DecayCurve(noise: noiseOverWidth * width, seed: seed)
    }
  }

  /// 20 curves, from guesses that are up to 30 % wrong in every parameter and from the least-squares
  /// fit.
  @Test(arguments: Setting.all, Start.allCases)
  func iterations(setting: Setting, start: Start) {
    let solver = LevenbergMarquardt(loss: setting.loss)
    let reports = (UInt64(0)..<20).map { seed in
      let curve = setting.curve(seed: seed)
      var parameters = guess(seed: seed)
      if start == .leastSquares {
        parameters = LevenbergMarquardt().minimize(curve, from: parameters).parameters
      }
      let report = solver.minimize(curve, from: parameters)
      #expect(report.termination.isSuccess, "seed \(seed): \(report.termination)")
      return report
    }
    let iterations = reports.map(\.iterations).sorted()
    let evaluations = reports.map(\.evaluations).sorted()
    print(
      "\(start), \(setting.testDescription): iterations \(iterations[10]) (\(iterations[19])),",
      "evaluations \(evaluations[10]) (\(evaluations[19]))")
    let median = 0.5 * Double(iterations[9] + iterations[10])
    // Cauchy's loss far outside its width has several minima and little curvature.
    let limit = setting.isRugged ? 25.0 : 12
    #expect(median <= (start == .guess ? limit : 0.5 * limit))
  }

  /// The gradient by direct summation vanishes, and none of five other starts finds a lower cost.
  @Test(arguments: Setting.all)
  func optimum(setting: Setting) {
    let loss = setting.loss
    let solver = LevenbergMarquardt(loss: loss)
    for seed in UInt64(0)..<3 {
      let curve = setting.curve(seed: seed)
      let report = solver.minimize(curve, from: guess(seed: seed))
      let scores = relativeScores(curve, loss, report.parameters)
      #expect(!scores.contains { !(abs($0) < 1e-8) }, "seed \(seed)")
      expectClose(report.cost, cost(curve, loss, report.parameters), tolerance: 1e-12)
      for other in UInt64(0)..<(setting.isRugged ? 0 : 5) {
        let rival = solver.minimize(curve, from: guess(seed: 100 * (seed + 1) + other))
        #expect(report.cost <= rival.cost * (1 + 1e-10), "seed \(seed), start \(other)")
      }
    }
  }

  /// A handful of rows, most of them outside δ: linear problems of four parameters, 50 of each size.
  @Test(arguments: Kind.allCases, [8, 12, 20, 40, 80])
  func fewRows(kind: Kind, count: Int) {
    let solver = LevenbergMarquardt(loss: kind.loss(width: kind == .cauchy ? 0.5 : 0.1))
    let iterations = (UInt64(0)..<50).map { seed in
      var random = SeededGenerator(seed: seed)
      let problem = LinearProblem.random(rows: count, columns: 4, &random)
      let report = solver.minimize(problem, from: [3, 3, 3, 3])
      #expect(report.termination.isSuccess, "seed \(seed): \(report.termination)")
      return report.iterations
    }
    #expect(iterations.sorted()[25] <= 10)
    #expect(iterations.sorted()[45] <= 20)
  }

  /// One row in twenty is far off, by up to 2: robust fits ignore it, least squares does not.
  @Test(arguments: Kind.allCases)
  func grossErrors(kind: Kind) {
    var problem = DecayCurve(noise: width, seed: 3)
    var random = SeededGenerator(seed: 4)
    problem.spoil(everyNth: 20, &random)
    let loss = kind.loss(width: width)
    let report = LevenbergMarquardt(loss: loss).minimize(problem, from: guess(seed: 5))
    #expect(report.termination.isSuccess)
    #expect(!relativeScores(problem, loss, report.parameters).contains { !(abs($0) < 1e-8) })
    for (value, truth) in zip(report.parameters, DecayCurve.truth) {
      expectClose(value, truth, tolerance: 0.01)
    }
    let plain = LevenbergMarquardt().minimize(problem, from: guess(seed: 5))
    #expect(abs(plain.parameters[0] - DecayCurve.truth[0]) > 0.02)
  }

  /// The truth with every parameter up to 30 % wrong.
  private func guess(seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed &+ 1000)
    return DecayCurve.truth.map { $0 * Double.random(in: 0.7...1.3, using: &random) }
  }

  private func cost(_ curve: DecayCurve, _ loss: RobustLoss, _ parameters: [Double]) -> Double {
    curve.residuals(at: parameters).reduce(0) { $0 + loss.value($1) }
  }
}
