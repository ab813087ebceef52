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

/// A loss at a step.
public struct LossAtStep: Sendable, Hashable, Codable {
  /// Updates done.
  public var step: Double
  /// The loss, nats.
  public var loss: Double

  /// Creates a point.
  public init(step: Double, loss: Double) {
    self.step = step
    self.loss = loss
  }
}

/// A curve over steps with intervals; every array has as many values as `steps`.
public struct PredictedCurve: Sendable, Hashable, Codable {
  /// Updates done, ascending.
  public var steps: [Double]
  /// Predicted losses, nats.
  public var predicted: [Double]
  /// Lower ends of the intervals.
  public var lower: [Double]
  /// Upper ends of the intervals.
  public var upper: [Double]

  private enum CodingKeys: String, CodingKey {
    case steps = "step"
    case predicted, lower, upper
  }

  /// Creates a curve.
  public init(steps: [Double], predicted: [Double], lower: [Double], upper: [Double]) {
    self.steps = steps
    self.predicted = predicted
    self.lower = lower
    self.upper = upper
  }
}

/// A curve over steps; both arrays have the same length and finite values only.
public struct ObservedCurve: Sendable, Hashable, Codable {
  /// Updates done, ascending.
  public var steps: [Double]
  /// The value at each step.
  public var values: [Double]

  private enum CodingKeys: String, CodingKey {
    case steps = "step"
    case values = "value"
  }

  /// Creates a curve.
  public init(steps: [Double], values: [Double]) {
    self.steps = steps
    self.values = values
  }
}

/// One run of a report.
public struct RunReport: Sendable, Codable {
  /// The run's name.
  public var name: String
  /// The file it was read from.
  public var file: String
  /// The group that a manifest puts it in.
  public var group: String?
  /// The loss column shown and fitted.
  public var lossName: String
  /// Where the learning rate comes from, in words or as a schedule expression; nil: there is none.
  public var schedule: String?
  /// Rows with a finite loss.
  public var rows: Int
  /// The last finite loss.
  public var finalLoss: LossAtStep
  /// The lowest finite loss.
  public var bestLoss: LossAtStep
  /// Tokens seen at the end; nil when not logged.
  public var tokens: Double?
  /// The fitted law's name; nil when the run could not be fitted.
  public var law: String?
  /// The fitted law's parameters.
  public var parameters: [FittedParameter]
  /// The fit's error on the rows fitted; nil when the run could not be fitted.
  public var metrics: FitMetrics?
  /// The observed losses, thinned to what a chart can show.
  public var observed: ObservedCurve
  /// The fitted curve with intervals; nil when the run could not be fitted.
  public var fitted: PredictedCurve?
  /// The learning rate; nil when there is none.
  public var learningRate: ObservedCurve?
  /// Remarks: what was wrong with the log, what the fit cannot say, each with its remedy.
  public var warnings: [String]
  /// Further columns of the manifest, in its order.
  public var metadata: [Field]

  /// A named text.
  public struct Field: Sendable, Hashable, Codable {
    /// The manifest's column.
    public var name: String
    /// The cell.
    public var value: String

    /// Creates a field.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates a run's report.
  public init(
    name: String, file: String, group: String?, lossName: String, schedule: String?, rows: Int,
    finalLoss: LossAtStep, bestLoss: LossAtStep, tokens: Double?, law: String?,
    parameters: [FittedParameter], metrics: FitMetrics?, observed: ObservedCurve,
    fitted: PredictedCurve?, learningRate: ObservedCurve?, warnings: [String], metadata: [Field]
  ) {
    self.name = name
    self.file = file
    self.group = group
    self.lossName = lossName
    self.schedule = schedule
    self.rows = rows
    self.finalLoss = finalLoss
    self.bestLoss = bestLoss
    self.tokens = tokens
    self.law = law
    self.parameters = parameters
    self.metrics = metrics
    self.observed = observed
    self.fitted = fitted
    self.learningRate = learningRate
    self.warnings = warnings
    self.metadata = metadata
  }
}

/// The forecast of a proposed schedule from a law fitted jointly to a group of runs.
public struct ScheduleForecast: Sendable, Codable {
  /// The schedule as an expression.
  public var schedule: String
  /// The group of runs; nil when the runs have no groups.
  public var group: String?
  /// The runs that the law was fitted to.
  public var fittedRuns: [String]
  /// The law's name.
  public var law: String
  /// The law's parameters.
  public var parameters: [FittedParameter]
  /// The forecast; nil when it is refused.
  public var curve: PredictedCurve?
  /// The learning rate of the schedule.
  public var learningRate: ObservedCurve
  /// Why the forecast is refused; nil when it is given.
  public var refusal: String?
  /// Remarks on the fit and the forecast.
  public var warnings: [String]

  /// Creates a forecast.
  public init(
    schedule: String, group: String?, fittedRuns: [String], law: String,
    parameters: [FittedParameter], curve: PredictedCurve?, learningRate: ObservedCurve,
    refusal: String?, warnings: [String]
  ) {
    self.schedule = schedule
    self.group = group
    self.fittedRuns = fittedRuns
    self.law = law
    self.parameters = parameters
    self.curve = curve
    self.learningRate = learningRate
    self.refusal = refusal
    self.warnings = warnings
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
