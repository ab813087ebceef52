import LinearAlgebra

/// Intervals of parameters and of what is computed from them.
extension ParameterCovariance {
  /// The t interval of a free parameter.
  ///
  /// - Parameters:
  ///   - parameter: the parameter's index in θ.
  ///   - estimate: its value.
  ///   - level: between 0 and 1.
  ///   - scale: where the interval is symmetric.
  /// - Returns: nil when the parameter is not free.
  public func interval(
    of parameter: Int, estimate: Double, level: Double, scale: IntervalScale = .linear
  ) -> ConfidenceInterval? {
    standardError(of: parameter).map {
      ConfidenceInterval(
        estimate: estimate, standardError: $0, degreesOfFreedom: degreesOfFreedom, level: level,
        scale: scale)
    }
  }

  /// The standard error √(gᵀVg) of a quantity with gradient g.
  ///
  /// - Parameter gradient: g, its derivatives by all p parameters; those that are not free do not
  ///   count.
  /// - Returns: the standard error, in the quantity's unit.
  public func standardError(gradient: [Double]) -> Double {
    var variance = 0.0
    for (a, j) in freeParameters.enumerated() {
      for (b, k) in freeParameters.enumerated() {
        variance += gradient[j] * matrix[a, b] * gradient[k]
      }
    }
    return max(variance, 0).squareRoot()
  }

  /// The t interval of a derived quantity by the delta method: its standard error is √(gᵀVg).
  ///
  /// - Parameters:
  ///   - estimate: the quantity at the parameters fitted.
  ///   - gradient: g, its derivatives by all p parameters.
  ///   - level: between 0 and 1.
  ///   - scale: where the interval is symmetric.
  /// - Returns: the interval.
  public func interval(
    estimate: Double, gradient: [Double], level: Double, scale: IntervalScale = .linear
  ) -> ConfidenceInterval {
    ConfidenceInterval(
      estimate: estimate, standardError: standardError(gradient: gradient),
      degreesOfFreedom: degreesOfFreedom, level: level, scale: scale)
  }

  /// The t interval of a derived quantity by the delta method, with derivatives by differences.
  ///
  /// Differences are central, over a thousandth of each standard error or 6e-6 of the parameter,
  /// whichever is more; near a bound of the quantity's domain give a gradient instead.
  ///
  /// - Parameters:
  ///   - parameters: θ, p values, as fitted.
  ///   - level: between 0 and 1.
  ///   - scale: where the interval is symmetric.
  ///   - quantity: the quantity as a function of θ.
  /// - Returns: the interval around `quantity(parameters)`.
  public func interval(
    at parameters: [Double], level: Double, scale: IntervalScale = .linear,
    of quantity: ([Double]) -> Double
  ) -> ConfidenceInterval {
    var gradient = [Double](repeating: 0, count: parameters.count)
    for (parameter, error) in zip(freeParameters, standardErrors) {
      let size = max(1e-3 * error, 6e-6 * abs(parameters[parameter]))
      guard size > 0 else { continue }
      var (above, below) = (parameters, parameters)
      above[parameter] += size
      below[parameter] -= size
      gradient[parameter] =
        (quantity(above) - quantity(below)) / (above[parameter] - below[parameter])
    }
    return interval(
      estimate: quantity(parameters), gradient: gradient, level: level, scale: scale)
  }
}
