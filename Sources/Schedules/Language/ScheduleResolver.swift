/// Works out a draft: settings to numbers, durations to steps, rates to absolute ones.
struct ScheduleResolver {
  /// The most steps that a phase or a whole schedule may have.
  static let stepLimit = 1_000_000_000_000

  /// The most phases that a schedule with presets may have.
  static let phaseLimit = 10_000

  let draft: ScheduleDraft

  /// The schedule that the draft means.
  func schedule() throws(ScheduleError) -> Schedule {
    if let token = draft.settings[.from] {
      throw ScheduleError(
        .needsRun, at: token,
        "from= branches off a run; name its log, with --log in 'schedule show' and --continue in "
          + "'predict', or write the phases from step 0")
    }
    let peak = try peak()
    let convention = try convention()
    let minimum = try minimum(peak: peak)
    try checkBatchSizes()
    let phases = try phases(peak: peak)
    var builder = SchedulePhaseBuilder(
      peak: peak, minimum: minimum, convention: convention,
      warmupSteps: Self.warmupSteps(of: phases))
    for (phase, steps) in phases { try builder.append(phase, steps: steps) }
    if draft.parts.isEmpty, let total = try total() { builder.appendStable(steps: total, at: peak) }
    try checkNotZero(builder.phases)
    return Schedule(peak: peak, convention: convention, phases: builder.phases)
  }

  /// The phases with their lengths, presets expanded.
  func phases(peak: Double) throws(ScheduleError) -> [(draft: SchedulePhaseDraft, steps: Int)] {
    var phases: [(draft: SchedulePhaseDraft, steps: Int)] = []
    var firstStep = 0
    for (part, steps) in zip(draft.parts, try lengths()) {
      defer { firstStep += steps }
      switch part {
      case .phase(let phase): phases.append((phase, steps))
      case .preset(let preset):
        let call = SchedulePresetCall(
          draft: preset, resolver: self, peak: peak, ownedSteps: steps,
          firstStep: firstStep)
        try call.checkConvention()
        var expansion = SchedulePresetExpansion(name: preset.name)
        try preset.preset.expand(call, &expansion)
        phases += expansion.phases
      }
      guard phases.count <= Self.phaseLimit else {
        throw ScheduleError.tooManyPhases(at: part.name)
      }
    }
    return phases
  }

  /// The steps of the warm-ups at the beginning.
  static func warmupSteps(of phases: [(draft: SchedulePhaseDraft, steps: Int)]) -> Int {
    phases.prefix { $0.draft.kind == .warmup }.reduce(0) { $0 + $1.steps }
  }

  /// `peak=`, or what a preset makes of its keys.
  private func peak() throws(ScheduleError) -> Double {
    if let peak = try writtenPeak() { return peak }
    var known: Double?
    for case .preset(let preset) in draft.parts {
      guard let formula = preset.preset.peak else { continue }
      let peak = try formula(
        SchedulePresetCall(draft: preset, resolver: self, peak: .nan, ownedSteps: nil))
      guard known == nil || known == peak else {
        throw ScheduleError(
          .notApplicable, at: preset.name,
          "'\(preset.name.text)' has another peak than the one before it; a schedule has one")
      }
      known = peak
    }
    if let known { return known }
    throw ScheduleError(.missingPeak, "peak= is missing; write the highest rate, as in peak=3e-4")
  }

  /// `peak=`, if it is written.
  func writtenPeak() throws(ScheduleError) -> Double? {
    guard let token = draft.settings[.peak] else { return nil }
    let peak = try token.number("peak")
    guard peak != 0 else {
      throw ScheduleError(
        .zeroRate, at: token, "peak=\(token.text) makes the learning rate zero at every step")
    }
    try token.requirePositive(peak, "peak=")
    return peak
  }

  /// The rate that decays end with when they have no `to=`.
  func minimum(peak: Double) throws(ScheduleError) -> Double {
    guard let token = draft.settings[.minimum] else { return 0 }
    return try token.rate("min").value(peak: peak, at: token)
  }

  func convention() throws(ScheduleError) -> ScheduleConvention {
    guard let token = draft.settings[.convention] else { return .hf }
    guard let convention = ScheduleConvention(rawValue: token.text) else {
      throw ScheduleError.unknown(
        .unknownConvention, "convention", token.text, at: token,
        valid: ScheduleConvention.allCases.map(\.rawValue))
    }
    return convention
  }

  private func checkNotZero(_ phases: [SchedulePhase]) throws(ScheduleError) {
    guard !phases.isEmpty, let first = draft.parts.first else { return }
    guard phases.allSatisfy({ $0.startRate == 0 && $0.target == 0 }) else { return }
    throw ScheduleError(
      .zeroRate, at: first.name, "every phase holds the learning rate at zero; change at= or to=")
  }
}
