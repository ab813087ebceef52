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
  /// What was found in the log before the fit; nil when nothing was.
  public var cleaning: [CleaningFinding]?
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
