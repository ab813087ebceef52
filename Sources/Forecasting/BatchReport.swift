/// Everything that a report across runs shows; the report formats are functions of this alone.
public struct BatchReport: Sendable, Codable {
  /// The report's title.
  public var title: String
  /// The runs, best final loss first; those without a usable loss are in `failures`.
  public var runs: [RunReport]
  /// Forecasts of proposed schedules, one for each group of runs and schedule.
  public var forecasts: [ScheduleForecast]
  /// Inputs that could not be used, and why.
  public var failures: [FailedInput]
  /// The level of every interval in the report, as in 0.9.
  public var level: Double

  /// Creates a report.
  public init(
    title: String, runs: [RunReport], forecasts: [ScheduleForecast], failures: [FailedInput],
    level: Double
  ) {
    self.title = title
    self.runs = runs
    self.forecasts = forecasts
    self.failures = failures
    self.level = level
  }
}

/// An input that could not be used.
public struct FailedInput: Sendable, Hashable, Codable {
  /// The file or directory.
  public var file: String
  /// Why, and what to do.
  public var reason: String

  /// Creates a failure.
  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }
}
