/// What a series of a log means.
public enum SeriesRole: String, Sendable, Codable, CaseIterable {
  /// Loss of training batches.
  case trainLoss
  /// Loss of held-out data.
  case validationLoss
  /// Learning rate.
  case learningRate
  /// Tokens seen since the start of the run.
  case tokens
  /// Norm of the gradient.
  case gradientNorm
  /// Training examples seen since the start of the run.
  case samples
  /// Passes over the training data, where the step is another column.
  case epoch
  /// Time since some moment, in the log's unit.
  case time
  /// Anything else.
  case other
}

/// What a run's steps count.
public enum StepUnit: String, Sendable, Codable, CaseIterable {
  /// Updates of the weights.
  case steps
  /// Tokens seen.
  case tokens
  /// Examples seen.
  case samples
  /// Passes over the data.
  case epochs
  /// Rows of the log, where nothing else is known.
  case rows
}

/// One column of a run: a name, a meaning, and one value a row.
public struct Series: Sendable, Hashable {
  /// The column's name as the log spells it.
  public var name: String
  /// What the column means.
  public var role: SeriesRole
  /// One value a row of the run; NaN where the log has none.
  public var values: [Double]
  /// What a loss was counted in before it was made nats; meaningless for other roles.
  public var loggedUnit: LossUnit

  /// Creates a series.
  public init(
    name: String, role: SeriesRole, values: [Double], loggedUnit: LossUnit = .nats
  ) {
    self.name = name
    self.role = role
    self.values = values
    self.loggedUnit = loggedUnit
  }
}

/// One training run as its log tells it, after restarts are resolved.
///
/// `steps` is strictly ascending and every series has `steps.count` values. A value that the log
/// does not have is NaN; no value is made up.
public struct Run: Sendable, Hashable {
  /// The run's name: the file's name without its endings unless a manifest names it.
  public var name: String
  /// The path of the file as it was given.
  public var file: String
  /// Updates done, or what `stepUnit` says, strictly ascending.
  public var steps: [Double]
  /// What the steps count.
  public var stepUnit: StepUnit
  /// Losses, learning rate, tokens and what else has a meaning, aligned with `steps`.
  public var series: [Series]
  /// The name of the loss series to fit.
  public var lossName: String
  /// Whether training losses are means over the updates since the row before, as some trainers log
  /// them; nil: the format does not tell.
  public var lossIsWindowMean: Bool?
  /// What the log says of the run besides, as its configuration; empty where it tells of several
  /// runs.
  public var metadata: [Fact]

  /// A fact that is no series.
  public struct Fact: Sendable, Hashable, Codable {
    /// The name as the log spells it, those of groups before it: `config.lr`.
    public var name: String
    /// The value as text.
    public var value: String

    /// Creates a fact.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates a run.
  public init(
    name: String, file: String, steps: [Double], stepUnit: StepUnit = .steps, series: [Series],
    lossName: String, lossIsWindowMean: Bool? = nil, metadata: [Fact] = []
  ) {
    self.name = name
    self.file = file
    self.steps = steps
    self.stepUnit = stepUnit
    self.series = series
    self.lossName = lossName
    self.lossIsWindowMean = lossIsWindowMean
    self.metadata = metadata
  }

  /// Whether a value of a series stands for none: the log has no value there, not even NaN.
  public static func isMissing(_ value: Double) -> Bool { RowTable.isMissing(value) }

  /// The loss to fit, one value a row, NaN where it was not logged.
  public var loss: [Double] {
    series.first { $0.name == lossName }?.values ?? []
  }

  /// The learning rate, one value a row, NaN where it was not logged; nil when there is none.
  public var learningRate: [Double]? { values(of: .learningRate) }

  /// Tokens seen, one value a row, NaN where not logged; nil when there is no such column.
  public var tokens: [Double]? { values(of: .tokens) }

  /// The norm of the gradient, one value a row, NaN where not logged; nil when there is no such
  /// column.
  public var gradientNorm: [Double]? { values(of: .gradientNorm) }

  private func values(of role: SeriesRole) -> [Double]? {
    series.first { $0.role == role }?.values
  }
}
