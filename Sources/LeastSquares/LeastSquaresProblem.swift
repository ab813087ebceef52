public import LinearAlgebra

/// A vector of residuals that depends on parameters, with its Jacobian.
///
/// Residuals may come out NaN or infinite: the solver then rejects the step. A type may keep
/// working space, hence `mutating`.
public protocol LeastSquaresProblem {
  /// p, the number of parameters.
  var parameterCount: Int { get }
  /// n, the number of residuals.
  var residualCount: Int { get }

  /// Computes the residuals.
  ///
  /// - Parameters:
  ///   - parameters: θ, p values.
  ///   - residuals: r(θ), n values, overwritten.
  mutating func evaluate(_ parameters: [Double], residuals: inout [Double])

  /// Computes the residuals and their derivatives.
  ///
  /// - Parameters:
  ///   - parameters: θ, p values.
  ///   - residuals: r(θ), n values, overwritten.
  ///   - jacobian: ∂rᵢ/∂θⱼ, n × p, column-major, overwritten.
  mutating func linearize(
    _ parameters: [Double], residuals: inout [Double], jacobian: inout Matrix)
}
