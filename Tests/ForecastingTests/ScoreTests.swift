import Forecasting
import TestSupport
import Testing

@Suite struct ScoreTests {
  /// By hand: L = 2, 4, 6; P = 2.2, 3.8, 6.6.
  @Test func metrics() {
    let curve = PredictedCurve(
      steps: [1, 2, 3], predicted: [2.2, 3.8, 6.6], lower: [1.9, 3.7, 6.1], upper: [2.5, 3.9, 7])
    let score = Score(run: "r", curve: curve, losses: [2, 4, 6], level: 0.9)
    #expect(score.points == 3)
    expectClose(score.metrics.mae, 1.0 / 3, tolerance: 1e-12)
    expectClose(score.metrics.bias, 0.2, tolerance: 1e-12)
    expectClose(score.metrics.rmse, (0.44 / 3).squareRoot(), tolerance: 1e-12)
    expectClose(score.metrics.meanRelativeError, 0.25 / 3, tolerance: 1e-12)
    expectClose(score.metrics.worstRelativeError, 0.1, tolerance: 1e-12)
    expectClose(score.metrics.r2 ?? .nan, 1 - 0.44 / 8, tolerance: 1e-12)
    expectClose(score.metrics.coverage?.fraction ?? .nan, 1.0 / 3, tolerance: 1e-12)
    expectClose(score.final.relativeError, 0.1, tolerance: 1e-12)
    #expect(score.final.step == 3)
  }

  @Test func equalLossesHaveNoShareOfVariance() {
    let curve = PredictedCurve(steps: [1, 2], predicted: [2, 2], lower: [1, 1], upper: [3, 3])
    #expect(Score(run: "r", curve: curve, losses: [2, 2], level: 0.9).metrics.r2 == nil)
  }
}

@Suite struct CurveThinningTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func extremesAndEndsStay(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...3000, using: &random)
    var values = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
    values[Int.random(in: 0..<count, using: &random)] = 50
    for _ in 0..<5 { values[Int.random(in: 0..<count, using: &random)] = .nan }
    let steps = (0..<count).map(Double.init)
    let finite = zip(steps, values).filter { $1.isFinite }
    let curve = CurveThinning.thin(steps: steps, values: values, limit: 200)
    #expect(curve.steps.count == curve.values.count)
    #expect(curve.steps.count <= max(200, 4))
    #expect(curve.steps.first == finite.first?.0 && curve.steps.last == finite.last?.0)
    #expect(curve.values.max() == finite.map(\.1).max())
    #expect(curve.values.min() == finite.map(\.1).min())
    #expect(zip(curve.steps, curve.steps.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
  }

  @Test func spreadKeepsTheEnds() {
    #expect(CurveThinning.spread([1, 2, 3], limit: 5) == [1, 2, 3])
    let spread = CurveThinning.spread(Array(0...1000), limit: 11)
    #expect(spread == Array(stride(from: 0, through: 1000, by: 100)))
  }
}
