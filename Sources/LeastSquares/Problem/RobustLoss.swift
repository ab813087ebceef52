import RealModule
import VectorMath

/// A loss ρ(r) of one residual; the cost of a fit is Σ ρ(rᵢ).
///
/// Every case is ½r² near zero, so that costs and curvatures of different cases compare.
///
/// | case | ρ(r) | ψ = ρ′ | ρ″ |
/// |---|---|---|---|
/// | `leastSquares` | ½r² | r | 1 |
/// | `huber(δ)` | ½r² if \|r\| ≤ δ, else δ(\|r\| - δ/2) | r or ±δ | 1 or 0 |
/// | `softL1(δ)`, z = (r/δ)² | δ²(√(1+z) - 1) | r(1+z)^-½ | (1+z)^-³ᐟ² |
/// | `cauchy(δ)`, z = (r/δ)² | ½δ² log(1+z) | r/(1+z) | (1-z)/(1+z)² |
///
/// Cauchy's loss is not convex: far outliers lose all influence, and there may be several minima.
///
/// Source: Huber, Ann. Math. Statist. 35 (1964); soft L1 and Cauchy as in Ceres Solver and SciPy.
public enum RobustLoss: Sendable, Hashable, Codable {
  /// Plain least squares.
  case leastSquares
  /// Huber's loss; beyond `width` a residual counts linearly.
  case huber(width: Double)
  /// A smooth loss that turns from quadratic to linear around `width`.
  case softL1(width: Double)
  /// A loss that grows only logarithmically beyond `width`.
  case cauchy(width: Double)

  /// Whether ρ″ is nowhere negative, so that a linear problem has one minimum.
  public var isConvex: Bool {
    if case .cauchy = self { false } else { true }
  }

  /// ρ(r), at least 0.
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
    case .cauchy(let width):
      let z = residual / width
      return 0.5 * width * width * .log(onePlus: z * z)
    }
  }

  /// The score ψ(r) = ρ′(r).
  public func score(_ residual: Double) -> Double {
    switch self {
    case .leastSquares: return residual
    case .huber(let width): return min(max(residual, -width), width)
    case .softL1(let width):
      let z = residual / width
      return residual / (1 + z * z).squareRoot()
    case .cauchy(let width):
      let z = residual / width
      return residual / (1 + z * z)
    }
  }

  /// The curvature ρ″(r), the weight of Newton's method.
  public func curvature(_ residual: Double) -> Double {
    switch self {
    case .leastSquares: return 1
    case .huber(let width): return abs(residual) <= width ? 1 : 0
    case .softL1(let width):
      let z = residual / width
      let root = 1 / (1 + z * z).squareRoot()
      return root * root * root
    case .cauchy(let width):
      let z = residual / width
      let share = 1 / (1 + z * z)
      return (1 - z * z) * share * share
    }
  }

  /// The weight ψ(r)/r of iteratively reweighted least squares, in (0, 1].
  public func weight(_ residual: Double) -> Double {
    switch self {
    case .leastSquares: return 1
    case .huber(let width):
      let size = abs(residual)
      return size <= width ? 1 : width / size
    case .softL1(let width):
      let z = residual / width
      return 1 / (1 + z * z).squareRoot()
    case .cauchy(let width):
      let z = residual / width
      return 1 / (1 + z * z)
    }
  }
}

extension RobustLoss {
  /// Computes scores, weights and curvatures of many residuals.
  ///
  /// - Parameters:
  ///   - residuals: r.
  ///   - multiplicities: m, what every result is multiplied by; nil for 1.
  ///   - scores: m ψ, overwritten.
  ///   - weights: m ψ/r, overwritten.
  ///   - curvatures: m ρ″, overwritten.
  ///   - kernels: the instructions to use.
  /// - Returns: Σ m ρ and Σ max(ρ″, 0).
  func evaluate(
    _ residuals: UnsafeBufferPointer<Double>, multiplicities: UnsafeBufferPointer<Double>?,
    scores: UnsafeMutableBufferPointer<Double>, weights: UnsafeMutableBufferPointer<Double>,
    curvatures: UnsafeMutableBufferPointer<Double>, kernels: VectorKernels
  ) -> (cost: Double, curvatureSum: Double) {
    guard let (kind, width) = kernelKind else {
      for row in residuals.indices {
        let multiplicity = multiplicities?[row] ?? 1
        scores[row] = multiplicity * residuals[row]
        weights[row] = multiplicity
        curvatures[row] = multiplicity
      }
      return (
        kernels.squaredCost(residuals: residuals, multiplicities: multiplicities),
        Double(residuals.count)
      )
    }
    return kernels.robust(
      kind, width: width, residuals: residuals, multiplicities: multiplicities, scores: scores,
      weights: weights, curvatures: curvatures)
  }

  /// Σ ρ(rᵢ), NaN when a residual is.
  func cost(_ residuals: UnsafeBufferPointer<Double>, kernels: VectorKernels) -> Double {
    guard let (kind, width) = kernelKind else {
      return kernels.squaredCost(residuals: residuals, multiplicities: nil)
    }
    return kernels.robustCost(kind, width: width, residuals: residuals, multiplicities: nil)
  }

  private var kernelKind: (RobustKind, Double)? {
    switch self {
    case .leastSquares: nil
    case .huber(let width): (.huber, width)
    case .softL1(let width): (.softL1, width)
    case .cauchy(let width): (.cauchy, width)
    }
  }
}
