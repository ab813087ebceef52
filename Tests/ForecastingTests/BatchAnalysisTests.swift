import Forecasting
import ScalingLaws
import Schedules
import TestSupport
import Testing
import TrainingLogs

@Suite struct BatchAnalysisTests {
  private func inputs(groups: [String?]) throws -> [BatchInput] {
    var random = SeededGenerator(seed: 8)
    return try SyntheticRuns.schedules.enumerated().map { index, text in
      let run = try SyntheticRuns.run(
        text, name: "run\(index)", noise: 1e-3, using: &random)
      return BatchInput(run: run, sha256: "x", group: groups[index])
    }
  }

  @Test func runIsFittedAndDescribed() throws {
    let input = try inputs(groups: [nil, nil, nil])[1]
    let report = try #require(BatchAnalysis().report(on: input))
    #expect(report.law == "noise-floor")
    #expect(report.rows == 100)
    #expect(report.finalLoss.step == 6000)
    #expect(report.schedule == "as logged")
    #expect((report.metrics?.meanRelativeError ?? 1) < 2e-3)
    #expect(report.fitted?.steps.last == 6000)
    // The kink where the decay begins is drawn on both sides.
    #expect(report.learningRate?.values.max() == 1e-3)
  }

  @Test func divergedRunsAreShownButNotFitted() throws {
    var input = try inputs(groups: [nil, nil, nil])[1]
    input.hasDiverged = true
    let report = try #require(BatchAnalysis().report(on: input))
    #expect(report.law == nil && report.fitted == nil)
    #expect(report.warnings.contains { $0.contains("diverged") })
    #expect(report.learningRate != nil)
  }

  /// The part before the divergence can be fitted when its end is given.
  @Test func divergedRunsAreFittedUpToAStep() throws {
    var input = try inputs(groups: [nil, nil, nil])[1]
    input.hasDiverged = true
    #expect(RunGroup([input]).leftOut.map(\.run) == ["run1"])
    input.selection.to = 5000
    let report = try #require(BatchAnalysis().report(on: input))
    #expect(report.law == "noise-floor" && report.fitted?.steps.last == 4980)
    #expect(RunGroup([input]).trajectories.count == 1)
  }

  @Test func runsWithoutFiniteLossHaveNoReport() throws {
    var input = try inputs(groups: [nil, nil, nil])[0]
    input.run.series[0].values = input.run.steps.map { _ in .nan }
    #expect(BatchAnalysis().report(on: input) == nil)
  }

  @Test func groupsAreForecastOnTheirOwn() throws {
    let schedule = try Schedule(parsing: "peak=1e-3,warmup:100,stable:5900,decay:3000")
    let grouped = BatchAnalysis().forecasts(
      of: [schedule], from: try inputs(groups: ["a", "a", nil]))
    #expect(grouped.map(\.group) == ["a"])
    #expect(grouped[0].fittedRuns == ["run0", "run1"])
    #expect(grouped[0].curve?.steps.last == 9000)
    let single = BatchAnalysis().forecasts(
      of: [schedule], from: try inputs(groups: [nil, nil, nil]))
    #expect(single.count == 1 && single[0].fittedRuns.count == 3)
  }

  @Test func forecastIsRefusedWhereTheDataAreSilent() throws {
    let schedule = try Schedule(parsing: "peak=1e-3,warmup:100,stable:900,decay:100")
    let constant = [try inputs(groups: [nil, nil, nil])[0]]
    let forecast = BatchAnalysis().forecasts(of: [schedule], from: constant)[0]
    #expect(forecast.curve == nil)
    #expect(forecast.refusal?.contains("C, delta, forgetting") == true)
    var diverged = constant
    diverged[0].hasDiverged = true
    let none = BatchAnalysis().forecasts(of: [schedule], from: diverged)[0]
    #expect(none.refusal == "none of the group's runs can be fitted")
  }

  @Test func lawWithoutLearningRate() throws {
    var input = try inputs(groups: [nil, nil, nil])[0]
    input.run.series.removeLast()
    let report = try #require(BatchAnalysis().report(on: input))
    #expect(report.law == "power-steps")
    #expect(report.schedule == nil && report.learningRate == nil)
  }
}
