import LeastSquares
import RealModule

/// The moments of a loss's score that make the variance of an M-estimator: E ψ² and E ψ′.
///
/// With J the Jacobian, parameters fitted to independent residuals have the covariance
/// E ψ² / (E ψ′)² · (JᵀJ)⁻¹, which is s²(JᵀJ)⁻¹ for least squares.
///
/// Source: Huber, Ann. Statist. 1 (1973), §6.
public struct ScoreMoments: Sendable, Hashable {
  /// E ψ², in squared units of the score.
  public let square: Double
  /// E ψ′ = E ρ″, the mean curvature of the loss; 1 for least squares.
  public let slope: Double
  /// The variance of a residual, for what is measured in its unit.
  let residualVariance: Double
  /// Whether too few residuals have curvature for sums of it to be trusted.
  let isScarce: Bool

  /// E ψ² / (E ψ′)²: the variance of a residual that would do the same harm to least squares.
  public var variance: Double { square > 0 ? square / (slope * slope) : 0 }

  /// The likelihood's dispersion: 2ΔF/dispersion is distributed as χ² in likelihood-ratio tests.
  ///
  /// Source: Schrader, Hettmansperger, Biometrika 67 (1980).
  public var dispersion: Double { square > 0 ? square / slope : 0 }

  /// Estimates moments from residuals, with Σψ²/(n - f) for E ψ².
  ///
  /// When less than a tenth of the residuals, or fewer than ten a parameter, have curvature, its
  /// mean says too little: a loss that narrow takes the median, and E ψ′ is chosen so that the
  /// variance is that of a median with normal noise, (π/2) σ² n/(n - f), σ robust.
  ///
  /// - Parameters:
  ///   - residuals: r.
  ///   - rowCount: n, how many rows they stand for.
  ///   - scoreSquares: Σψ².
  ///   - curvatureSum: Σρ″.
  ///   - parameterCount: f < n.
  ///   - loss: ρ.
  init(
    residuals: [Double], rowCount: Double, scoreSquares: Double, curvatureSum: Double,
    parameterCount: Int, loss: RobustLoss
  ) {
    let degrees = rowCount - Double(parameterCount)
    square = scoreSquares / degrees
    let mean = curvatureSum / rowCount
    isScarce = mean < 0.1 || (mean < 1 && curvatureSum < Double(10 * parameterCount))
    guard loss != .leastSquares else {
      slope = 1
      residualVariance = square
      return
    }
    let scale = RobustScale.standardDeviation(residuals)
    residualVariance = scale * scale
    guard isScarce, scale > 0, square > 0 else {
      slope = mean
      return
    }
    slope = (square / (0.5 * Double.pi * scale * scale * rowCount / degrees)).squareRoot()
  }

  /// The moments under standard normal residuals, whose scale needs no estimate.
  ///
  /// - Parameters:
  ///   - loss: ρ.
  ///   - isScarce: whether too few residuals have curvature.
  init(normalResidualsUnder loss: RobustLoss, isScarce: Bool) {
    residualVariance = 1
    self.isScarce = isScarce
    guard loss != .leastSquares else {
      (square, slope) = (1, 1)
      return
    }
    // The trapezoidal rule; what it leaves out beyond 12 is below rounding.
    let step = 1.0 / 1024
    var (weights, squares, slopes) = (0.0, 0.0, 0.0)
    for index in -12288...12288 {
      let x = step * Double(index)
      let weight = Double.exp(-0.5 * x * x)
      let score = loss.score(x)
      weights += weight
      squares += weight * score * score
      // E ψ′ = E rψ by parts, which has no jumps.
      slopes += weight * x * score
    }
    square = squares / weights
    slope = slopes / weights
  }
}
