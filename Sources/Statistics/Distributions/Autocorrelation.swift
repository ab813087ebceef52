/// First-order autocorrelation of residuals that come in order, run after run.
public struct Autocorrelation: Sendable, Hashable {
  /// ρ₁, in [0, 0.99].
  public let lagOne: Double

  /// By how much autocorrelation inflates the variance of a mean: (1 + ρ₁)/(1 - ρ₁).
  public var varianceInflation: Double { (1 + lagOne) / (1 - lagOne) }

  /// Estimates ρ₁ = Σ rₜ rₜ₋₁ / Σ rₜ² over neighbours of the same run.
  ///
  /// Residuals beyond five robust standard deviations are pulled in to them. The mean is not taken
  /// out: a run that lies off its law as a whole is correlated with itself, and should count so.
  ///
  /// - Parameters:
  ///   - residuals: in the order of the steps.
  ///   - runs: the ranges of indices that belong to one run each.
  public init(_ residuals: [Double], runs: [Range<Int>]) {
    let limit = 5 * RobustScale.standardDeviation(residuals)
    let clipped = residuals.map { min(max($0, -limit), limit) }
    var products = 0.0
    var squares = 0.0
    for run in runs {
      for index in run.dropFirst() {
        products += clipped[index] * clipped[index - 1]
        squares += 0.5 * (clipped[index] * clipped[index] + clipped[index - 1] * clipped[index - 1])
      }
    }
    lagOne = squares > 0 ? min(max(products / squares, 0), 0.99) : 0
  }
}
