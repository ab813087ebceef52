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
  /// How far the laws differ that a back-test does not tell apart; nil without such laws.
  ///
  /// The root mean squared difference of their log losses from the predicted one, contained in the
  /// intervals; for least squares of the losses themselves.
  public var lawSpread: [Double]?

  private enum CodingKeys: String, CodingKey {
    case steps = "step"
    case predicted, lower, upper, lawSpread
  }

  /// Creates a curve.
  public init(
    steps: [Double], predicted: [Double], lower: [Double], upper: [Double],
    lawSpread: [Double]? = nil
  ) {
    self.steps = steps
    self.predicted = predicted
    self.lower = lower
    self.upper = upper
    self.lawSpread = lawSpread
  }

  /// Encodes the curve, every key of which holds numbers: `lawSpread` is left out when it is nil.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(steps, forKey: .steps)
    try container.encode(predicted, forKey: .predicted)
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
    if let lawSpread { try container.encode(lawSpread, forKey: .lawSpread) }
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
