import LeastSquares
import ScalingLaws
import Schedules
import TestSupport
import Testing

@testable import Forecasting

struct ScheduleComparisonTests {
  private let parameters = [2.6, 0.6, 300, 0.5, 30, 0.6]
  private let law = MultiPowerLaw(form: .noGamma)

  private func paths(_ texts: [String]) throws -> [LearningRatePath] {
    try texts.map { try Schedule(parsing: $0).path(through: 2000) }
  }

  private let schedules = [
    "peak=3e-4,stable:1500,decay:500:to=0.1x", "peak=3e-4,decay:2000:cosine:to=0.1x",
  ]

  /// The floor is the same for all schedules: however unsure, it moves no difference.
  @Test func whatAllSchedulesShareDropsOut() throws {
    let forecaster = try PublishedModels.forecaster(law, parameters, errors: ["L0": 0.5])
    let differences = try forecaster.differences(
      of: paths(schedules + [schedules[0]]), at: 2000, facts: RunFacts(), level: 0.9)
    let other = differences[1]
    #expect(abs(other.difference) > 1e-3)
    for end in [other.lower, other.upper] {
      expectClose(try #require(end), other.difference, tolerance: 1e-9)
    }
    #expect(other.isDistinct == true)
    for same in [differences[0], differences[2]] {
      #expect(same.difference == 0 && same.lower == 0 && same.upper == 0)
      #expect(same.isDistinct == false)
    }
  }

  /// A difference in proportion to B has the interval of B.
  @Test func differenceOfALinearParameterHasItsInterval() throws {
    let error = 30.0
    let forecaster = try PublishedModels.forecaster(law, parameters, errors: ["B": error])
    let bare = try PublishedModels.forecaster(law, [2.6, 0.6, 0, 0.5, 30, 0.6])
    func difference(_ forecaster: Forecaster) throws -> LossDifference {
      try forecaster.differences(
        of: paths(schedules), at: 2000, facts: RunFacts(), level: 0.9)[1]
    }
    let found = try difference(forecaster)
    let slope = (found.difference - (try difference(bare).difference)) / 300
    let spread = abs(slope) * error
    let quantile = forecaster.intervalQuantile(level: 0.9)
    expectClose(
      try #require(found.lower), found.difference - quantile * spread, tolerance: 1e-9)
    expectClose(
      try #require(found.upper), found.difference + quantile * spread, tolerance: 1e-9)
    #expect(try difference(bare).lower == nil && difference(bare).isDistinct == nil)
  }

  /// The interval follows the gradient of the difference by every parameter.
  @Test(arguments: ["A", "alpha", "B", "C", "beta"])
  func intervalFollowsTheGradient(name: String) throws {
    let place = try #require(law.parameters.firstIndex { $0.name == name })
    let error = 1e-3 * parameters[place]
    let forecaster = try PublishedModels.forecaster(law, parameters, errors: [name: error])
    func difference(_ forecaster: Forecaster) throws -> LossDifference {
      try forecaster.differences(
        of: paths(schedules), at: 2000, facts: RunFacts(), level: 0.9)[1]
    }
    func moved(by part: Double) throws -> Double {
      var moved = parameters
      moved[place] += part * error
      return try difference(PublishedModels.forecaster(law, moved)).difference
    }
    let found = try difference(forecaster)
    let slope = try (moved(by: 0.01) - moved(by: -0.01)) / 0.02
    let width = forecaster.intervalQuantile(level: 0.9) * abs(slope)
    expectClose(
      try #require(found.upper) - found.difference, width, tolerance: 1e-4, scale: 1e-12)
    expectClose(
      found.difference - (try #require(found.lower)), width, tolerance: 1e-4, scale: 1e-12)
  }

  /// The best member of a family is no worse than any of a grid of its members.
  @Test(arguments: ["linear", "cosine", "1-sqrt", "square", "exp"])
  func bestOfAFamilyIsNoWorseThanAGrid(shape: String) throws {
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let limits = try RateLimits(total: 2000, warmup: 200, peak: 3e-4)
    let objective = ScheduleObjective(forecaster, limits: limits, facts: RunFacts())
    let family = try #require(
      ScheduleFamily.all.first { $0.shape == shape && !$0.isWhole })
    let best = try #require(FamilySearch(family: family, objective: objective).best())
    var least = Double.infinity
    for steps in stride(from: 45, through: 1800, by: 45) {
      for end in [0.001, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3] {
        let decay = ScheduleFamily.Decay(fraction: Double(steps) / 1800, end: end, power: 1)
        least = try min(least, objective.loss(of: family.schedule(decay, within: limits)))
      }
    }
    #expect(least.isFinite)
    #expect(objective.loss(of: best) <= least + 2e-6)
  }

  /// Over few steps a transient that rewards lost progress makes the best schedule a jump, which
  /// searches from smooth starts do not find, but a family does.
  @Test(arguments: [400, 450])
  func noFamilyIsBetterThanTheBest(total: Int) throws {
    let transient = [1.39, 98.5, 0.137, -42_950, 0, 0.72, 0.499, 0.885, 0.0174, 0.2, 0.5, 1e-3]
    let forecaster = try PublishedModels.forecaster(NoiseFloorLaw(), transient, peaks: [1e-3])
    let limits = try RateLimits(total: total, warmup: 20, peak: 1e-3)
    let error = #expect(throws: OptimalScheduleError.self) {
      try forecaster.compareSchedules(within: limits)
    }
    guard case .degenerate = error else {
      Issue.record("not refused as degenerate: \(String(describing: error))")
      return
    }
    // Over a usual length the same parameters have a best schedule, and no family beats it.
    let usual = try forecaster.compareSchedules(
      within: RateLimits(total: 3000, warmup: 150, peak: 1e-3))
    #expect(usual.families.allSatisfy { $0.aboveBest.difference > -1e-6 })
  }

  /// No schedule that is proposed falls below the least rate, whatever its digits.
  @Test(arguments: [1.2345e-5, 3.3333e-5])
  func proposalsKeepToTheMinimum(minimum: Double) throws {
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let limits = try RateLimits(total: 2000, warmup: 200, peak: 3e-4, minimum: minimum)
    let comparison = try forecaster.compareSchedules(within: limits)
    for schedule in (comparison.families + [comparison.compact].compactMap { $0 })
      .compactMap(\.schedule)
    {
      #expect(schedule.learningRate(at: 2000) >= minimum, "\(schedule)")
    }
  }

  /// In a narrow range a fall at once is small, and no fault of the law.
  @Test func narrowRangesAreSearched() throws {
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let limits = try RateLimits(total: 2000, warmup: 200, peak: 3e-4, minimum: 2.99e-4)
    #expect(try forecaster.optimalSchedule(within: limits).loss.isFinite)
  }

  /// The peak is chosen between those fitted, where the law knows peaks; and is better for it.
  @Test func bestPeakNeedsRunsOfSeveral() throws {
    let limits = try RateLimits(total: 2000, warmup: 200, peak: 3e-4)
    let several = try PublishedModels.forecaster(
      NoiseFloorLaw(), PublishedModels.noiseFloor, peaks: [1.5e-4, 6e-4])
    let free = try #require(try several.compareSchedules(within: limits).bestPeak)
    #expect(free.peak >= 1.5e-4 && free.peak <= 6e-4)
    #expect(free.aboveBest.difference < 0)
    let one = try PublishedModels.forecaster(NoiseFloorLaw(), PublishedModels.noiseFloor)
    let comparison = try one.compareSchedules(within: limits)
    #expect(comparison.bestPeak == nil)
    #expect(comparison.warnings.contains { $0.contains("runs of one peak do not tell it") })
    #expect(comparison.warnings.contains { $0.contains("doubtful") })
  }

  /// By the functional law a drop counts the more the earlier it is: the rate falls at once.
  @Test func warnsOfAFallRightAfterTheWarmup() throws {
    let parameters = [1.45, 0.7, 680, 140, 0.55, 280, 0.05]
    let forecaster = try PublishedModels.forecaster(FunctionalLaw(), parameters, peaks: [1e-3])
    let limits = try RateLimits(total: 6000, warmup: 150, peak: 1e-3)
    let warnings = try forecaster.compareSchedules(within: limits).warnings
    #expect(warnings.contains { $0.contains("of the peak right after the warm-up") })
  }

  @Test func warnsBeyondTheRuns() throws {
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let limits = try RateLimits(total: 30000, warmup: 200, peak: 3e-4)
    let warnings = try forecaster.compareSchedules(within: limits).warnings
    #expect(warnings.contains { $0.contains("beyond the last step fitted (24000)") })
    #expect(warnings.contains { $0.contains("does not know how the loss depends on it") })
  }
}
