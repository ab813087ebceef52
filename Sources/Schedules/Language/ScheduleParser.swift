/// A phase as written: names known, lengths and rates not yet worked out.
struct SchedulePhaseDraft {
  var name: ScheduleToken
  var kind: SchedulePhaseKind
  var shape: ScheduleShape.Name?
  var duration: (value: ScheduleDuration, token: ScheduleToken)?
  var rates: [ScheduleKey: (value: ScheduleRate, token: ScheduleToken)] = [:]
  var parameters: [ScheduleKey: (value: Double, token: ScheduleToken)] = [:]
}

/// A part of a schedule that owns steps, as written.
enum SchedulePartDraft {
  case phase(SchedulePhaseDraft)
  case preset(SchedulePresetDraft)

  /// Reads a phase or a preset.
  init(reading item: ScheduleItem) throws(ScheduleError) {
    if let preset = SchedulePreset.named(item.head.text) {
      self = .preset(try SchedulePresetDraft(preset, reading: item))
    } else {
      self = .phase(try SchedulePhaseDraft(reading: item))
    }
  }

  /// Its first field.
  var name: ScheduleToken {
    switch self {
    case .phase(let phase): phase.name
    case .preset(let preset): preset.name
    }
  }

  /// Its length; nil for a preset without one.
  var duration: (value: ScheduleDuration, token: ScheduleToken)? {
    switch self {
    case .phase(let phase): phase.duration
    case .preset(let preset): preset.duration
    }
  }
}

/// A schedule as written.
struct ScheduleDraft {
  /// The values of the settings.
  var settings: [ScheduleSetting: ScheduleToken] = [:]
  var parts: [SchedulePartDraft] = []

  /// Adds one item.
  ///
  /// - Throws: what is wrong with the item alone; the resolver checks how items go together.
  mutating func read(_ item: ScheduleItem) throws(ScheduleError) {
    if let (name, value) = item.head.assignment {
      try readSetting(name, value, item)
    } else {
      parts.append(try SchedulePartDraft(reading: item))
    }
  }

  private mutating func readSetting(
    _ name: ScheduleToken, _ value: ScheduleToken, _ item: ScheduleItem
  ) throws(ScheduleError) {
    guard let setting = ScheduleSetting(rawValue: name.text) else {
      throw Self.unknownSetting(name)
    }
    guard settings[setting] == nil else {
      throw ScheduleError(
        .duplicate, at: item.head, "\(name.text)= is given twice; keep one of them")
    }
    if let extra = item.fields.first {
      throw ScheduleError(
        .notApplicable, at: extra,
        "'\(extra.text)' follows the setting \(name.text)=; separate items by ','")
    }
    settings[setting] = value
  }

  private static func unknownSetting(_ name: ScheduleToken) -> ScheduleError {
    guard ScheduleKey(rawValue: name.text) == nil else {
      return ScheduleError(
        .unknownSetting, at: name,
        "\(name.text)= belongs to a phase; join it to one with ':', as in decay:1000:\(name.text)=..."
      )
    }
    return .unknown(
      .unknownSetting, "setting", name.text, at: name,
      valid: ScheduleSetting.allCases.map(\.rawValue))
  }
}

extension SchedulePhaseDraft {
  /// Reads a phase from its fields.
  init(reading item: ScheduleItem) throws(ScheduleError) {
    let word = item.head.text
    name = item.head
    if let kind = ScheduleAliases.kind(word) {
      self.kind = kind
    } else if let shape = ScheduleAliases.shape(word) {
      kind = .decay
      try setShape(shape, at: item.head)
    } else {
      throw Self.unknownPhase(item.head)
    }
    for field in item.fields { try read(field) }
    guard duration != nil else {
      throw ScheduleError(
        .missingDuration, at: name, "'\(word)' has no duration; write one, as in \(word):1000")
    }
  }

  private static func unknownPhase(_ name: ScheduleToken) -> ScheduleError {
    if ScheduleSetting(rawValue: name.text) != nil {
      return ScheduleError(
        .unknownPhase, at: name,
        "unknown phase '\(name.text)'; a setting is written \(name.text)=..."
      )
    }
    return .unknown(
      .unknownPhase, "phase", name.text, at: name,
      valid: ScheduleAliases.phaseWords + SchedulePreset.words)
  }

  private mutating func read(_ field: ScheduleToken) throws(ScheduleError) {
    if let (key, value) = field.assignment {
      try readKey(key, value, field)
    } else if let shape = ScheduleAliases.shape(field.text) {
      // Before the number: "1-sqrt" begins with a digit.
      try setShape(shape, at: field)
    } else if Self.looksLikeDuration(field.text) {
      guard duration == nil else {
        throw ScheduleError(
          .duplicate, at: field, "'\(name.text)' has a second duration '\(field.text)'; keep one")
      }
      duration = (try ScheduleDuration(reading: field), field)
    } else {
      throw ScheduleError.unknown(
        .unknownShape, "shape", field.text, at: field, valid: ScheduleAliases.shapeWords + ["rest"])
    }
  }

  /// Whether a field is meant as a number of steps, rather than as a misspelt `1-sqrt`.
  static func looksLikeDuration(_ text: String) -> Bool {
    guard text != "rest" else { return true }
    guard let number = ScheduleNumber(text) else { return false }
    return !number.suffix.hasPrefix("-")
  }

  private mutating func setShape(
    _ name: ScheduleShape.Name, at token: ScheduleToken
  ) throws(ScheduleError) {
    guard shape == nil else {
      throw ScheduleError(
        .duplicate, at: token,
        "'\(token.text)' is a second shape in '\(self.name.text)'; keep one")
    }
    let fits =
      switch kind {
      case .warmup: name.isWarmup
      case .decay: name.isDecay
      case .stable: name == .constant
      }
    guard fits else { throw misfit(name, at: token) }
    shape = name
  }

  private func misfit(_ name: ScheduleShape.Name, at token: ScheduleToken) -> ScheduleError {
    let message =
      switch kind {
      case .warmup:
        "'\(name.rawValue)' is no warm-up's shape; a warm-up takes "
          + ScheduleShape.Name.allCases.filter(\.isWarmup).map(\.rawValue).joined(separator: ", ")
      case .decay: "'\(name.rawValue)' is a warm-up's shape; write warmup:1000:\(name.rawValue)"
      case .stable: "a stable phase has no shape; write decay:1000:\(name.rawValue)"
      }
    return ScheduleError(.notApplicable, at: token, message)
  }

  private mutating func readKey(
    _ name: ScheduleToken, _ value: ScheduleToken, _ field: ScheduleToken
  ) throws(ScheduleError) {
    guard let key = ScheduleKey(rawValue: name.text) else {
      throw Self.unknownKey(name)
    }
    guard rates[key] == nil, parameters[key] == nil else {
      throw ScheduleError(
        .duplicate, at: field, "\(name.text)= is given twice in '\(self.name.text)'; keep one")
    }
    if key == .to || key == .at {
      rates[key] = (try value.rate(name.text), field)
    } else {
      parameters[key] = (try value.number(name.text), field)
    }
  }

  private static func unknownKey(_ name: ScheduleToken) -> ScheduleError {
    guard ScheduleSetting(rawValue: name.text) == nil else {
      return ScheduleError(
        .unknownKey, at: name,
        "\(name.text)= is a setting of the whole schedule; separate it by ',' instead of ':'")
    }
    return .unknown(
      .unknownKey, "key", name.text, at: name, valid: ScheduleKey.allCases.map(\.rawValue))
  }
}
