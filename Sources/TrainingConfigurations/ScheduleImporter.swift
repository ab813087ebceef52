public import Schedules

/// A schedule that was read from a configuration.
public struct ImportedSchedule: Sendable, Hashable {
  /// The schedule.
  public let schedule: Schedule
  /// The format that it was read from.
  public let format: ConfigurationFormat
  /// What was assumed: values that the framework takes itself, roundings, conventions.
  public let notes: [String]
}

/// Reads schedules from the configurations of training frameworks.
public struct ScheduleImporter: Sendable {
  /// What the caller knows beside the configuration.
  public var facts: TrainingFacts

  /// Creates an importer.
  public init(facts: TrainingFacts = TrainingFacts()) { self.facts = facts }

  /// Reads a schedule.
  ///
  /// - Parameters:
  ///   - text: the configuration.
  ///   - file: the file's name, for messages.
  ///   - format: the format; nil to tell it from the content.
  /// - Returns: the schedule, with what was assumed.
  /// - Throws: what cannot be read, with file, line and setting where they are known.
  public func schedule(
    from text: String, file: String? = nil, format: ConfigurationFormat? = nil
  ) throws(ConfigurationError) -> ImportedSchedule {
    do throws(ConfigurationError) {
      if let fault = facts.fault { throw fault }
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw ConfigurationError(.unreadable, "the text is empty")
      }
      return try imported(text, format)
    } catch {
      throw error.located(in: file)
    }
  }

  private func imported(
    _ text: String, _ wanted: ConfigurationFormat?
  ) throws(ConfigurationError) -> ImportedSchedule {
    let isTable = wanted == .csv || (wanted == nil && TableImport.recognises(text))
    let limit = isTable ? TableImport.sizeLimit : ConfigurationSyntax.sizeLimit
    guard text.utf8.count <= limit else {
      throw ConfigurationError(.unreadable, "the text is larger than \(limit / 1_000_000) MB")
    }
    switch wanted {
    case .expression: return try expression(text)
    case .csv: return try table(text)
    case .optax, .pytorch: return try program(text, wanted ?? .optax)
    case let format?: return try settings(try Self.settings(of: text), format)
    case nil: break
    }
    if Self.looksLikeExpression(text) { return try expression(text) }
    if isTable { return try table(text) }
    if let format = Self.programFormat(of: text) { return try program(text, format) }
    if text.contains("LambdaLR(") {
      throw ConfigurationError(
        .notSupported,
        "the code of a function cannot be read; convert its values as a table of "
          + "step,learning_rate")
    }
    let settings = try Self.settings(of: text)
    return try self.settings(settings, Self.format(of: settings))
  }

  private static func looksLikeExpression(_ text: String) -> Bool {
    let trimmed = text.drop { $0.isWhitespace }
    guard !trimmed.hasPrefix("peak=") else { return true }
    guard !trimmed.dropLast(1).contains(where: \.isNewline) else { return false }
    if trimmed.contains("peak=") { return true }
    // A long line of flags is not worth a try.
    return trimmed.utf8.count <= 10_000 && (try? Schedule(parsing: text)) != nil
  }

  private static func programFormat(of text: String) -> ConfigurationFormat? {
    if OptaxImport.functions.keys.contains(where: { text.contains("\($0)(") }) { return .optax }
    if PyTorchImport.calls.keys.contains(where: { text.contains("\($0)(") }) { return .pytorch }
    return nil
  }

  /// The settings of a text in whatever syntax it is written.
  private static func settings(of text: String) throws(ConfigurationError) -> Setting {
    let settings =
      switch ConfigurationSyntax(of: text) {
      case .yaml: try YAMLText.settings(of: text)
      case .toml: try TOMLText.settings(of: text)
      case .flags: FlagText.settings(of: text)
      case .python: PythonProgram(text).settings
      }
    return settings.unwrapped
  }

  /// The format that most telling settings are there for; the first of equal ones.
  private static func format(of settings: Setting) throws(ConfigurationError) -> ConfigurationFormat
  {
    let reading = SettingsReading(settings: settings, facts: TrainingFacts())
    let readers = ConfigurationFormat.allCases.compactMap { format in
      format.settingsImport.map { (format: format, reader: $0) }
    }
    let complete = readers.filter { entry in
      entry.reader.requiredSettings.isEmpty || reading.found(entry.reader.requiredSettings) != nil
    }
    var best: (format: ConfigurationFormat, count: Int)?
    for (format, reader) in complete + readers {
      let count = reader.tellingSettings.count { reading.has($0) }
      // A format without what it always has is the last resort.
      let isComplete = complete.contains { $0.format == format }
      let weight = isComplete ? count : min(count, 1)
      if weight > best?.count ?? 0 { best = (format, weight) }
    }
    guard let best else {
      throw ConfigurationError(
        .unknownFormat,
        "no format's settings of a schedule stand here; say which it is with --from, one of "
          + ConfigurationFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return best.format
  }

  private func settings(
    _ settings: Setting, _ format: ConfigurationFormat
  ) throws(ConfigurationError) -> ImportedSchedule {
    guard let reader = format.settingsImport else {
      throw ConfigurationError(.unknownFormat, "'\(format.rawValue)' has no settings")
    }
    var reading = SettingsReading(settings: settings, facts: facts)
    let sketch = try reader.sketch(from: &reading)
    return ImportedSchedule(
      schedule: try sketch.schedule(), format: format, notes: reading.notes)
  }

  private func expression(_ text: String) throws(ConfigurationError) -> ImportedSchedule {
    do {
      let trimmed = text.split(whereSeparator: \.isNewline).joined()
      return ImportedSchedule(
        schedule: try Schedule(parsing: trimmed), format: .expression, notes: [])
    } catch {
      throw ConfigurationError(.invalid, error.message)
    }
  }

  private func table(_ text: String) throws(ConfigurationError) -> ImportedSchedule {
    var notes: [String] = []
    let sketch = try TableImport.sketch(of: text, notes: &notes)
    return ImportedSchedule(schedule: try sketch.schedule(), format: .csv, notes: notes)
  }

  private func program(
    _ text: String, _ format: ConfigurationFormat
  ) throws(ConfigurationError) -> ImportedSchedule {
    let program = PythonProgram(text)
    var notes: [String] = []
    let timeline: RateTimeline
    if format == .pytorch {
      timeline = try PyTorchImport.timeline(
        of: program, total: facts.totalSteps, notes: &notes)
    } else {
      guard let value = program.lastCall(Set(OptaxImport.functions.keys)) else {
        throw ConfigurationError(
          .unreadable, "no call of an optax schedule could be read here")
      }
      timeline = try OptaxImport.timeline(of: value)
    }
    let sketch = try timeline.sketch(total: facts.totalSteps)
    return ImportedSchedule(schedule: try sketch.schedule(), format: format, notes: notes)
  }
}
