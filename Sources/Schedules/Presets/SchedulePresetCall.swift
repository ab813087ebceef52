/// A use of a preset: its keys' values as numbers, in the schedule that it stands in.
struct SchedulePresetCall {
  let draft: SchedulePresetDraft
  let resolver: ScheduleResolver
  /// The schedule's peak; NaN while it is not known.
  let peak: Double
  /// The steps that the preset owns; nil while they are not known.
  let ownedSteps: Int?
  /// The step of the run that the preset begins at.
  var firstStep = 0

  /// The preset's place in the text.
  var name: ScheduleToken { draft.name }

  /// Whether a key is written.
  func has(_ key: String) -> Bool { draft.values[key] != nil }

  /// The place of a key's value, or of the preset where it is left out.
  func token(_ key: String) -> ScheduleToken { draft.values[key] ?? draft.name }

  /// The steps that the preset owns, at least 1.
  func length() throws(ScheduleError) -> Int {
    guard let ownedSteps else {
      throw ScheduleError(
        .missingDuration, at: name,
        "'\(name.text)' has no duration; write one, as in \(name.text):1000, or total=")
    }
    return ownedSteps
  }

  /// A key's value in steps, 0 allowed; a part in percent is one of the preset's own steps.
  func steps(_ key: String) throws(ScheduleError) -> Int {
    try steps(try value(key), of: { () throws(ScheduleError) in try length() })
  }

  /// A length in steps, 0 allowed; a part in percent is one of `whole`.
  func steps(
    _ value: ScheduleToken, of whole: () throws(ScheduleError) -> Int
  ) throws(ScheduleError) -> Int {
    if let number = ScheduleNumber(value.text), number.value == 0 { return 0 }
    let duration = try ScheduleDuration(reading: value)
    switch duration {
    case .rest:
      throw ScheduleError(
        .notApplicable, at: value, "'rest' is the length of an item, not of a part of a preset")
    case .percent: return try resolver.steps(duration, total: try whole(), at: value)
    case .count: return try resolver.steps(duration, total: nil, at: value)
    }
  }

  /// A key's value as a rate; nil when it is left out.
  func rate(_ key: String) throws(ScheduleError) -> ScheduleRate? {
    guard let value = draft.values[key] else { return nil }
    return try value.rate(key)
  }

  /// `to=`, or the schedule's `min=`, or 0.
  func end() throws(ScheduleError) -> ScheduleRate {
    if let rate = try rate("to") { return rate }
    guard let minimum = resolver.draft.settings[.minimum] else { return .absolute(0) }
    return try minimum.rate("min")
  }

  /// A rate as a multiple of the peak.
  func multiple(_ rate: ScheduleRate, at token: ScheduleToken) throws(ScheduleError) -> Double {
    switch rate {
    case .multiple(let factor): return factor
    case .absolute: return try rate.value(peak: peak, at: token) / peak
    }
  }

  /// A key's value as a number above zero.
  func number(_ key: String) throws(ScheduleError) -> Double {
    let value = try value(key)
    let number = try value.number(key)
    try value.requirePositive(number, "\(key)=")
    return number
  }

  /// A key's value as a number strictly between two others.
  func number(
    _ key: String, above lower: Double, below upper: Double
  ) throws(ScheduleError) -> Double {
    let value = try value(key)
    let number = try value.number(key)
    guard number > lower, number < upper else {
      let ends = "\(ScheduleNumberFormat.text(lower)) and \(ScheduleNumberFormat.text(upper))"
      throw ScheduleError(
        .valueOutOfRange, at: value, "\(key)= must lie between \(ends), not '\(value.text)'")
    }
    return number
  }

  /// A key's value as a whole number of things, from 1 to the most phases that a schedule may have.
  func count(_ key: String) throws(ScheduleError) -> Int {
    let value = try value(key)
    let number = try value.number(key)
    guard number >= 1, number == number.rounded(), number <= Double(ScheduleResolver.phaseLimit)
    else {
      throw ScheduleError(
        .valueOutOfRange, at: value,
        "\(key)= must be a whole number from 1 to \(ScheduleResolver.phaseLimit), not "
          + "'\(value.text)'")
    }
    return Int(number)
  }

  /// A key's value as one of some words.
  func choice(_ key: String, of words: [String]) throws(ScheduleError) -> String {
    let value = try value(key)
    guard words.contains(value.text) else {
      throw ScheduleError.unknown(
        .valueOutOfRange, "\(key)=", value.text, at: value, valid: words)
    }
    return value.text
  }

  /// The parts of a key's value between `+` signs.
  func list(_ key: String) throws(ScheduleError) -> [ScheduleToken] {
    let value = try value(key)
    var parts: [ScheduleToken] = []
    var offset = value.offset
    for part in value.text.split(separator: "+", omittingEmptySubsequences: false) {
      let token = ScheduleToken(text: String(part), offset: offset, item: value.item)
      guard !part.isEmpty else {
        throw ScheduleError(
          .emptyItem, at: token, "a part of \(key)= is empty; write it as in 300+600")
      }
      parts.append(token)
      offset += part.count + 1
    }
    return parts
  }

  /// What the parts of a preset leave of its length.
  ///
  /// - Throws: `totalMismatch` when they take more than all.
  func rest(after parts: [Int]) throws(ScheduleError) -> Int {
    let length = try length()
    var left = length
    for part in parts {
      left -= part
      guard left >= 0 else {
        let sum = parts.map { "\($0)" }.joined(separator: " + ")
        throw ScheduleError(
          .totalMismatch, at: name,
          "the parts of '\(name.text)' take \(sum) steps, but it has \(length)")
      }
    }
    return left
  }

  /// Refuses a preset that counts the run's steps anywhere but at the beginning.
  func requireStepZero() throws(ScheduleError) {
    guard firstStep == 0, resolver.draft.settings[.from] == nil else {
      throw ScheduleError(
        .notApplicable, at: name,
        "'\(name.text)' counts the run's steps and must come first; its warm-up is warmup=")
    }
  }

  /// Refuses an index convention that would shift a preset which has its own.
  func checkConvention() throws(ScheduleError) {
    guard draft.preset.countsUpdates, let token = resolver.draft.settings[.convention] else {
      return
    }
    switch try resolver.convention() {
    case .hf, .megatron, .optax: return
    case .llmc, .torchtitan, .nanogpt, .olmo, .deepspeed:
      throw ScheduleError(
        .notApplicable, at: token,
        "'\(name.text)' counts updates as its framework does; leave conv= out")
    }
  }

  /// The value written for a key, or the usual one.
  private func value(_ key: String) throws(ScheduleError) -> ScheduleToken {
    if let written = draft.values[key] { return written }
    let usual = draft.preset.parameters.first { $0.name == key }?.usual ?? ""
    guard !usual.isEmpty else {
      throw missing(key)
    }
    return ScheduleToken(text: usual, offset: name.offset, item: name.item)
  }

  /// The error for a key that is left out.
  func missing(_ key: String) -> ScheduleError {
    ScheduleError(
      .missingParameter, at: name,
      "'\(name.text)' needs \(key)=; for example \(draft.preset.example)")
  }
}
