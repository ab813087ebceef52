import Forecasting
import Foundation
import ScalingLaws
import Schedules
import TestSupport
import Testing

@Suite struct LawSelectionTests {
  private let laws: [any LossLaw] = [
    AnnealingLaw(), PowerLaw(clock: .forwardArea), PowerLaw(clock: .steps),
  ]

  private func selection(_ candidates: [any LossLaw]) -> LawSelection {
    LawSelection(candidates: candidates, leavesOutTransient: false)
  }

  private func hashes(_ trajectories: [Trajectory]) -> [String] { trajectories.map { _ in "" } }

  private func runs(
    _ schedules: [String], noise: Double = 1e-3, seed: UInt64
  ) throws -> [Trajectory] {
    var random = SeededGenerator(seed: seed)
    return try schedules.enumerated().map { index, text in
      try Trajectory(
        run: SyntheticRuns.run(text, name: "run\(index)", noise: noise, using: &random),
        schedule: Schedule(parsing: text))
    }
  }

  /// Losses that fall as a power of the steps whatever the rate.
  private func blindToTheRate(_ trajectories: [Trajectory], seed: UInt64) -> [Trajectory] {
    var random = SeededGenerator(seed: seed)
    return trajectories.map { trajectory in
      var result = trajectory
      result.losses = trajectory.positions.map { position in
        (2 + 30 / Double(position).squareRoot()) * exp(1e-3 * random.normal())
      }
      return result
    }
  }

  /// The law that made the runs is chosen, wherever it stands in the list.
  @Test(arguments: [false, true])
  func trueLawIsChosen(isReversed: Bool) throws {
    var random = SeededGenerator(seed: 11)
    let annealed = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)
    let plain = blindToTheRate(annealed, seed: 12)
    let selection = selection(isReversed ? laws.reversed() : laws)
    let first = selection.ranking(of: annealed)
    #expect(first.method == .leaveOneOut && first.folds.count == 3)
    #expect(first.chosen == "annealing" && first.asGood.isEmpty, "\(first), seed 11")
    let second = selection.ranking(of: plain)
    #expect(second.chosen == "power-steps", "\(second), seed 12")
    #expect(!second.asGood.contains("power-area"))
  }

  /// At constant rates steps and summed rates are the same clock but for the warm-up.
  @Test func constantRatesDoNotTellClocksApart() throws {
    let constant = try runs(
      ["peak=1e-3,stable:6000", "peak=1e-3,stable:5000", "peak=1e-3,stable:4000"], seed: 13)
    let ranking = selection(Array(laws.dropFirst())).ranking(of: constant)
    #expect(
      ranking.chosen == "power-area" && ranking.asGood == ["power-steps"], "\(ranking), seed 13")
    #expect(ranking.tie != nil && ranking.comparedFolds == 3)
  }

  @Test func oneRunIsJudgedByItsLaterParts() throws {
    let run = try runs(["peak=1e-3,warmup:100,stable:3900,decay:2000"], seed: 14)
    let selection = selection(laws)
    #expect(selection.methods(for: run) == [.growingPrefixes])
    let ranking = selection.ranking(of: run)
    #expect(ranking.method == .growingPrefixes && ranking.folds.count == 5)
    // Parts that end before the decay say nothing of it: the annealing law refuses.
    #expect(ranking.folds.map(\.isCompared) == [false, false, true, true, true])
    #expect(ranking.folds[0].reason?.hasPrefix("annealing: ") == true)
    #expect(ranking.chosen == "annealing", "\(ranking), seed 14")
    #expect(ranking.warnings.first?.hasPrefix("one run: ") == true)
  }

  /// Where no run left out can be forecast by two laws, later parts are.
  @Test func runsThatCannotBeLeftOut() throws {
    let pair = try runs(
      ["peak=1e-3,warmup:100,stable:5900", "peak=1e-3,warmup:100,stable:3900,decay:2000"], seed: 15)
    var twins = [pair[1], pair[1]]
    twins[1].name = "twin"
    let ranking = selection(laws).ranking(of: twins)
    // Every row of either run is one of the other: nothing is left to score.
    #expect(!ranking.isComparison && ranking.method == .growingPrefixes)
    // A run of a few rows, all of which are the long one's: it is no test and cannot be fitted alone.
    var short = pair[0]
    short.name = "short"
    short.positions.removeSubrange(3...)
    short.losses.removeSubrange(3...)
    let parts = selection(laws).ranking(of: [short, pair[0]])
    #expect(parts.isComparison && parts.method == .growingPrefixes && parts.comparedFolds == 5)
    #expect(
      parts.folds.count == 10 && parts.folds.allSatisfy { $0.isCompared == ($0.run == "run0") })
    #expect(parts.warnings.first?.hasPrefix("no run left out") == true)
    let refused = selection([laws[0], laws[1]]).ranking(of: pair)
    #expect(refused.method == .leaveOneOut && refused.comparedFolds == 1)
    #expect(refused.folds.map(\.isCompared) == [true, false])
  }

  @Test func lawsThatNeedMoreAreNotRanked() throws {
    var random = SeededGenerator(seed: 16)
    var trajectories = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)
    for index in trajectories.indices { trajectories[index].path = nil }
    let ranking = selection(laws).ranking(of: trajectories)
    #expect(ranking.chosen == "power-steps")
    #expect(ranking.unranked.map(\.law) == ["annealing", "power-area"])
    #expect(ranking.unranked[0].reason.contains("learning rate"))
    #expect(LawCandidates().laws(for: trajectories).first?.name == "power-steps")
    let model = try selection(laws).fit(
      trajectories, hashes: hashes(trajectories), by: ranking)
    #expect(model.law == "power-steps" && model.alternatives == [])
  }

  /// A law that cannot be fitted to all rows gives way to the next.
  @Test func nextLawTakesThePlace() throws {
    let trajectories = try runs(Array(SyntheticRuns.schedules.prefix(1)), seed: 17)
    var blind = trajectories
    blind[0].path = nil
    let selection = selection(laws)
    let ranking = selection.ranking(of: trajectories)
    #expect(ranking.chosen == "annealing")
    let model = try selection.fit(blind, hashes: [""], by: ranking)
    #expect(model.law == "power-steps" && model.selection?.chosen == "power-steps")
    #expect(model.selection?.warnings.last?.contains("cannot be fitted") == true)
    #expect(throws: LawFitError.missingInput(.learningRate)) {
      try self.selection([AnnealingLaw()]).fit(blind, hashes: [""], by: ranking)
    }
  }
}

