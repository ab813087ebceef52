/// What is known of the residuals' precision, and so what a covariance means.
///
/// | case | cost | scale of the covariance |
/// |---|---|---|
/// | `equal` | Σ ρ(rᵢ) | estimated from the residuals |
/// | `standardDeviations(σ)` | Σ ρ(rᵢ/σᵢ) | 1: the σᵢ are known in the residuals' unit |
/// | `relative(w)` | Σ ρ(√wᵢ rᵢ) | estimated: only ratios of the wᵢ matter |
/// | `frequencies(m)` | Σ mᵢ ρ(rᵢ) | estimated; row i stands for mᵢ equal rows |
public enum ResidualWeights: Sendable, Hashable {
  /// All residuals are equally precise.
  case equal
  /// Known standard deviations σᵢ > 0, n values.
  case standardDeviations([Double])
  /// Weights wᵢ ≥ 0 inversely proportional to the variances, n values.
  case relative([Double])
  /// How many rows each row stands for, mᵢ ≥ 0, n values.
  case frequencies([Double])

  /// What the residuals and derivatives are multiplied by; nil for 1.
  package var rowScales: [Double]? {
    switch self {
    case .equal, .frequencies: nil
    case .standardDeviations(let deviations): deviations.map { 1 / $0 }
    case .relative(let weights): weights.map { $0.squareRoot() }
    }
  }

  /// What the loss of each row is multiplied by; nil for 1.
  package var multiplicities: [Double]? {
    if case .frequencies(let counts) = self { counts } else { nil }
  }

  /// The number of rows that the cost stands for: Σ mᵢ, or n.
  public func effectiveRowCount(of rowCount: Int) -> Double {
    multiplicities?.reduce(0, +) ?? Double(rowCount)
  }

  /// Whether the covariance's scale is known rather than estimated.
  public var scaleIsKnown: Bool {
    if case .standardDeviations = self { true } else { false }
  }

  func check(rowCount: Int) {
    switch self {
    case .equal: break
    case .standardDeviations(let values):
      precondition(values.count == rowCount, "weights: one standard deviation a residual")
      precondition(values.allSatisfy { $0 > 0 }, "weights: standard deviations must be positive")
    case .relative(let values), .frequencies(let values):
      precondition(values.count == rowCount, "weights: one a residual")
      precondition(values.allSatisfy { $0 >= 0 }, "weights must not be negative")
    }
  }
}
