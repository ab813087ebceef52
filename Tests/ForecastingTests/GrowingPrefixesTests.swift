import Forecasting
import Foundation
import ScalingLaws
import Schedules
import TestSupport
import Testing
import TrainingLogs

/// A run over steps alone, with a row every `spacing` steps and noise on the log loss.
private func trajectory(
  last: Int = 20_000, spacing: Int = 50, noise: Double = 0, seed: UInt64 = 0,
  _ loss: (Double) -> Double
) throws -> Trajectory {
  var random = SeededGenerator(seed: seed)
  let steps = stride(from: spacing, through: last, by: spacing).map(Double.init)
  let values = steps.map { loss($0) * exp(noise * random.normal()) }
  return try Trajectory(
    run: Run(
      name: "r", file: "r.csv", steps: steps,
      series: [Series(name: "loss", role: .trainLoss, values: values)], lossName: "loss"))
}

private func law(_ name: String) throws -> any LossLaw {
  try #require(LawCatalogue.law(named: name))
}

@Suite struct GrowingPrefixesTests {
  @Test func everyPrefixOfAPowerLawKnowsItsFloor() throws {
    let report = try GrowingPrefixes(law: law("pow3")).report(
      on: trajectory { 2 + 30 / sqrt($0) }, leavingOutTransient: true)
    #expect(report.levels.count == 12)
    #expect(report.transientEnd == nil)
    #expect(report.levels.map(\.step).last == 20_000)
    for level in report.levels {
      expectClose(level.asymptote, 2, tolerance: 1e-7, "step \(level.step)")
      expectClose(level.forecast, 2 + 30 / sqrt(20_000), tolerance: 1e-9)
    }
    #expect(report.predictionLevel == 0)
    #expect(report.levels[0].change == nil && report.levels[0].proximity == nil)
  }

