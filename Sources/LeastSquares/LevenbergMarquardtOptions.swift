/// How ``LevenbergMarquardt`` starts and stops.
///
/// F is the cost, g its gradient, D the column norms of the weighted Jacobian (running maximum), s a
/// step, θ the parameters.
public struct LevenbergMarquardtOptions: Sendable, Hashable {
  /// Stops when max_j |gⱼ| / (Dⱼ √(2F)) ≤ this; the default is 1e-12.
  public var gradientTolerance: Double
  /// Stops when the actual and the predicted reduction of F are ≤ this · F; the default is 1e-15.
  public var relativeCostTolerance: Double
  /// Stops when ‖D s‖ ≤ this · ‖D θ‖; the default is 1e-15.
  public var relativeStepTolerance: Double
  /// Stops without success after this many iterations; the default is 200.
  public var maximumIterations: Int
  /// The first trust radius as a multiple of ‖D θ‖; the default is 1.
  public var initialRadiusFactor: Double

  /// Creates options; each has the default that its documentation states.
  public init(
    gradientTolerance: Double = 1e-12, relativeCostTolerance: Double = 1e-15,
    relativeStepTolerance: Double = 1e-15, maximumIterations: Int = 200,
    initialRadiusFactor: Double = 1
  ) {
    self.gradientTolerance = gradientTolerance
    self.relativeCostTolerance = relativeCostTolerance
    self.relativeStepTolerance = relativeStepTolerance
    self.maximumIterations = maximumIterations
    self.initialRadiusFactor = initialRadiusFactor
  }
}

/// Bounds of one parameter; infinite where there is none.
public struct ParameterBounds: Sendable, Hashable {
  /// The smallest value allowed.
  public var lower: Double
  /// The largest value allowed.
  public var upper: Double

  /// No bounds.
  public static let unbounded = ParameterBounds(lower: -.infinity, upper: .infinity)
  /// At least zero.
  public static let nonNegative = ParameterBounds(lower: 0, upper: .infinity)

  /// Creates bounds; `lower` must not be above `upper`.
  public init(lower: Double, upper: Double) {
    precondition(lower <= upper, "lower is above upper")
    self.lower = lower
    self.upper = upper
  }

  /// The nearest value inside.
  public func clamp(_ value: Double) -> Double { min(max(value, lower), upper) }
}
