/// A branch as written, its lengths worked out.
struct ScheduleBranchDraft {
  let resolver: ScheduleResolver
  /// The value of `from=`.
  let token: ScheduleToken
  let start: ScheduleBranch.Start
  let phases: [(draft: SchedulePhaseDraft, steps: Int)]

  /// Reads a text with `from=`.
  init(reading text: String) throws(ScheduleError) {
    var draft = ScheduleDraft()
    for item in try ScheduleLexer.items(of: text) { try draft.read(item) }
    guard let token = draft.settings[.from] else {
      throw ScheduleError(
        .needsRun, "from= is missing; write where the branch leaves its run, as in from=last")
    }
    self.token = token
    resolver = ScheduleResolver(draft: draft)
    start = try resolver.branchStart(token)
    try resolver.checkBatchSizes()
    for case .preset(let preset) in draft.parts where draft.settings[.peak] == nil {
      throw ScheduleError(
        .missingPeak, at: preset.name, "'\(preset.name.text)' in a branch needs peak=")
    }
    guard !draft.parts.isEmpty else {
      throw ScheduleError(
        .missingDuration, at: token,
        "from= needs a phase to go on with, as in from=last,decay:1000")
    }
    phases = try resolver.phases(peak: try resolver.writtenPeak() ?? .nan)
  }

  /// `peak=`, if it is written.
  func peak() throws(ScheduleError) -> Double? { try resolver.writtenPeak() }

  /// The schedule: a constant rate up to the branch in place of the run, then the phases.
  func schedule(
    from step: Int, observedRate: Double, peak: Double
  ) throws(ScheduleError) -> Schedule {
    let convention = try resolver.convention()
    var builder = SchedulePhaseBuilder(
      peak: peak, minimum: try resolver.minimum(peak: peak), convention: convention,
      warmupSteps: 0)
    builder.appendStable(steps: step, at: observedRate)
    for (phase, steps) in phases { try builder.append(phase, steps: steps) }
    return Schedule(peak: peak, convention: convention, phases: builder.phases)
  }

  /// The canonical text.
  func text() throws(ScheduleError) -> String {
    var items: [String] = []
    switch start {
    case .step(let step): items.append("from=\(step)")
    case .last: items.append("from=last")
    }
    if let peak = try peak() { items.append("peak=\(ScheduleNumberFormat.text(peak))") }
    if let minimum = resolver.draft.settings[.minimum] {
      items.append("min=\(try minimum.rate("min").text)")
    }
    let convention = try resolver.convention()
    if convention != .hf { items.append("conv=\(convention.rawValue)") }
    items += phases.map { Self.text(of: $0.draft, steps: $0.steps) }
    return items.joined(separator: ",")
  }

  private static func text(of phase: SchedulePhaseDraft, steps: Int) -> String {
    var fields = [phase.kind.rawValue, "\(steps)"]
    let usual: ScheduleShape.Name = phase.kind == .stable ? .constant : .linear
    if let shape = phase.shape, shape != usual { fields.append(shape.rawValue) }
    for key in ScheduleKey.allCases {
      if let rate = phase.rates[key]?.value { fields.append("\(key.rawValue)=\(rate.text)") }
      if let value = phase.parameters[key]?.value {
        fields.append("\(key.rawValue)=\(ScheduleNumberFormat.text(value))")
      }
    }
    return fields.joined(separator: ":")
  }
}

extension ScheduleRate {
  /// The rate as it is written.
  fileprivate var text: String {
    switch self {
    case .absolute(let rate): ScheduleNumberFormat.text(rate)
    case .multiple(let factor): ScheduleNumberFormat.text(factor) + "x"
    }
  }
}

extension ScheduleResolver {
  /// Where a branch leaves its run.
  fileprivate func branchStart(
    _ token: ScheduleToken
  ) throws(ScheduleError) -> ScheduleBranch.Start {
    guard token.text != "last" else { return .last }
    guard token.text != "0" else {
      throw ScheduleError(
        .valueOutOfRange, at: token,
        "from= must be at least 1, for a branch keeps some of its run; without it nothing is kept")
    }
    let duration = try ScheduleDuration(reading: token)
    guard case .count = duration else {
      throw ScheduleError(
        .notApplicable, at: token, "from= needs a step of the run, or last, not '\(token.text)'")
    }
    return .step(try steps(duration, total: nil, at: token))
  }
}
