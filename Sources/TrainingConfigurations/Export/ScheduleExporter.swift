public import Schedules

/// A schedule written in a format.
public struct ExportedSchedule: Sendable, Hashable {
  /// The text.
  public let text: String
  /// What the reader of the text should know.
  public let notes: [String]
}

/// Writes schedules as configurations of training frameworks.
///
/// Settings are written only where the framework's schedule has the same rates: what is written is
/// read again by `ScheduleImporter` and compared.
public struct ScheduleExporter: Sendable {
  /// Every how many steps a table has a row, at least 1.
  public var every: Int

  /// The most rows that a table may have.
  static let rowLimit = 10_000_000

  /// What to do where a format's settings do not say the schedule.
  static let remedy = "write 'pytorch' (a LambdaLR), 'optax' or 'csv' instead"

  /// Creates an exporter.
  public init(every: Int = 1) { self.every = every }

  /// Writes a schedule.
  ///
  /// - Throws: `notExpressible` when the format's settings cannot say it, with the phase at fault;
  ///   `missing` when it has no length and the format needs one.
  public func export(
    _ schedule: Schedule, as format: ConfigurationFormat
  ) throws(ConfigurationError) -> ExportedSchedule {
    switch format {
    case .expression: return ExportedSchedule(text: "\(schedule)\n", notes: [])
    case .csv: return try table(schedule)
    case .pytorch:
      return ExportedSchedule(
        text: PyTorchExport.code(for: schedule),
        notes: ["make the optimizer with lr=PEAK and step the scheduler once after every update"])
    case .optax:
      let code = OptaxExport.code(for: schedule)
      let notes = code.isNamed ? [] : ["some phases are functions, which cannot be read back"]
      return ExportedSchedule(text: code.text, notes: notes)
    default: return try settings(schedule, format)
    }
  }

  private func settings(
    _ schedule: Schedule, _ format: ConfigurationFormat
  ) throws(ConfigurationError) -> ExportedSchedule {
    guard format.isWritten else {
      throw ConfigurationError(
        .notExpressible, "'\(format.rawValue)' is read, not written; \(Self.remedy)")
    }
    let shape = try Trapezoid(schedule, format: format)
    let candidates = SettingsExport.candidates(for: shape, format)
    // Without a candidate it is the decay that the format does not know.
    var firstDifference = candidates.isEmpty ? shape.firstDecayUpdate : 0
    for text in candidates {
      let importer = ScheduleImporter(facts: TrainingFacts(totalSteps: schedule.totalSteps))
      guard let read = try? importer.schedule(from: text, format: format) else { continue }
      guard let update = schedule.firstDifference(to: read.schedule) else {
        return ExportedSchedule(text: text, notes: [])
      }
      firstDifference = max(firstDifference, update)
    }
    throw ConfigurationError(
      .notExpressible,
      "the settings of '\(format.rawValue)' cannot say this schedule: its rates differ from update "
        + "\(firstDifference) on, in \(schedule.phaseText(at: firstDifference)); \(Self.remedy)")
  }

  private func table(_ schedule: Schedule) throws(ConfigurationError) -> ExportedSchedule {
    guard let total = schedule.totalSteps else {
      throw ConfigurationError(
        .missing, "the schedule has no end; give it a length, as in total=1000,stable:rest")
    }
    guard every >= 1, total / every <= Self.rowLimit else {
      throw ConfigurationError(
        .invalid, "a table may have \(Self.rowLimit) rows; write fewer with --every", key: "every")
    }
    var text = "step,learning_rate\n"
    for step in stride(from: 0, to: total, by: every) {
      text += "\(step),\(schedule.learningRate(at: step))\n"
    }
    if (total - 1) % every != 0 {
      text += "\(total - 1),\(schedule.learningRate(at: total - 1))\n"
    }
    return ExportedSchedule(text: text, notes: [])
  }
}
