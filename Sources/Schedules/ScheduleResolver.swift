/// Works out a draft: settings to numbers, durations to steps, rates to absolute ones.
struct ScheduleResolver {
  /// The most steps that a phase or a whole schedule may have.
  static let stepLimit = 1_000_000_000_000

  let draft: ScheduleDraft

  /// The schedule that the draft means.
  func schedule() throws(ScheduleError) -> Schedule {
    let peak = try peak()
    let convention = try convention()
    let minimum = try draft.settings[.minimum]?.rate("min").value(peak: peak) ?? 0
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
    guard phases.allSatisfy({ $0.startRate == 0 && $0.endRate == 0 }) else { return }
    throw ScheduleError(
      .zeroRate, at: first.name, "every phase holds the learning rate at zero; change at= or to=")
  }
}

// MARK: - Durations

extension ScheduleResolver {
  private func checkBatchSizes() throws(ScheduleError) {
    for unit in ScheduleDuration.Unit.allCases {
      guard let setting = unit.setting, draft.settings[setting] != nil else { continue }
      _ = try batchSize(setting)
    }
  }

  /// The value of `tpb=`, `spb=` or `spe=`, which takes the suffixes of a duration.
  private func batchSize(_ setting: ScheduleSetting) throws(ScheduleError) -> Double? {
    guard let token = draft.settings[setting] else { return nil }
    guard case .count(let value, .steps) = try ScheduleDuration(reading: token) else {
      throw ScheduleError(
        .malformedNumber, at: token, "\(setting.rawValue)= needs a number, not '\(token.text)'")
    }
    return value
  }

  /// The steps of each phase; those of `total=` alone when there are no phases.
  private func lengths() throws(ScheduleError) -> [Int] {
    let total = try total()
    var lengths: [Int?] = []
    var restToken: ScheduleToken?
    for phase in draft.phases {
      guard let (duration, token) = phase.duration else { continue }
      if duration == .rest {
        guard restToken == nil else {
          throw ScheduleError(
            .duplicate, at: token, "rest is given twice; give one of the phases a length")
        }
        restToken = token
        lengths.append(nil)
        try requireTotal(total, token)
      } else {
        lengths.append(try steps(duration, total: total, at: token))
      }
    }
    guard !lengths.isEmpty else { return total.map { [$0] } ?? [] }
    let sum = try sum(lengths)
    guard let total else { return lengths.compactMap { $0 } }
    if let restToken {
      try checkRest(sum: sum, total: total, lengths: lengths, at: restToken)
      return lengths.map { $0 ?? total - sum }
    }
    try checkSum(sum, total: total, lengths: lengths)
    return lengths.compactMap { $0 }
  }

  private func total() throws(ScheduleError) -> Int? {
    guard let token = draft.settings[.total] else { return nil }
    let duration = try ScheduleDuration(reading: token)
    guard case .count = duration else {
      throw ScheduleError(
        .notApplicable, at: token, "total= needs a length of its own, not '\(token.text)'")
    }
    return try steps(duration, total: nil, at: token)
  }

  @discardableResult
  private func requireTotal(_ total: Int?, _ token: ScheduleToken) throws(ScheduleError) -> Int {
    guard let total else {
      throw ScheduleError(
        .missingTotal, at: token, "'\(token.text)' needs total=, the length of the whole schedule")
    }
    return total
  }

  /// A duration in steps, rounded half to even.
  private func steps(
    _ duration: ScheduleDuration, total: Int?, at token: ScheduleToken
  ) throws(ScheduleError) -> Int {
    switch duration {
    case .rest: return 0
    case .percent(let percent):
      let total = try requireTotal(total, token)
      return try wholeSteps(percent * Double(total) / 100, at: token)
    case .count(let value, .steps):
      let whole = value.rounded()
      guard abs(value - whole) <= 1e-9 * value || value > Double(Self.stepLimit) else {
        throw ScheduleError(
          .valueOutOfRange, at: token, "'\(token.text)' is not a whole number of steps")
      }
      return try wholeSteps(whole, at: token)
    case .count(let value, .epochs):
      return try wholeSteps(value * size(.stepsPerEpoch, at: token), at: token)
    case .count(let value, .tokens):
      return try wholeSteps(value / size(.tokensPerBatch, at: token), at: token)
    case .count(let value, .samples):
      return try wholeSteps(value / size(.samplesPerBatch, at: token), at: token)
    }
  }

  private func size(
    _ setting: ScheduleSetting, at token: ScheduleToken
  ) throws(ScheduleError) -> Double {
    guard let size = try batchSize(setting) else {
      let what =
        switch setting {
        case .tokensPerBatch: "tokens per batch"
        case .samplesPerBatch: "samples per batch"
        default: "steps per epoch"
        }
      throw ScheduleError(
        .missingBatchSize, at: token, "'\(token.text)' needs \(setting.rawValue)= (\(what))")
    }
    return size
  }

  private func wholeSteps(_ value: Double, at token: ScheduleToken) throws(ScheduleError) -> Int {
    let whole = value.rounded(.toNearestOrEven)
    guard whole >= 1 else {
      throw ScheduleError(
        .valueOutOfRange, at: token,
        "'\(token.text)' comes to 0 steps; give at least one, or leave the phase out")
    }
    guard whole <= Double(Self.stepLimit) else { throw tooMany(at: token) }
    return Int(whole)
  }

  private func tooMany(at token: ScheduleToken) -> ScheduleError {
    ScheduleError(
      .tooManySteps, at: token, "'\(token.text)' brings the steps above the limit of 10^12")
  }

  /// The sum of the lengths that are known.
  private func sum(_ lengths: [Int?]) throws(ScheduleError) -> Int {
    var sum = 0
    for (phase, length) in zip(draft.phases, lengths) {
      sum += length ?? 0
      guard sum <= Self.stepLimit else { throw tooMany(at: phase.duration?.token ?? phase.name) }
    }
    return sum
  }

  private func checkRest(
    sum: Int, total: Int, lengths: [Int?], at token: ScheduleToken
  ) throws(ScheduleError) {
    guard sum >= total else { return }
    throw ScheduleError(
      .totalMismatch, at: token,
      "nothing is left for rest: the other phases take \(Self.shown(lengths)) steps of "
        + "total=\(total)")
  }

  private func checkSum(_ sum: Int, total: Int, lengths: [Int?]) throws(ScheduleError) {
    guard sum != total, let token = draft.settings[.total] else { return }
    let remedy =
      sum < total
      ? "add a phase (stable:rest holds the rate) or lower total="
      : "shorten a phase (or give it rest) or raise total="
    throw ScheduleError(
      .totalMismatch, at: token,
      "the phases sum to \(Self.shown(lengths)) steps but total=\(total); \(remedy)")
  }

  /// "100 + 800 = 900".
  private static func shown(_ lengths: [Int?]) -> String {
    let known = lengths.compactMap { $0 }
    let sum = known.reduce(0, +)
    guard known.count > 1, known.count <= 8 else { return "\(sum)" }
    return known.map { "\($0)" }.joined(separator: " + ") + " = \(sum)"
  }
}
