/// An interval that holds the true value with a stated probability, the level.
public struct ConfidenceInterval: Sendable, Hashable {
  /// The estimate.
  public let estimate: Double
  /// The standard error of the estimate, on the scale of the estimate itself.
  public let standardError: Double
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The level, between 0 and 1.
  public let level: Double

  /// Creates an interval from its parts.
  public init(
    estimate: Double, standardError: Double, lower: Double, upper: Double, level: Double
  ) {
    self.estimate = estimate
    self.standardError = standardError
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// The t interval: estimate ± t·SE, or symmetric on another scale.
  ///
  /// - Parameters:
  ///   - estimate: the estimate.
  ///   - standardError: SE, at least 0.
  ///   - degreesOfFreedom: those of t; infinite for normal.
  ///   - level: between 0 and 1.
  ///   - scale: where the interval is symmetric.
  public init(
    estimate: Double, standardError: Double, degreesOfFreedom: Double, level: Double,
    scale: IntervalScale = .linear
  ) {
    let quantile = StudentT(degreesOfFreedom: degreesOfFreedom).twoSidedQuantile(level: level)
    let ends = scale.interval(estimate, halfWidth: quantile * standardError)
    self.init(
      estimate: estimate, standardError: standardError, lower: ends.lower, upper: ends.upper,
      level: level)
  }
}
