/// What a caller knows of a training run beside its configuration; each stands before the file's.
public struct TrainingFacts: Sendable, Hashable {
  /// The number of updates.
  public var totalSteps: Int?
  /// Samples an update.
  public var batchSize: Double?
  /// Tokens an update.
  public var tokensPerBatch: Double?
  /// Updates an epoch.
  public var stepsPerEpoch: Double?

  /// Creates facts, each positive and finite; nil is unknown.
  public init(
    totalSteps: Int? = nil, batchSize: Double? = nil, tokensPerBatch: Double? = nil,
    stepsPerEpoch: Double? = nil
  ) {
    self.totalSteps = totalSteps
    self.batchSize = batchSize
    self.tokensPerBatch = tokensPerBatch
    self.stepsPerEpoch = stepsPerEpoch
  }

  /// The first fact that is no positive finite number.
  var fault: ConfigurationError? {
    let values: [(String, Double?)] = [
      ("total", totalSteps.map(Double.init)), ("batch-size", batchSize),
      ("tokens-per-batch", tokensPerBatch), ("steps-per-epoch", stepsPerEpoch),
    ]
    for case (let name, let value?) in values where !(value > 0 && value.isFinite) {
      return ConfigurationError(
        .invalid, "--\(name) must be a positive number, not \(value)", key: name)
    }
    return nil
  }
}
