/// How the covariance of fitted parameters is estimated.
///
/// With H the bread, M the covariance of the sum of scores sᵢ = ψᵢJᵢ, n rows and f parameters:
///
/// | case | V | what it allows for |
/// |---|---|---|
/// | `naive` | E ψ²/(E ψ′)² · (JᵀJ)⁻¹; s²(JᵀJ)⁻¹ | independent rows of one variance |
/// | `heteroscedastic` | H⁻¹·M·H⁻¹, M = n/(n-f) Σ sᵢsᵢᵀ | variances that differ |
/// | `neweyWest(S)` | M = n/(n-f) Σₖ (1 - \|k\|/S) Σᵢ sᵢsᵢ₋ₖᵀ | and autocorrelation within S rows |
/// | `prewhitenedNeweyWest` | M of a first-order vector autoregression | and beyond |
/// | `autoregressive(q)` | κ · naive, κ from an autoregression of the residuals | one variance; autocorrelation of any length |
/// | `blockBootstrap` | M from resampled blocks | as `neweyWest` |
/// | `cluster` | M = G/(G-1) (n-1)/(n-f) Σ_g S_gS_gᵀ, S_g sums of whole runs | anything within a run |
///
/// Rows of different runs are never paired. M is taken of the orthonormal scores R⁻ᵀsᵢ with
/// RᵀR = JᵀJ, so that bandwidths do not depend on the parameters' units.
///
/// Where H says too little - less than a tenth of the rows, or fewer than ten a parameter, have
/// curvature, or some direction has less than a hundredth of another's - E ψ′ · JᵀJ stands for it;
/// see ``ScoreMoments``. With known standard deviations, `naive` and `autoregressive` take E ψ² and
/// E ψ′ of standard normal residuals: s² is 1, and is not estimated.
///
/// Source: Huber, 1967; White, Econometrica 48 (1980); Newey, West, Econometrica 55 (1987); Andrews,
/// Econometrica 59 (1991); Andrews, Monahan, Econometrica 60 (1992); Liang, Zeger, Biometrika 73
/// (1986) for `cluster`.
public enum CovarianceEstimator: Sendable, Hashable {
  /// Independent rows of one variance.
  case naive
  /// Independent rows; White's estimator with the factor n/(n-f) (HC1).
  case heteroscedastic
  /// Bartlett's kernel.
  case neweyWest(BartlettBandwidth)
  /// Bartlett's kernel with Andrews' bandwidth, prewhitened.
  case prewhitenedNeweyWest
  /// The naive covariance inflated by an autoregression of the residuals, of order 1 or found.
  ///
  /// The residuals' autoregression serves robust losses too: their scores are never more correlated.
  case autoregressive(Autoregression.Order)
  /// Blocks of scores resampled.
  case blockBootstrap(BlockBootstrap)
  /// Whole runs are independent; at least five of them, and more than parameters.
  case cluster

  /// The autoregression whose order is found: the one whose 95 % intervals covered 94 to 97 % in
  /// simulated least-squares fits of 2000 rows with white, first-order autoregressive and mixed noise
  /// (`docs/accuracy.md`).
  public static let recommended = CovarianceEstimator.autoregressive(.automatic)

  /// A short name, such as `newey-west-andrews`.
  public var name: String {
    switch self {
    case .naive: "naive"
    case .heteroscedastic: "heteroscedastic"
    case .neweyWest(.textbook): "newey-west-textbook"
    case .neweyWest(.andrews): "newey-west-andrews"
    case .neweyWest(.lags(let lag)): "newey-west-\(lag)"
    case .prewhitenedNeweyWest: "newey-west-prewhitened"
    case .autoregressive(.automatic): "autoregressive"
    case .autoregressive(.fixed(let order)): "autoregressive-\(order)"
    case .blockBootstrap: "block-bootstrap"
    case .cluster: "cluster"
    }
  }
}
