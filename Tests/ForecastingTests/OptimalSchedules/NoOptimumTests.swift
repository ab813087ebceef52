import ScalingLaws
import Schedules
import TestSupport
import Testing

@testable import Forecasting

struct NoOptimumTests {
  /// Laws of the learning rate that have no best schedule, with parameters as fits give.
  static let laws: [(any LossLaw, [Double])] = [
    (AnnealingLaw(), [2.6, 0.4, 0.5, 0.5, 0.999]),
    (SizedAnnealingLaw(), [1.5, 0.44, 3, 0.5, 0.5, 0.16, 0.05, 0.999]),
    (PowerAnnealingLaw(), [2.6, 0.4, 0.5, 0.5, 0.999, 0.8]),
    (WeightedAnnealingLaw(), [2.6, 0.4, 0.5, 0.5, 0.999, 0]),
    (MultiPowerLaw(form: .steps), [2.6, 0.4, 200, 0.5, 0.01, 0.6]),
    (LinearRateLaw(), [2.6, 0.4, 200, 0.5]),
    (CollapseLaw(), [2.6, 0.4, 0.5, 0.4]),
  ]

  private let limits: RateLimits
  private let facts = RunFacts(modelSize: 1e8)

  init() throws {
    limits = try RateLimits(total: 2000, warmup: 100, peak: 3e-4)
  }

  @Test(arguments: laws.indices)
  func isRefusedBeforeAnySearch(index: Int) throws {
    let (law, parameters) = Self.laws[index]
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let error = #expect(throws: OptimalScheduleError.self) {
      try forecaster.optimalSchedule(within: limits, facts: facts)
    }
    guard case .noOptimum(let name, _)? = error else {
      Issue.record("refused for another reason: \(String(describing: error))")
      return
    }
    #expect(name == law.name)
    #expect("\(error.map { "\($0)" } ?? "")".contains("multi-power"))
  }

  /// What needs no parameters to be known: laws that do not look at falls, or at their gains alone.
  @Test(arguments: [
    "power-area", "continual", "forward-momentum", "power-steps", "chinchilla", "weibull",
  ])
  func saysThatItHasNone(name: String) throws {
    let law = try #require(LawCatalogue.law(named: name))
    guard case .none(let reason) = law.bestSchedule else {
      Issue.record("\(name) claims a best schedule")
      return
    }
    #expect(!reason.isEmpty)
  }

  /// The search itself finds a jump, as the laws' texts say.
  @Test(arguments: laws.indices)
  func searchFindsAJump(index: Int) throws {
    let (law, parameters) = Self.laws[index]
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let error = #expect(throws: OptimalScheduleError.self) {
      try forecaster.search(within: limits, facts: facts)
    }
    guard case .degenerate(_, let steps, let total)? = error else {
      Issue.record("refused for another reason: \(String(describing: error))")
      return
    }
    #expect(steps <= 20 && total == 2000)
  }

  /// Momentum is divided by its own size: half of a fall gains what all of it does.
  @Test func momentumDoesNotSeeHowDeepAFallIs() throws {
    let forecaster = try PublishedModels.forecaster(
      ForwardMomentumLaw(), [2.6, 1e-9, 0, 0.1, 0.5, 1])
    #expect(!ForwardMomentumLaw().bestSchedule.exists)
    let losses = try ["0.5x", "0"].map { end in
      let schedule = try Schedule(parsing: "peak=3e-4,stable:10000,decay:10000:to=\(end)")
      return try forecaster.forecast(at: [20000], path: schedule.path(through: 20000)).predicted[0]
    }
    #expect(2.6 - losses[0] > 0.03)
    expectClose(2.6 - losses[0], 2.6 - losses[1], tolerance: 0.02)
  }

  /// Every law says whether it has a best schedule; those that do not know the rate have none.
  @Test func everyLawSaysWhether() {
    let names = LawCatalogue.all.filter(\.bestSchedule.exists).map(\.name)
    #expect(
      names == [
        "noise-floor", "multi-power", "multi-power-no-gamma", "multi-power-exponential",
        "functional", "convex-bound",
      ])
    for law in LawCatalogue.all { #expect(!law.bestSchedule.reason.isEmpty) }
  }
}
