import Foundation
import LeastSquares
import TestSupport
import Testing

@Suite struct LowDiscrepancySequenceTests {
  /// In one dimension the increment is the golden ratio's inverse, in two that of 1.3247….
  @Test func increments() {
    let one = LowDiscrepancySequence(dimension: 1, seed: 3)
    let golden = (5.0.squareRoot() - 1) / 2
    let step = (one[1][0] - one[0][0] + 1).truncatingRemainder(dividingBy: 1)
    expectClose(step, golden, tolerance: 1e-14)
    let two = LowDiscrepancySequence(dimension: 2, seed: 3)
    let plastic = 1.324_717_957_244_746
    for coordinate in 0..<2 {
      let step = (two[1][coordinate] - two[0][coordinate] + 1)
        .truncatingRemainder(dividingBy: 1)
      expectClose(step, pow(plastic, -Double(coordinate + 1)), tolerance: 1e-13)
    }
  }

  /// Every box of a sixteenth of the square holds about its share of 512 points: independent random
  /// points would stray by 5.5 on average, these by no more than 6 at the most.
  @Test(arguments: 0..<5 as Range<UInt64>)
  func coverage(seed: UInt64) {
    let sequence = LowDiscrepancySequence(dimension: 2, seed: seed)
    var counts = [Int](repeating: 0, count: 16)
    for index in 0..<512 {
      let point = sequence[index]
      #expect(point.allSatisfy { $0 >= 0 && $0 < 1 })
      counts[Int(point[0] * 4) + 4 * Int(point[1] * 4)] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 32) <= 6 }, "seed \(seed): \(counts)")
  }

  @Test func seeds() {
    #expect(
      LowDiscrepancySequence(dimension: 3, seed: 1)[7]
        == LowDiscrepancySequence(dimension: 3, seed: 1)[7])
    #expect(
      LowDiscrepancySequence(dimension: 3, seed: 1)[7]
        != LowDiscrepancySequence(dimension: 3, seed: 2)[7])
  }
}

@Suite struct ParameterScanTests {
  private static let points = (0..<200).map { 0.02 * Double($0) }
  private static let rates = [0.1, 0.3, 1, 3, 10]

  /// At every point of the grid, c is the non-negative least-squares solution; the best point is the
  /// one nearest to the truth.
  @Test func grid() throws {
    let model = ExponentialSum(points: Self.points, terms: 2, hasConstant: true)
    let targets = model.values(coefficients: [0.5, 2, 1], rates: [0.3, 3])
    let scan = ParameterScan(
      values: [Self.rates, Self.rates], mayBeNegative: [false, false, false])
    let starts = scan.best(3, of: model, targets: targets)
    #expect(starts.count == 3)
    let best = try #require(starts.first)
    #expect(Set(best.parameters[3...]) == [0.3, 3])
    #expect(best.cost < 1e-20)
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $0.cost <= $1.cost })
  }

  @Test func fixedCoefficientsAndValues() throws {
    let model = ExponentialSum(points: Self.points, terms: 2, hasConstant: true)
    let targets = model.values(coefficients: [0.5, 2, 1], rates: [0.3, 3])
    let scan = ParameterScan(
      values: [[0.3], Self.rates], fixedCoefficients: [0: 0.5],
      mayBeNegative: [true, true, true], loss: .huber(width: 0.1))
    let best = try #require(scan.best(1, of: model, targets: targets).first)
    for (value, truth) in zip(best.parameters, [0.5, 2, 1, 0.3, 3]) {
      expectClose(value, truth, tolerance: 1e-9)
    }
  }

  /// Three nonlinear parameters: a low-discrepancy set, the same for the same seed, whose best
  /// points lead to the optimum.
  @Test func threeParameters() throws {
    let model = ExponentialSum(points: Self.points, terms: 3, hasConstant: false)
    let targets = model.values(
      coefficients: [0.1, 0.9, 1.5], rates: [0.2, 1.5, 6], noise: 1e-6, seed: 8)
    let ladder = (0..<9).map { 0.1 * pow(10, 0.25 * Double($0)) }
    let scan = ParameterScan(
      values: [ladder, ladder, ladder], mayBeNegative: [false, false, false], seed: 5)
    let starts = scan.best(6, of: model, targets: targets)
    #expect(starts == scan.best(6, of: model, targets: targets))
    let report = try #require(
      MultiStart(solver: LevenbergMarquardt()).minimize(
        SeparableProblem(model: model, targets: targets), from: starts.map(\.parameters)))
    for (value, truth) in zip(report.best.parameters[3...].sorted(), [0.2, 1.5, 6]) {
      expectClose(value, truth, tolerance: 1e-2)
    }
  }
}

@Suite struct MultiStartTests {
  /// (x² - 4)² + tilt: minima near -2 and 2, of nearly equal or clearly different cost.
  private func wells(tilt: Double) -> FunctionProblem {
    FunctionProblem(parameterCount: 1, residualCount: 2) { x, row in
      row == 0 ? x[0] * x[0] - 4 : 1 + tilt * x[0]
    }
  }

  @Test func secondOptimumIsReported() throws {
    let multi = MultiStart(solver: LevenbergMarquardt())
    let close = try #require(multi.minimize(wells(tilt: 1e-4), from: [[-1], [1], [3]]))
    #expect(close.starts == 3)
    #expect(close.best.parameters[0] < 0)
    #expect(close.agreeing == 1)
    let rival = try #require(close.rival)
    #expect(rival.parameters[0] > 0)
    let far = try #require(multi.minimize(wells(tilt: 0.1), from: [[-1], [1], [3]]))
    #expect(far.rival == nil)
  }

  @Test func noFiniteStart() {
    let problem = FunctionProblem(parameterCount: 1, residualCount: 1) { _, _ in .nan }
    #expect(MultiStart(solver: LevenbergMarquardt()).minimize(problem, from: [[0], [1]]) == nil)
  }
}
