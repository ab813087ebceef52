/// Durations: from what is written to whole steps that sum to the total.
extension ScheduleResolver {
  /// Checks `tpb=`, `spb=` and `spe=`, also where nothing uses them.
  func checkBatchSizes() throws(ScheduleError) {
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

  /// The steps of each part.
  func lengths() throws(ScheduleError) -> [Int] {
    let total = try total()
    guard !draft.parts.isEmpty else { return [] }
    let lengths = try writtenLengths(total: total)
    let sum = try sum(lengths)
    guard let total else { return lengths.compactMap { $0 } }
    if let index = lengths.firstIndex(of: nil) {
      let part = draft.parts[index]
      try checkRest(sum: sum, total: total, lengths: lengths, at: part.duration?.token ?? part.name)
    } else {
      try checkSum(sum, total: total, lengths: lengths)
    }
    return lengths.map { $0 ?? total - sum }
  }

  /// The steps of each part, nil for the one that takes the rest.
  private func writtenLengths(total: Int?) throws(ScheduleError) -> [Int?] {
    var lengths: [Int?] = []
    for part in draft.parts {
      let length = try writtenLength(of: part, total: total)
      guard length == nil else {
        lengths.append(length)
        continue
      }
      let token = part.duration?.token ?? part.name
      guard !lengths.contains(nil) else {
        throw ScheduleError(
          .duplicate, at: token,
          part.duration == nil
            ? "'\(token.text)' would be the second item to take the rest; give one a length"
            : "rest is given twice; give one of the phases a length")
      }
      guard total != nil || part.duration != nil else {
        throw ScheduleError(
          .missingTotal, at: token,
          "'\(token.text)' needs a length, as in \(token.text):1000, or total=")
      }
      try requireTotal(total, token)
      lengths.append(nil)
    }
    return lengths
  }

  /// The steps of a part; nil when it takes the rest.
  private func writtenLength(
    of part: SchedulePartDraft, total: Int?
  ) throws(ScheduleError) -> Int? {
    if let (duration, token) = part.duration {
      return duration == .rest ? nil : try steps(duration, total: total, at: token)
    }
    guard case .preset(let draft) = part else { return nil }
    let call = SchedulePresetCall(draft: draft, resolver: self, peak: .nan, ownedSteps: nil)
    guard let length = try draft.preset.length(call) else { return nil }
    guard length <= Self.stepLimit else { throw tooMany(at: draft.name) }
    guard length >= 1 else {
      throw ScheduleError(
        .valueOutOfRange, at: draft.name, "the keys of '\(draft.name.text)' come to 0 steps")
    }
    return length
  }

  func total() throws(ScheduleError) -> Int? {
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
  func steps(
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

  /// The tokens of a batch for a preset that counts in tokens.
  func tokensPerBatch(for token: ScheduleToken) throws(ScheduleError) -> Double {
    try size(.tokensPerBatch, at: token)
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
    for (part, length) in zip(draft.parts, lengths) {
      sum += length ?? 0
      guard sum <= Self.stepLimit else { throw tooMany(at: part.duration?.token ?? part.name) }
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
