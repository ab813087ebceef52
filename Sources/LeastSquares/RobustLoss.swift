/// A loss ρ(r) of one residual; the cost of a fit is Σ ρ(rᵢ).
///
/// Every case is ½r² near zero, so that costs and curvatures of different cases compare.
///
/// | case | ρ(r) | ψ = ρ′ | ρ″ |
/// |---|---|---|---|
/// | `leastSquares` | ½r² | r | 1 |
/// | `huber(δ)` | ½r² if \|r\| ≤ δ, else δ(\|r\| - δ/2) | r or ±δ | 1 or 0 |
/// | `softL1(δ)`, z = (r/δ)² | δ²(√(1+z) - 1) | r(1+z)^-½ | (1+z)^-³ᐟ² |
///
/// Source: Huber, Ann. Math. Statist. 35 (1964); soft L1 as in Ceres Solver and SciPy.
public enum RobustLoss: Sendable, Hashable, Codable {
  /// Plain least squares.
  case leastSquares
  /// Huber's loss; beyond `width` a residual counts linearly.
  case huber(width: Double)
  /// A smooth loss that turns from quadratic to linear around `width`.
  case softL1(width: Double)

  /// ρ(r), at least 0.
  @inlinable
  public func value(_ residual: Double) -> Double {
    switch self {
    case .leastSquares: return 0.5 * residual * residual
    case .huber(let width):
      let size = abs(residual)
      return size <= width ? 0.5 * residual * residual : width * (size - 0.5 * width)
    case .softL1(let width):
      let z = residual / width
      // √(1+z²) - 1 without cancellation for small z.
      return width * width * (z * z / ((1 + z * z).squareRoot() + 1))
    }
  }

  /// The score ψ(r) = ρ′(r).
  @inlinable
  public func score(_ residual: Double) -> Double {
    switch self {
    case .leastSquares: return residual
    case .huber(let width): return min(max(residual, -width), width)
    case .softL1(let width):
      let z = residual / width
      return residual / (1 + z * z).squareRoot()
    }
  }

  /// The curvature ρ″(r), the weight of Newton's method.
  @inlinable
  public func curvature(_ residual: Double) -> Double {
    switch self {
    case .leastSquares: return 1
    case .huber(let width): return abs(residual) <= width ? 1 : 0
    case .softL1(let width):
      let z = residual / width
      let root = 1 / (1 + z * z).squareRoot()
      return root * root * root
    }
  }

  /// The weight ψ(r)/r of iteratively reweighted least squares, in (0, 1].
  @inlinable
  public func weight(_ residual: Double) -> Double {
    switch self {
    case .leastSquares: return 1
    case .huber(let width):
      let size = abs(residual)
      return size <= width ? 1 : width / size
    case .softL1(let width):
      let z = residual / width
      return 1 / (1 + z * z).squareRoot()
    }
  }
}
