/// How ``LevenbergMarquardt`` starts and stops.
///
/// F is the cost, g its gradient, D the column norms of the weighted Jacobian (running maximum), s a
/// step, θ the parameters.
public struct LevenbergMarquardtOptions: Sendable, Hashable {
  /// Stops when max_j |gⱼ| / (‖Jⱼ‖ √(2F)) ≤ this; the default is 1e-15.
  public var gradientTolerance: Double
  /// Stops when the actual and the predicted reduction of F are ≤ this · F, by a step that is
  /// rejected or that the radius does not limit; the default is 1e-15.
  public var relativeCostTolerance: Double
  /// Stops when ‖D s‖ ≤ this · ‖D θ‖; the default is 1e-15.
  public var relativeStepTolerance: Double
  /// Starts the polish when a step that the radius does not limit promises a reduction ≤ this · F;
  /// the default is 1e-9.
  ///
  /// The polish takes undamped steps while ‖D s‖ shrinks and F does not grow by more than 1e-9 · F.
  /// Where they stop shrinking at ‖D s‖ > 1e-7 · ‖D θ‖, the search goes on without it.
  public var polishThreshold: Double
  /// Ends the polish when the steps still to come are estimated at ≤ this · ‖D θ‖ in all; the default
  /// is 5e-13.
  ///
  /// The estimate is ‖D s‖ q/(1-q) with q = ‖D s‖/‖D s′‖ of the last two steps, times the share that
  /// lengthening the step does not remove: the sine of their angle or the change of q, at least 0.1.
  public var polishTolerance: Double
  /// At most this many steps of the polish; the default is 100.
  public var maximumPolishSteps: Int
  /// Stops without success after this many iterations; the default is 2000.
  public var maximumIterations: Int
  /// The first trust radius as a multiple of ‖D θ‖; the default is 1.
  public var initialRadiusFactor: Double

  /// Creates options; each has the default that its documentation states.
  public init(
    gradientTolerance: Double = 1e-15, relativeCostTolerance: Double = 1e-15,
    relativeStepTolerance: Double = 1e-15, polishThreshold: Double = 1e-9,
    polishTolerance: Double = 5e-13, maximumPolishSteps: Int = 100, maximumIterations: Int = 2000,
    initialRadiusFactor: Double = 1
  ) {
    self.gradientTolerance = gradientTolerance
    self.relativeCostTolerance = relativeCostTolerance
    self.relativeStepTolerance = relativeStepTolerance
    self.polishThreshold = polishThreshold
    self.polishTolerance = polishTolerance
    self.maximumPolishSteps = maximumPolishSteps
    self.maximumIterations = maximumIterations
    self.initialRadiusFactor = initialRadiusFactor
  }
}
