import Foundation

/// Reads the settings of one format: looks names up, checks values, keeps notes.
struct SettingsReading {
  /// The settings, a table.
  private(set) var settings: Setting
  /// What the caller knows beside the file.
  let facts: TrainingFacts
  /// What was assumed.
  private(set) var notes: [String] = []

  init(settings: Setting, facts: TrainingFacts) {
    self.settings = settings
    self.facts = facts
  }

  /// Adds a note, once.
  mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// Takes apart a setting that is a table written as text, as flags and logs hold it.
  ///
  /// - Throws: `invalid` when it has a value that is no table.
  mutating func readTable(_ name: String) throws(ConfigurationError) {
    guard let (_, setting) = found([name]), setting.members == nil else { return }
    guard let text = setting.text, text.first == "{" else {
      throw wrong(name, setting, "a table such as {\"power\": 2}")
    }
    let table: Setting
    do {
      table = try YAMLText.settings(of: text)
    } catch {
      throw ConfigurationError(
        .invalid, "'\(text.prefix(80))' is no table: \(error.message)", key: name,
        line: setting.line)
    }
    settings.put(table.placed(at: setting.line), at: [name[...]])
  }

  /// The first of some names that has a value.
  func found(_ names: [String]) -> (name: String, setting: Setting)? {
    for name in names {
      guard let setting = settings[name] else { continue }
      if case .scalar = setting, setting.text == nil { continue }
      return (name, setting)
    }
    return nil
  }

  /// Whether one of the names has a value.
  func has(_ names: String...) -> Bool { found(names) != nil }

  /// The word of a setting; nil when it is not there.
  func word(_ names: String...) throws(ConfigurationError) -> String? {
    guard let (name, setting) = found(names) else { return nil }
    guard let text = setting.text else { throw wrong(name, setting, "a word") }
    return text
  }

  /// Whether a setting is switched on; nil when it is not there.
  func flag(_ names: String...) throws(ConfigurationError) -> Bool? {
    guard let (name, setting) = found(names) else { return nil }
    switch setting.text?.lowercased() {
    case "true", "yes", "on", "1": return true
    case "false", "no", "off", "0": return false
    default: throw wrong(name, setting, "true or false")
    }
  }

  /// A finite number; nil when it is not there.
  func number(_ names: String...) throws(ConfigurationError) -> Double? {
    try number(of: names)
  }

  private func number(of names: [String]) throws(ConfigurationError) -> Double? {
    guard let (name, setting) = found(names) else { return nil }
    guard let text = setting.text else { throw wrong(name, setting, "a number") }
    return try Self.number(text, name: name, line: setting.line)
  }

  /// Reads a number as frameworks write it, `1_000` and `3e-4` with it.
  static func number(
    _ text: String, name: String, line: Int?
  ) throws(ConfigurationError) -> Double {
    if text.lowercased() == "auto" {
      throw ConfigurationError(
        .notSupported,
        "'auto' is filled in when the training starts; write the number that was used",
        key: name, line: line)
    }
    if text.contains("$") {
      throw ConfigurationError(
        .invalid,
        "'\(text)' names a variable that the file does not set, or sets to several values; write "
          + "its value",
        key: name, line: line)
    }
    guard let value = Double(text.filter { $0 != "_" }) else {
      throw ConfigurationError(.invalid, "'\(text)' is not a number", key: name, line: line)
    }
    guard value.isFinite else {
      throw ConfigurationError(
        .invalid, "'\(text)' is not a finite number", key: name, line: line)
    }
    return value
  }

  /// A learning rate or a part of one, at least 0; nil when it is not there.
  func rate(_ names: String...) throws(ConfigurationError) -> Double? {
    guard let value = try number(of: names) else { return nil }
    guard value >= 0 else { throw outOfRange(names, "must not be negative", value) }
    return value
  }

  /// The peak learning rate, above 0.
  func peak(_ names: String..., usual: Double? = nil) throws(ConfigurationError) -> Double {
    guard let value = try number(of: names) ?? usual else { throw missing(names) }
    guard value > 0 else { throw outOfRange(names, "must be positive", value) }
    return value
  }

  /// A length in steps, tokens or samples: at least 0 and at most 10^18; nil when it is not there.
  func length(_ names: String...) throws(ConfigurationError) -> Double? {
    try length(of: names)
  }

  func length(of names: [String]) throws(ConfigurationError) -> Double? {
    guard let value = try number(of: names) else { return nil }
    guard value >= 0, value <= 1e18 else {
      throw outOfRange(names, "must be from 0 to 10^18", value)
    }
    return value
  }

  /// A part of the whole, from 0 to 1; nil when it is not there.
  func fraction(_ names: String...) throws(ConfigurationError) -> Double? {
    guard let value = try number(of: names) else { return nil }
    guard (0...1).contains(value) else { throw outOfRange(names, "must be from 0 to 1", value) }
    return value
  }

  /// The error for a setting that is not there.
  func missing(_ names: [String], _ remedy: String? = nil) -> ConfigurationError {
    ConfigurationError(
      .missing, "'\(names.first ?? "")' is missing; \(remedy ?? "add it to the settings")",
      key: names.first)
  }

  /// The error for a word that the format does not have, or that no expression says.
  func unknown(
    _ what: String, _ word: String, key: String, known: [String]
  ) -> ConfigurationError {
    ConfigurationError(
      .notSupported,
      "the \(what) '\(word)' is not known here; known are \(known.joined(separator: ", "))",
      key: key, line: settings[key]?.line)
  }

  /// The error for something that cannot be read into a schedule.
  func unsupported(_ message: String, key: String) -> ConfigurationError {
    ConfigurationError(.notSupported, message, key: key, line: settings[key]?.line)
  }

  private func wrong(_ name: String, _ setting: Setting, _ wanted: String) -> ConfigurationError {
    let kind: String
    switch setting {
    case .scalar(let text, _): kind = "'\(text)'"
    case .list: kind = "a list"
    case .table: kind = "a table"
    case .conflict(let first, let second, _):
      return ConfigurationError(
        .invalid,
        "this is set twice, to '\(first)' and '\(second)'; give the settings of one launch",
        key: name, line: setting.line)
    }
    return ConfigurationError(
      .invalid, "this must be \(wanted), not \(kind)", key: name, line: setting.line)
  }

  private func outOfRange(_ names: [String], _ rule: String, _ value: Double) -> ConfigurationError
  {
    let found = found(names)
    return ConfigurationError(
      .invalid, "\(rule), not \(value)", key: found?.name ?? names.first,
      line: found?.setting.line)
  }
}
