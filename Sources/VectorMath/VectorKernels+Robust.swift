internal import CVectorMath

/// A kind of robust loss ρ(r) with a width d; every kind is ½r² near 0.
///
/// | case | ρ(r) | ψ/r, ψ = ρ′ | ρ″ |
/// |---|---|---|---|
/// | `huber` | ½r² if \|r\| ≤ d, else d(\|r\| - d/2) | 1 or d/\|r\| | 1 or 0 |
/// | `softL1`, z = (r/d)² | d²(√(1+z) - 1) | (1+z)^-½ | (1+z)^-³ᐟ² |
/// | `cauchy`, z = (r/d)² | ½d²·log(1+z) | (1+z)⁻¹ | (1-z)(1+z)⁻² |
///
/// Source: Huber, Ann. Math. Statist. 35 (1964); soft L1 and Cauchy as in Ceres Solver and SciPy.
public enum RobustKind: Int32, Sendable {
  /// Quadratic up to the width, linear beyond.
  case huber
  /// A smooth loss that turns from quadratic to linear around the width.
  case softL1
  /// A loss that grows as the logarithm beyond the width; its ψ falls again.
  case cauchy
}

extension VectorKernels {
  /// Scores, weights and curvatures of a robust loss at residuals r, each times a multiplicity m.
  ///
  /// - Parameters:
  ///   - kind: the loss ρ.
  ///   - width: its width d, positive.
  ///   - residuals: r, n values.
  ///   - multiplicities: m, n values; nil is 1.
  ///   - scores: receives m·ρ′(r), n values.
  ///   - weights: receives m·ρ′(r)/r, n values.
  ///   - curvatures: receives m·ρ″(r), n values.
  /// - Returns: the cost Σ m·ρ(r), NaN when a residual is; and Σ max(ρ″(r), 0), where every residual
  ///   counts once whatever its multiplicity.
  public func robust(
    _ kind: RobustKind, width: Double, residuals: UnsafeBufferPointer<Double>,
    multiplicities: UnsafeBufferPointer<Double>?, scores: UnsafeMutableBufferPointer<Double>,
    weights: UnsafeMutableBufferPointer<Double>, curvatures: UnsafeMutableBufferPointer<Double>
  ) -> (cost: Double, curvatureSum: Double) {
    let count = residuals.count
    precondition(
      scores.count == count && weights.count == count && curvatures.count == count,
      "an output's length is not residuals.count")
    check(multiplicities, count: count, width: width)
    let sums = vector_math_robust(
      level, count, kind.rawValue, width, residuals.baseAddress, multiplicities?.baseAddress,
      scores.baseAddress, weights.baseAddress, curvatures.baseAddress)
    return (sums.cost, sums.curvature)
  }

  /// The cost Σ m·ρ(r) of a robust loss, NaN when a residual is.
  ///
  /// - Parameters:
  ///   - kind: the loss ρ.
  ///   - width: its width d, positive.
  ///   - residuals: r, n values.
  ///   - multiplicities: m, n values; nil is 1.
  /// - Returns: the cost, the same bits as `robust` gives.
  public func robustCost(
    _ kind: RobustKind, width: Double, residuals: UnsafeBufferPointer<Double>,
    multiplicities: UnsafeBufferPointer<Double>?
  ) -> Double {
    check(multiplicities, count: residuals.count, width: width)
    return vector_math_robust_cost(
      level, residuals.count, kind.rawValue, width, residuals.baseAddress,
      multiplicities?.baseAddress)
  }

  /// The least-squares cost ½Σ m·r², NaN when a residual is.
  ///
  /// - Parameters:
  ///   - residuals: r, n values.
  ///   - multiplicities: m, n values; nil is 1.
  /// - Returns: the cost.
  public func squaredCost(
    residuals: UnsafeBufferPointer<Double>, multiplicities: UnsafeBufferPointer<Double>?
  ) -> Double {
    check(multiplicities, count: residuals.count, width: 1)
    return vector_math_squared_cost(
      level, residuals.count, residuals.baseAddress, multiplicities?.baseAddress)
  }

  private func check(
    _ multiplicities: UnsafeBufferPointer<Double>?, count: Int, width: Double
  ) {
    precondition(width > 0, "the width is not positive")
    precondition(
      multiplicities.map { $0.count == count } ?? true,
      "multiplicities and residuals differ in length")
  }
}
