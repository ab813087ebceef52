/// What there is to say of a schedule in a few numbers.
public struct ScheduleFacts: Sendable, Hashable {
  /// All updates.
  public let totalSteps: Int
  /// The updates of the warm-ups at the beginning.
  public let warmupSteps: Int
  /// The updates of phases that end with a lower rate than they begin with; a jump between phases
  /// takes none.
  public let fallingSteps: Int
  /// The rate of the first update.
  public let firstRate: Double
  /// The highest rate of a phase's ends.
  public let highestRate: Double
  /// The rate of the last update.
  public let lastRate: Double
  /// The sum of all updates' rates, S1, in rate × steps.
  public let area: Double
}

extension Schedule {
  /// The schedule's facts; nil for one without an end.
  public var facts: ScheduleFacts? {
    guard let total = totalSteps, total > 0 else { return nil }
    return facts(of: path(through: total - 1), total: total, afterPhase: 0)
  }

  func facts(of path: LearningRatePath, total: Int, afterPhase first: Int) -> ScheduleFacts {
    let falling = phases.dropFirst(first).filter { $0.endRate < $0.rate(elapsed: 0, convention) }
    return ScheduleFacts(
      totalSteps: total, warmupSteps: first > 0 ? path.warmupEnd : warmupSteps,
      fallingSteps: falling.reduce(0) { $0 + $1.steps }, firstRate: path.learningRate(at: 0),
      highestRate: max(
        path.peak, phases.map { max($0.rate(elapsed: 0, convention), $0.endRate) }.max() ?? 0),
      lastRate: path.learningRate(at: total - 1),
      area: LearningRateAreas(path: path, positions: [total - 1], warmup: .actual).forward[0])
  }
}

extension ContinuedSchedule {
  /// The facts of the whole, run and branch; falling steps are those of the branch.
  public var facts: ScheduleFacts {
    let path = path(through: totalSteps - 1)
    return schedule.facts(of: path, total: totalSteps, afterPhase: 1)
  }
}
