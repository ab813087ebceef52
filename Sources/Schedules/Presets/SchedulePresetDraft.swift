/// A preset as written: names known, values not yet worked out.
struct SchedulePresetDraft {
  var name: ScheduleToken
  var preset: SchedulePreset
  var duration: (value: ScheduleDuration, token: ScheduleToken)?
  /// The values of the preset's own keys.
  var values: [String: ScheduleToken] = [:]
  /// The shape of its decay and that shape's parameters.
  var shape: (name: ScheduleShape.Name, token: ScheduleToken)?
  var shapeParameters: [ScheduleKey: (value: Double, token: ScheduleToken)] = [:]

  /// Reads a preset from its fields.
  init(_ preset: SchedulePreset, reading item: ScheduleItem) throws(ScheduleError) {
    self.preset = preset
    name = item.head
    for field in item.fields { try read(field) }
  }

  private mutating func read(_ field: ScheduleToken) throws(ScheduleError) {
    if let (key, value) = field.assignment {
      try readKey(key, value, field)
    } else if let word = ScheduleAliases.shape(field.text) {
      try readShape(word, field)
    } else if SchedulePhaseDraft.looksLikeDuration(field.text) {
      guard duration == nil else {
        throw ScheduleError(
          .duplicate, at: field, "'\(name.text)' has a second duration '\(field.text)'; keep one")
      }
      duration = (try ScheduleDuration(reading: field), field)
    } else {
      throw ScheduleError.unknown(
        .unknownKey, "field", field.text, at: field,
        valid: keyNames.map { "\($0)=" }
          + (preset.usualShape == nil ? [] : ScheduleAliases.shapeWords) + ["rest"])
    }
  }

  private mutating func readShape(
    _ word: ScheduleShape.Name, _ field: ScheduleToken
  ) throws(ScheduleError) {
    guard preset.usualShape != nil else {
      throw ScheduleError(
        .notApplicable, at: field, "the shape of '\(name.text)' is its own; leave it out")
    }
    guard shape == nil else {
      throw ScheduleError(
        .duplicate, at: field, "'\(field.text)' is a second shape in '\(name.text)'; keep one")
    }
    guard word.isDecay else {
      throw ScheduleError(
        .notApplicable, at: field,
        "'\(word.rawValue)' is a warm-up's shape; '\(name.text)' takes the shape of its decay")
    }
    shape = (word, field)
  }

  private mutating func readKey(
    _ key: ScheduleToken, _ value: ScheduleToken, _ field: ScheduleToken
  ) throws(ScheduleError) {
    let shapeKey = preset.usualShape == nil ? nil : ScheduleKey(rawValue: key.text)
    if preset.parameters.contains(where: { $0.name == key.text }) {
      guard values[key.text] == nil else { throw twice(key, field) }
      values[key.text] = value
    } else if let shapeKey, !shapeKey.shapes.isEmpty {
      guard shapeParameters[shapeKey] == nil else { throw twice(key, field) }
      shapeParameters[shapeKey] = (try value.number(key.text), field)
    } else if ScheduleSetting(rawValue: key.text) != nil {
      throw ScheduleError(
        .unknownKey, at: key,
        "\(key.text)= is a setting of the whole schedule; separate it by ',' instead of ':'")
    } else {
      throw ScheduleError.unknown(
        .unknownKey, "key of '\(name.text)':", key.text, at: key, valid: keyNames)
    }
  }

  private func twice(_ key: ScheduleToken, _ field: ScheduleToken) -> ScheduleError {
    ScheduleError(
      .duplicate, at: field, "\(key.text)= is given twice in '\(name.text)'; keep one")
  }

  /// The keys that the preset takes.
  private var keyNames: [String] {
    let own = preset.parameters.map(\.name)
    guard preset.usualShape != nil else { return own }
    return own + ScheduleKey.allCases.filter { !$0.shapes.isEmpty }.map(\.rawValue)
  }
}
