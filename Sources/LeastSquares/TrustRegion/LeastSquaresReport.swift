/// Why a fit ended.
public enum Termination: String, Sendable, Hashable, Codable {
  /// The gradient vanished: max_j |gⱼ| / (‖Jⱼ‖ √(2F)) ≤ `gradientTolerance`.
  case gradient
  /// The cost stopped falling: reductions ≤ `relativeCostTolerance` · F; or the polish ended at
  /// rounding, its steps no longer shrinking, or after `maximumPolishSteps`.
  case cost
  /// The step vanished: ‖D s‖ ≤ `relativeStepTolerance` · ‖D θ‖; or the steps of the polish still to
  /// come did, by `polishTolerance`.
  case step
  /// `maximumIterations` were done. The parameters are the best so far.
  case maximumIterations
  /// No finite cost was found in any direction. The parameters are the best so far.
  case stalled
  /// The residuals at the start are not finite. The parameters are the start.
  case startNotFinite

  /// Whether a stopping criterion was met; it does not prove a minimum.
  public var isSuccess: Bool {
    switch self {
    case .gradient, .cost, .step: true
    case .maximumIterations, .stalled, .startNotFinite: false
    }
  }
}

/// What a fit found and how it got there.
public struct LeastSquaresReport: Sendable {
  /// θ, p values.
  public var parameters: [Double]
  /// F = Σ ρ(rᵢ) at `parameters`.
  public var cost: Double
  /// F at the start.
  public var initialCost: Double
  /// Why the fit ended.
  public var termination: Termination
  /// Iterations done, those of the polish not counted.
  public var iterations: Int
  /// Passes over the rows, each with residuals and derivatives.
  public var evaluations: Int
  /// max_j |gⱼ| / (‖Jⱼ‖ √(2F)) over the parameters not held by a bound, at the last parameters that
  /// a pass was made at: the polish takes its last step without one.
  public var gradientNorm: Double
  /// ‖D s‖ of the last accepted step.
  public var stepNorm: Double
  /// The parameters that a bound holds, by index.
  public var parametersAtBounds: [Int]
  /// The parameters that were held fixed, by index.
  public var fixedParameters: [Int]
  /// H where the last pass was made, with rank and condition number.
  public var curvature: Curvature
}
