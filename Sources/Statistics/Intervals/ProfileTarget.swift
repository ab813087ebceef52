import LinearAlgebra

/// By how much the cost rises at the ends of a parameter's profile interval, and where to look first.
public struct ProfileTarget: Sendable, Hashable {
  /// ΔF, greater than 0.
  public var costRise: Double
  /// The distance from the estimate at which the search begins, greater than 0.
  public var halfWidth: Double
  /// How the other parameters follow the profiled one, dθ/dθ_j: p values, or empty when not known.
  public var direction: [Double]

  /// Creates a target.
  ///
  /// - Precondition: `costRise` > 0 and `halfWidth` > 0.
  public init(costRise: Double, halfWidth: Double, direction: [Double] = []) {
    precondition(costRise > 0 && halfWidth > 0, "costRise and halfWidth must be positive")
    self.costRise = costRise
    self.halfWidth = halfWidth
    self.direction = direction
  }
}

extension ParameterCovariance {
  /// The target of a profile interval of a level.
  ///
  /// ΔF = t²/2 · V_jj/C_jj, with C the inverse of the cost's mean curvature. For least squares and
  /// independent rows that is t²/2 · s²; autocorrelation and robust losses enter through V. On a
  /// quadratic cost the profile interval is then the t interval.
  ///
  /// - Parameters:
  ///   - parameter: j, an index in θ.
  ///   - level: between 0 and 1.
  ///   - parameterCount: p.
  /// - Returns: nil when the parameter is not free or its standard error is 0.
  public func profileTarget(
    of parameter: Int, level: Double, parameterCount: Int
  )
    -> ProfileTarget?
  {
    guard let position = position(of: parameter) else { return nil }
    let variance = matrix[position, position]
    let inverse = inverseCurvature[position, position]
    guard variance > 0, inverse > 0 else { return nil }
    let quantile = StudentT(degreesOfFreedom: degreesOfFreedom).twoSidedQuantile(level: level)
    var direction = [Double](repeating: 0, count: parameterCount)
    for (index, free) in freeParameters.enumerated() {
      direction[free] = inverseCurvature[index, position] / inverse
    }
    return ProfileTarget(
      costRise: 0.5 * quantile * quantile * variance / inverse,
      halfWidth: quantile * variance.squareRoot(), direction: direction)
  }
}
