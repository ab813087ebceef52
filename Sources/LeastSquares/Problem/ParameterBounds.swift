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

  /// Whether a parameter stands at a bound and the cost falls only beyond it.
  ///
  /// - Parameters:
  ///   - value: the parameter, inside the bounds.
  ///   - gradient: the cost's derivative by it.
  /// - Returns: whether it cannot move to lower the cost.
  func holds(_ value: Double, gradient: Double) -> Bool {
    (value <= lower && gradient > 0) || (value >= upper && gradient < 0)
  }
}
