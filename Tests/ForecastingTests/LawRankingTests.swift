import Forecasting
import Foundation
import TestSupport
import Testing

/// Rankings from given errors, by hand.
@Suite struct LawRankingTests {
  /// A score whose mean error is that; nil: a refusal.
  private func score(_ error: Double?, run: Int) -> BackTestScore {
    let curve = PredictedCurve(
      steps: [1], predicted: [1 + (error ?? 0)], lower: [0], upper: [2])
    return BackTestScore(
      run: "run\(run)",
      score: error.map { _ in RunScore(run: "run\(run)", curve: curve, losses: [1]) },
      reason: error == nil ? "refused" : nil)
  }

  private func ranking(
    _ laws: KeyValuePairs<String, [Double?]>, method: LawRanking.Method = .leaveOneOut
  ) -> LawRanking {
    LawRanking(
      method: method,
      laws: laws.map { name, errors in
        (name, errors.enumerated().map { score($1, run: $0) })
      })
  }

  @Test func differencesArePaired() throws {
    // Differences 0.01, 0.02, 0.03: mean 0.02, standard error 0.01/√3.
    let result = ranking(["b": [0.11, 0.22, 0.33], "a": [0.10, 0.20, 0.30]])
    #expect(result.chosen == "a" && result.ranking.map(\.law) == ["a", "b"])
    let worse = result.ranking[1]
    #expect(worse.standing == .worse && worse.folds == 3 && worse.worstRun == "run2")
    expectClose(worse.difference, 0.02, tolerance: 1e-12)
    expectClose(try #require(worse.standardError), 0.01 / 3.0.squareRoot(), tolerance: 1e-12)
    expectClose(worse.meanError, 0.22, tolerance: 1e-12)
    expectClose(worse.worstError, 0.33, tolerance: 1e-12)
    #expect(result.tie == nil && result.warnings.isEmpty && result.comparedFolds == 3)
  }

  /// Within one standard error the law named first is taken, though its error is larger.
  @Test func firstOfEquallyGoodLawsIsTaken() {
    // Differences 0.03, -0.02, 0.01: mean 0.0067, standard error 0.0145.
    let result = ranking([
      "bad": [0.5, 0.5, 0.5], "first": [0.13, 0.18, 0.31], "second": [0.10, 0.20, 0.30],
    ])
    #expect(result.chosen == "first" && result.asGood == ["second"])
    #expect(result.ranking.map(\.standing) == [.asGood, .chosen, .worse])
    #expect(result.tie?.hasPrefix("second forecasts as well as first") == true)
  }

  /// One odd fold makes the difference uncertain, but not the law good.
  @Test func largeErrorsAreNotAsGood() {
    let result = ranking(["odd": [0.09, 0.19, 0.9], "steady": [0.1, 0.2, 0.3]])
    #expect(result.chosen == "steady" && result.asGood.isEmpty)
    let difference = result.ranking[1]
    #expect(difference.difference < difference.standardError ?? 0)
  }

  @Test func fewFoldsAreJudgedByTheRatio() {
    let near = ranking(["first": [0.19], "second": [0.10]])
    #expect(near.chosen == "first" && near.asGood == ["second"])
    #expect(near.warnings.count == 1 && near.warnings[0].contains("nearly blind"))
    #expect(near.ranking[1].standardError == nil)
    let far = ranking(["first": [0.21, 0.2], "second": [0.10, 0.1]])
    #expect(far.chosen == "second" && far.asGood.isEmpty)
    #expect(far.warnings[0].hasPrefix("two runs: "))
  }

  /// A twentieth of the error is no difference, however sure; nor is rounding.
  @Test func negligibleDifferences() {
    let result = ranking(["near": [0.104, 0.208, 0.312], "plain": [0.1, 0.2, 0.3]])
    #expect(result.chosen == "near" && result.asGood == ["plain"])
    let far = ranking(["near": [0.12, 0.22, 0.32], "plain": [0.1, 0.2, 0.3]])
    #expect(far.chosen == "plain" && far.asGood.isEmpty)
    let exact = ranking(["nested": [3e-9, 4e-9, 5e-9], "plain": [1e-9, 1e-9, 1e-9]])
    #expect(exact.chosen == "nested")
  }

  @Test func foldsThatALawRefusesDoNotCount() {
    let result = ranking([
      "able": [0.3, 0.3, 0.1, 0.1], "silent": [nil, nil, nil, nil], "half": [0.1, nil, 0.2, 0.2],
    ])
    #expect(result.chosen == "able" || result.chosen == "half")
    #expect(result.folds.map(\.isCompared) == [true, false, true, true])
    #expect(result.folds[1].reason == "half: refused")
    #expect(result.unranked.map(\.law) == ["silent"] && result.unranked[0].reason == "refused")
    #expect(result.ranking.first { $0.law == "able" }?.folds == 4)
    #expect(result.ranking.first { $0.law == "half" }?.folds == 3)
    expectClose(
      result.ranking.first { $0.law == "able" }?.meanError ?? 0, 0.5 / 3, tolerance: 1e-12)
  }

  /// Laws without a common fold: the one with the fewest is not ranked.
  @Test func lawsWithoutACommonFold() {
    let result = ranking(["narrow": [0.01, nil, nil], "wide": [nil, 0.1, 0.1], "all": [1, 1, 1]])
    #expect(result.ranking.map(\.law) == ["wide", "all"])
    #expect(result.unranked[0].law == "narrow")
    #expect(result.unranked[0].reason.contains("1 of 3 folds"))
  }

  @Test func nothingToCompare() {
    let none = ranking(["first": [nil], "second": [nil]])
    #expect(!none.isComparison && none.chosen == "first" && none.unranked.count == 2)
    #expect(none.warnings.first?.contains("untested") == true)
    let one = ranking(["first": [nil], "second": [0.1]])
    #expect(!one.isComparison && one.chosen == "second")
    #expect(one.warnings.first?.contains("nothing was compared") == true)
    let empty = LawRanking(method: .growingPrefixes, laws: [("only", [])])
    #expect(empty.chosen == "only" && empty.unranked[0].reason == "there is no fold")
  }
}
