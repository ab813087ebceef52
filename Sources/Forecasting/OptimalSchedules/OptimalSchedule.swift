public import ScalingLaws
public import Schedules

/// The schedule of the least forecast loss at the last step, among those that do not rise after the
/// warm-up.
public struct OptimalSchedule: Sendable, Hashable {
  /// What it keeps to.
  public var limits: RateLimits
  /// The steps between which the rate goes in straight lines: from the end of the warm-up to the last.
  public var steps: [Int]
  /// The learning rate at these steps.
  public var rates: [Double]
  /// The learning rate of every step.
  public var path: LearningRatePath
  /// The forecast loss at the last step, nats.
  public var loss: Double
  /// How far below the loss the minimum can lie by first-order conditions, nats; it is a bound where
  /// the loss is convex.
  public var gap: Double
}

extension Forecaster {
  /// Finds the schedule of the least forecast loss at the last step.
  ///
  /// Knots lie at steps whose distances from the end grow by 5 %, so that no fall is resolved that
  /// takes less than a twentieth of the steps still to go; a law without derivatives by the rate has
  /// knots at 20 %. Where the rate falls by more than a tenth of its range between two knots, they are
  /// halved. The search starts at three schedules and at the best of a family, and keeps the best.
  ///
  /// - Parameters:
  ///   - limits: what the schedule keeps to.
  ///   - facts: what else is known of the run; for what is nil, what all runs of the model have in
  ///     common.
  /// - Returns: the schedule and its loss.
  /// - Throws: ``OptimalScheduleError`` where the law has no best schedule.
  public func optimalSchedule(
    within limits: RateLimits, facts: RunFacts = RunFacts()
  ) throws(OptimalScheduleError) -> OptimalSchedule {
    try checkOptimum()
    return try search(
      within: limits, facts: facts, beside: bestOfFamilies(within: limits, facts: facts))
  }

  /// Refuses a law that says of itself that it has no best schedule.
  func checkOptimum() throws(OptimalScheduleError) {
    if case .none(let reason) = law.bestSchedule {
      throw .noOptimum(law: law.name, reason: reason)
    }
  }

  /// The best schedule of each family, in the families' order.
  func bestOfFamilies(within limits: RateLimits, facts: RunFacts) -> [NamedSchedule] {
    let objective = ScheduleObjective(self, limits: limits, facts: facts)
    return ScheduleFamily.all.compactMap { family in
      FamilySearch(family: family, objective: objective).best()
        .map { NamedSchedule(name: family.name, schedule: $0) }
    }
  }

  /// The search, whatever the law says of itself; it starts at the best of some schedules as well.
  func search(
    within limits: RateLimits, facts: RunFacts, beside schedules: [NamedSchedule] = []
  ) throws(OptimalScheduleError) -> OptimalSchedule {
    let objective = ScheduleObjective(self, limits: limits, facts: facts)
    var knots = RateKnots(limits: limits, growth: objective.growth)
    try checkForecast(of: knots, facts: facts)
    var starts = RateKnots.starts.map { knots.heights($0) }
    let losses = schedules.map { objective.loss(of: $0.schedule) }
    if let least = losses.indices.filter({ losses[$0].isFinite }).min(by: {
      losses[$0] < losses[$1]
    }) {
      starts.append(knots.heights(of: schedules[least].schedule))
    }
    var found = starts.map { objective.minimize(over: knots, from: $0) }
      .filter(\.value.isFinite).min { $0.value < $1.value }
    var rounds = 0
    while let coarse = found, rounds < Self.mostRefinements,
      let finer = knots.refined(coarse.point, where: Self.largestFall)
    {
      rounds += 1
      knots = finer.knots
      found = objective.minimize(over: knots, from: finer.heights)
    }
    guard let found, found.value.isFinite else {
      throw .forecast(.notFinite(step: limits.total))
    }
    try check(found.point, on: knots, objective)
    let path = knots.path(through: knots.rates(of: found.point))
    return OptimalSchedule(
      limits: limits, steps: knots.positions, rates: knots.rates(of: found.point), path: path,
      loss: objective.loss(of: path), gap: found.gap)
  }

  /// The part of the range that a rate may fall by between two knots before they are too far apart.
  private static let largestFall = 0.1
  private static let mostRefinements = 12

  /// Refuses what the model does not tell, before any search.
  private func checkForecast(of knots: RateKnots, facts: RunFacts) throws(OptimalScheduleError) {
    let path = knots.path(through: knots.rates(of: knots.heights { $0 }))
    do {
      _ = try forecast(at: [knots.limits.total], path: path, facts: facts)
    } catch {
      throw .forecast(error)
    }
  }

  /// Refuses a fall that might as well be a jump: over half of the range in next to no steps, or in
  /// less than a fiftieth of them and no worse when they are made one.
  private func check(
    _ heights: [Double], on knots: RateKnots, _ objective: ScheduleObjective
  ) throws(OptimalScheduleError) {
    let limits = knots.limits
    let rates = knots.rates(of: heights)
    let path = knots.path(through: rates)
    let range = limits.peak - limits.floor
    // Within a narrow range, a fall at once is a small one, and no fault.
    guard range >= 0.5 * limits.peak else { return }
    let (high, low) = (limits.floor + 0.75 * range, limits.floor + 0.25 * range)
    let first = path.lastStep(notBelow: high, within: limits)
    let last = path.lastStep(notBelow: low, within: limits) + 1
    guard limits.steps >= 40, last <= limits.total else { return }
    let jump = knots.withJump(from: high, to: low, between: first, and: last, rates: rates)
    guard
      last - first <= 4
        || last - first <= limits.steps / 50
          && objective.loss(of: jump) <= objective.loss(of: path)
    else { return }
    throw .degenerate(law: law.name, steps: last - first, total: limits.total)
  }
}

extension LearningRatePath {
  /// The last step at a rate or above, by bisection: the rate does not rise after the warm-up.
  func lastStep(notBelow rate: Double, within limits: RateLimits) -> Int {
    var (low, high) = (limits.warmup, limits.total)
    while low < high {
      let middle = low + (high - low + 1) / 2
      if learningRate(at: middle) >= rate { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension RateKnots {
  /// Where searches start, as heights over the part of the steps that is still to go: a short and a
  /// long decay, and one over all steps.
  static let starts: [@Sendable (Double) -> Double] = [
    { $0 < 0.1 ? 0.02 + 98 * $0 * $0 : 1 }, { $0 < 0.3 ? 0.02 + 0.98 / 0.09 * $0 * $0 : 1 },
    { 0.1 + 0.9 * $0 },
  ]
}