  /// Asymptotes, forecasts and crossings against fits of the test's own and a search of the power
  /// laws in closed form.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func levelsAreFitsOfPrefixes(seed: UInt64) throws {
    let run = try trajectory(noise: 3e-3, seed: seed) { 2 + 30 / sqrt($0) }
    let ends = [1000, 3000, 9000, 20_000]
    let power = try law("pow3")
    let report = try GrowingPrefixes(law: power).report(
      on: run, ends: ends, leavingOutTransient: false)
    #expect(report.levels.map(\.step) == ends)
    let curves = try ends.map { end in
      let count = end / 50
      return try LawFitter(law: power).fit(
        Array(run.losses[..<count]),
        at: LawRows(
          segments: [.init(positions: Array(run.positions[..<count]), path: nil)], warmup: .actual)
      ).coordinates
    }
    for (index, level) in report.levels.enumerated() {
      func value(_ curve: [Double], _ x: Double) -> Double {
        curve[0] + curve[1] * pow(x, -curve[2])
      }
      let curve = curves[index]
      #expect(level.rows == ends[index] / 50)
      expectClose(level.asymptote, curve[0], tolerance: 1e-9)
      expectClose(level.forecast, value(curve, 20_000), tolerance: 1e-9)
      guard index > 0 else { continue }
      let before = curves[index - 1]
      let doublings = log2(Double(ends[index]) / Double(ends[index - 1]))
      expectClose(
        try #require(level.change), (curve[0] - before[0]) / doublings, tolerance: 1e-6, scale: 0.1)
      // From 20 million steps down to the first row, every 0.01 %.
      var right = 2e7
      while right > 50,
        (value(curve, right) - value(before, right))
          * (value(curve, right / 1.0001) - value(before, right / 1.0001)) > 0
      { right /= 1.0001 }
      guard right > 50 else {
        #expect(level.crossing == nil)
        continue
      }
      expectClose(try #require(level.crossing), right, tolerance: 2e-3, "seed \(seed)")
      expectClose(
        try #require(level.proximity), value(curve, right) - curve[0], tolerance: 2e-3)
    }
  }

  /// The levels by their definitions, from the numbers of the levels.
  @Test(arguments: 0..<6 as Range<UInt64>, [1, 3])
  func verdictsFollowTheRules(seed: UInt64, lookAhead: Int) throws {
    let run = try trajectory(noise: 4e-3, seed: seed) { 2 + 2 * exp(-$0 / 2500) }
    let procedure = try GrowingPrefixes(
      law: law("exp3"), threshold: 0.6, steadiness: 0.1, lookAhead: lookAhead)
    let report = try procedure.report(on: run, leavingOutTransient: false)
    var prediction: Int?
    for start in report.levels.indices where prediction == nil {
      let window = start..<(start + lookAhead)
      guard window.upperBound < report.levels.count else { break }
      var isSteady = true
      for level in window {
        let (now, next) = (report.levels[level], report.levels[level + 1])
        let doublings = log(Double(next.step) / Double(now.step)) / log(2)
        if abs(next.asymptote - now.asymptote) > 0.1 * doublings { isSteady = false }
      }
      if isSteady { prediction = start }
    }
    #expect(report.predictionLevel == prediction)
    let first = try #require(prediction)
    let converged = report.levels.indices.first { index in
      guard let proximity = report.levels[index].proximity else { return false }
      return index >= first && proximity <= 0.6
    }
    #expect(report.convergenceLevel == converged)
    // Eight e-folds show the floor; a look-ahead of one is sometimes fooled by chance.
    let level = report.levels[try #require(converged)]
    if lookAhead == 3 { #expect(abs(level.asymptote - 2) < 0.02, "seed \(seed)") }
  }

  /// A loss that keeps falling to new floors has no steady asymptote.
  @Test func movingFloor() throws {
    let run = try trajectory(last: 32_000, noise: 1e-3, seed: 1) { 4.5 - 0.25 * log($0) }
    let report = try GrowingPrefixes(law: law("exp3")).report(
      on: run, leavingOutTransient: false)
    #expect(report.predictionLevel == nil)
    #expect(report.convergenceLevel == nil)
  }

  /// A floor of zero is the edge of what is allowed, and steady for the wrong reason.
  @Test func zeroIsNoAsymptote() throws {
    let run = try trajectory { 20 * pow($0, -0.2) }
    let report = try GrowingPrefixes(law: law("pow3")).report(
      on: run, leavingOutTransient: false)
    #expect(report.levels.allSatisfy { $0.asymptote < 1e-6 })
    #expect(report.predictionLevel == nil)
  }

  @Test func earlyRowsAreLeftOut() throws {
    let run = try trajectory(noise: 1e-3, seed: 2) { 2 + 30 / sqrt($0) + 3 * exp(-$0 / 300) }
    let procedure = try GrowingPrefixes(law: law("pow3"))
    let report = try procedure.report(on: run, leavingOutTransient: true)
    let start = try #require(report.transientEnd)
    #expect(start >= 1000 && start <= 4000)
    let whole = try procedure.report(on: run, leavingOutTransient: false)
    #expect(whole.transientEnd == nil)
    #expect(whole.levels[0].step < report.levels[0].step)
  }

  @Test func refusals() throws {
    func error(
      _ name: String, _ trajectory: Trajectory, ends: [Int]? = nil
    ) throws -> ConvergenceError? {
      let law = try law(name)
      do throws(ConvergenceError) {
        _ = try GrowingPrefixes(law: law).report(
          on: trajectory, ends: ends, leavingOutTransient: true)
        return nil
      } catch {
        return error
      }
    }
    let run = try trajectory { 2 + 30 / sqrt($0) }
    guard case .noAsymptote("pow2", let others) = try error("pow2", run) else {
      Issue.record("pow2 is not refused")
      return
    }
    #expect(others.contains("power-steps") && others.contains("exp3"))
    #expect(
      try error("pow3", trajectory(last: 500) { 2 + 1 / $0 }) == .tooFewRows(count: 10, needed: 11))
    #expect(try error("pow3", run, ends: [100, 200]) == .noLevel(earliest: 400))
    #expect(
      try error("pow3", trajectory { _ in 2 }) == .fit(.constantLoss(2), lastStep: 442 / 50 * 50))
    #expect(
      try error("power-area", run) == .fit(.missingInput(.learningRate), lastStep: 400))
  }

  @Test func geometricEnds() {
    let positions = Array(stride(from: 100, through: 12_800, by: 100))
    #expect(
      PrefixEnds.geometric(positions: positions, fewestRows: 8)
        == [800, 1131, 1600, 2263, 3200, 4525, 6400, 9051, 12_800])
    #expect(PrefixEnds.geometric(positions: positions, fewestRows: 1, count: 2) == [9051, 12_800])
    #expect(PrefixEnds.geometric(positions: [5, 6], fewestRows: 3).isEmpty)
  }
}
