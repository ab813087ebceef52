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
  /// How the law was chosen; nil when it was given.
  public var selection: LawRanking?

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
