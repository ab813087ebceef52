/// What is known of a parameter before the fit: one more residual (θⱼ - mean)/σ, with the loss ½r².
///
/// Its unit is a standard deviation of a residual of loss ½r², so that priors and data are only in
/// proportion when residuals are in units of their noise (see ``ResidualWeights``), or σ is given
/// in these units.
public struct ParameterPrior: Sendable, Hashable {
  /// The parameter's index j.
  public var parameter: Int
  /// The value expected.
  public var mean: Double
  /// The standard deviation σ > 0 around it.
  public var standardDeviation: Double

  /// Creates a prior.
  ///
  /// - Precondition: `standardDeviation > 0`.
  public init(parameter: Int, mean: Double, standardDeviation: Double) {
    precondition(standardDeviation > 0, "standardDeviation must be positive")
    self.parameter = parameter
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}
