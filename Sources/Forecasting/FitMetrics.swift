/// How well predicted losses agree with observed ones.
///
/// With L observed, P predicted and n rows: `r2` is 1 - Σ(P-L)² / Σ(L-mean L)², `mae` is
/// Σ|P-L|/n, `rmse` is √(Σ(P-L)²/n), `meanRelativeError` is Σ(|P-L|/L)/n (PredE of Luo et al.,
/// arXiv 2503.12811), `worstRelativeError` the largest |P-L|/L (their WorstE), `bias` is Σ(P-L)/n.
public struct FitMetrics: Sendable, Hashable, Codable {
  /// The share of observed losses inside their intervals.
  public struct Coverage: Sendable, Hashable, Codable {
    /// The intervals' nominal level.
    public var level: Double
    /// The share of rows inside.
    public var fraction: Double

    /// Creates a coverage.
    public init(level: Double, fraction: Double) {
      self.level = level
      self.fraction = fraction
    }
  }

  /// Share of the variance explained; nil when all observed losses are equal.
  public var r2: Double?
  /// Mean absolute error, nats.
  public var mae: Double
  /// Root mean squared error, nats.
  public var rmse: Double
  /// Mean of |P-L|/L.
  public var meanRelativeError: Double
  /// Largest |P-L|/L.
  public var worstRelativeError: Double
  /// Mean of P-L, nats.
  public var bias: Double
  /// How many observed losses lie inside their intervals; nil without intervals.
  public var coverage: Coverage?

  /// Creates metrics.
  public init(
    r2: Double?, mae: Double, rmse: Double, meanRelativeError: Double, worstRelativeError: Double,
    bias: Double, coverage: Coverage? = nil
  ) {
    self.r2 = r2
    self.mae = mae
    self.rmse = rmse
    self.meanRelativeError = meanRelativeError
    self.worstRelativeError = worstRelativeError
    self.bias = bias
    self.coverage = coverage
  }
}