@Suite struct AlternativeForecastTests {
  /// A model of constant-rate runs, which do not tell the two clocks apart.
  private func model(objective: FitObjective = .standard) throws -> FittedLaw {
    var random = SeededGenerator(seed: 18)
    let trajectories = try ["peak=1e-3,stable:6000", "peak=1e-3,stable:5000"].map { text in
      try Trajectory(
        run: SyntheticRuns.run(text, noise: 1e-3, using: &random),
        schedule: Schedule(parsing: text))
    }
    let selection = LawSelection(
      candidates: [PowerLaw(clock: .forwardArea), PowerLaw(clock: .steps)], objective: objective,
      leavesOutTransient: false)
    return try selection.fit(
      trajectories, hashes: ["a", "b"], by: selection.ranking(of: trajectories))
  }

  private let decay = "peak=1e-3,stable:4000,decay:4000"

  @Test(arguments: [FitObjective.standard, .leastSquares])
  func intervalsContainTheSpread(objective: FitObjective) throws {
    let model = try model(objective: objective)
    #expect(model.law == "power-area" && model.alternatives?.map(\.law) == ["power-steps"])
    #expect(
      model.alternatives?.allSatisfy { $0.alternatives == nil && $0.selection == nil } == true)
    var alone = model
    alone.alternatives = nil
    let positions = [500, 4000, 6000, 8000]
    let path = try Schedule(parsing: decay).path(through: 8000)
    let wide = try Forecaster(model: model).forecast(at: positions, path: path)
    let narrow = try Forecaster(model: alone).forecast(at: positions, path: path)
    #expect(wide.predicted == narrow.predicted && narrow.lawSpread == nil)
    let other = try Forecaster(model: model).alternatives(at: positions, path: path)[0].losses.get()
    let spread = try #require(wide.lawSpread)
    let isLogarithmic = objective != .leastSquares
    func half(_ curve: PredictedCurve, _ row: Int) -> Double {
      isLogarithmic
        ? log(curve.upper[row] / curve.predicted[row]) : curve.upper[row] - curve.predicted[row]
    }
    for row in positions.indices {
      #expect(wide.lower[row] <= narrow.lower[row] && wide.upper[row] >= narrow.upper[row])
      let difference =
        isLogarithmic
        ? log(other[row] / wide.predicted[row]) : other[row] - wide.predicted[row]
      expectClose(spread[row], abs(difference), tolerance: 1e-9, "row \(row)")
      // The widths' squares differ by that of t times the spread, with one t for all rows.
      let quantile = try #require(
        spread[3] > 0
          ? ((half(wide, 3) * half(wide, 3) - half(narrow, 3) * half(narrow, 3))
            .squareRoot() / spread[3]) : nil)
      #expect(quantile > 1.6 && quantile < 2)
      let expected =
        half(narrow, row) * half(narrow, row) + quantile * quantile * spread[row] * spread[row]
      expectClose(half(wide, row), expected.squareRoot(), tolerance: 1e-9, "row \(row)")
    }
    // In the decay the clocks part: by the summed rate less is still to come.
    #expect(spread[3] > 3 * spread[0])
  }

  @Test func modelWithAlternativesSurvivesItsFile() throws {
    let model = try model()
    let back = try JSONDecoder().decode(FittedLaw.self, from: JSONEncoder().encode(model))
    #expect(back == model && back.selection?.chosen == "power-area")
    let path = try Schedule(parsing: decay).path(through: 8000)
    let forecast = try Forecaster(model: back).forecast(at: [8000], path: path)
    #expect(forecast.lawSpread?.count == 1)
    // A file from before the choice of laws has neither key.
    var object = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(model)) as? [String: Any])
    object["selection"] = nil
    object["alternatives"] = nil
    let old = try JSONDecoder().decode(
      FittedLaw.self, from: JSONSerialization.data(withJSONObject: object))
    #expect(old.selection == nil && old.alternatives == nil)
    #expect(try Forecaster(model: old).forecast(at: [8000], path: path).lawSpread == nil)
  }

  /// An alternative that refuses, or that this version does not know, is skipped and named.
  @Test func alternativesThatRefuseAreSkipped() throws {
    var random = SeededGenerator(seed: 19)
    let constant = try SyntheticRuns.trajectories(noise: 1e-3, using: &random)[0]
    func fit(_ law: any LossLaw) throws -> FittedLaw {
      try JointFit(law: law).fit([constant], hashes: [""], leavingOutTransient: false)
    }
    var model = try fit(PowerLaw(clock: .steps))
    var unknown = model
    unknown.law = "gravity"
    model.alternatives = [try fit(AnnealingLaw()), try fit(PowerLaw(clock: .forwardArea)), unknown]
    let forecaster = try Forecaster(model: model)
    let path = try Schedule(parsing: decay).path(through: 8000)
    let forecast = try forecaster.forecast(at: [3000, 8000], path: path)
    let area = try forecaster.alternatives(at: [3000, 8000], path: path)[1].losses.get()
    expectClose(
      try #require(forecast.lawSpread)[1], abs(log(area[1] / forecast.predicted[1])),
      tolerance: 1e-12)
    let warnings = forecaster.warnings(lastPosition: 8000, path: path)
    #expect(warnings.count == 2, "\(warnings)")
    #expect(warnings[0].hasPrefix("annealing forecasts") && warnings[0].contains("C, lambda"))
    #expect(warnings[1].hasPrefix("gravity forecasts"))
  }
}
