/// Works out a draft: settings to numbers, durations to steps, rates to absolute ones.
struct ScheduleResolver {
  /// The most steps that a phase or a whole schedule may have.
  static let stepLimit = 1_000_000_000_000

  let draft: ScheduleDraft

  /// The schedule that the draft means.
  func schedule() throws(ScheduleError) -> Schedule {
    let peak = try peak()
    let convention = try convention()
    let minimum = try minimum(peak: peak)
    try checkBatchSizes()
    let lengths = try lengths()
    var builder = SchedulePhaseBuilder(
      peak: peak, minimum: minimum, warmupSteps: warmupSteps(lengths))
    for (phase, steps) in zip(draft.phases, lengths) {
      try builder.append(phase, steps: steps)
    }
    if draft.phases.isEmpty, let total = lengths.first { builder.appendStable(steps: total) }
    try checkNotZero(builder.phases)
    return Schedule(peak: peak, convention: convention, phases: builder.phases)
  }

  private func peak() throws(ScheduleError) -> Double {
    guard let token = draft.settings[.peak] else {
      throw ScheduleError(.missingPeak, "peak= is missing; write the highest rate, as in peak=3e-4")
    }
    let peak = try token.number("peak")
    guard peak != 0 else {
      throw ScheduleError(
        .zeroRate, at: token, "peak=\(token.text) makes the learning rate zero at every step")
    }
    try token.requirePositive(peak, "peak=")
    return peak
  }

  /// The rate that decays end with when they have no `to=`.
  private func minimum(peak: Double) throws(ScheduleError) -> Double {
    guard let token = draft.settings[.minimum] else { return 0 }
    return try token.rate("min").value(peak: peak, at: token)
  }

  private func convention() throws(ScheduleError) -> ScheduleConvention {
    guard let token = draft.settings[.convention] else { return .hf }
    guard let convention = ScheduleConvention(rawValue: token.text) else {
      throw ScheduleError.unknown(
        .unknownConvention, "convention", token.text, at: token,
        valid: ScheduleConvention.allCases.map(\.rawValue))
    }
    return convention
  }

  private func warmupSteps(_ lengths: [Int]) -> Int {
    guard let first = draft.phases.first, first.kind == .warmup else { return 0 }
    return lengths.first ?? 0
  }

  private func checkNotZero(_ phases: [SchedulePhase]) throws(ScheduleError) {
    guard !phases.isEmpty, let first = draft.phases.first else { return }
    guard phases.allSatisfy({ $0.startRate == 0 && $0.target == 0 }) else { return }
    throw ScheduleError(
      .zeroRate, at: first.name, "every phase holds the learning rate at zero; change at= or to=")
  }
}
