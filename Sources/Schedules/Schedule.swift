/// A learning-rate schedule: a peak, an index convention, and phases one after another.
///
/// Written in one line, for example `peak=3e-4,warmup:300,stable:20000,decay:4000:1-sqrt`. Two
/// schedules are equal when they have the same peak, convention and phases, however the text wrote
/// their lengths and rates.
public struct Schedule: Sendable, Hashable, CustomStringConvertible {
  /// The highest rate of the plan, the unit of multiples such as `0.1x`.
  public let peak: Double
  let convention: ScheduleConvention
  let phases: [SchedulePhase]

  /// Reads a schedule from its text.
  ///
  /// - Parameter text: settings `name=value` and phases `name:field:field`, separated by `,`
  ///   (or `>` or `->`).
  /// - Throws: `ScheduleError` with the place of the first fault.
  public init(parsing text: String) throws(ScheduleError) {
    do {
      var draft = ScheduleDraft()
      for item in try ScheduleLexer.items(of: text) { try draft.read(item) }
      self = try ScheduleResolver(draft: draft).schedule()
    } catch {
      throw error.located(in: text)
    }
  }

  init(peak: Double, convention: ScheduleConvention, phases: [SchedulePhase]) {
    self.peak = peak
    self.convention = convention
    self.phases = phases
  }

  /// The schedule's canonical text; reading it gives an equal schedule.
  ///
  /// Settings stand first, aliases are resolved, lengths are in steps and rates absolute or in
  /// multiples of the peak; what is usual is left out.
  public var description: String { SchedulePrinter(schedule: self).text }

  /// The position after the last phase; nil for a constant rate without a length.
  public var totalSteps: Int? { phases.last?.endStep }

  /// The steps of the first phase when it is a warm-up, else 0.
  public var warmupSteps: Int {
    guard let first = phases.first, first.kind == .warmup else { return 0 }
    return first.steps
  }

  /// The learning rate that an update uses.
  ///
  /// - Parameter position: the update's index, at least 0.
  /// - Returns: the rate, as the convention counts; past the last phase its end rate.
  public func learningRate(at position: Int) -> Double {
    precondition(position >= 0, "position is negative")
    // A position near Int.max must not overflow; the rate holds there anyway.
    let step = min(position, Int.max - 1) + convention.shift
    guard let phase = phases.last(where: { $0.firstStep <= step }) else { return peak }
    guard step < phase.endStep else { return phase.endRate }
    return phase.rate(elapsed: step - phase.firstStep, convention)
  }
}
