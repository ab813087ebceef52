public import LinearAlgebra

/// The covariance of fitted parameters under a robust loss and autocorrelated residuals.
///
/// With J the Jacobian, ψ the scores, h the curvatures and κ the inflation by autocorrelation,
/// ```
/// V = κ · (Σψ²/(n-p)) / mean(h)² · (JᵀJ)⁻¹
/// ```
/// the homoscedastic covariance of an M-estimator, which is s²(JᵀJ)⁻¹ for least squares. When less
/// than a tenth of the residuals, or fewer than ten a parameter, have curvature, their mean says too
/// little, and the variance of a median with normal noise stands in: (π/2) σ², σ robust.
///
/// Source: Huber, Ann. Statist. 1 (1973), §6; inflation by (1+ρ)/(1-ρ) for AR(1) residuals.
public struct ParameterCovariance: Sendable {
  /// V, p × p.
  public let matrix: Matrix
  /// n/κ: how many independent residuals the n are worth.
  public let effectiveCount: Double
  /// The condition number of J with columns scaled to unit length.
  public let conditionNumber: Double
  /// How many columns of J are independent to a relative 1e-10.
  public let rank: Int

  /// Standard errors √V_jj.
  public var standardErrors: [Double] {
    (0..<matrix.rows).map { max(matrix[$0, $0], 0).squareRoot() }
  }

  /// Estimates the covariance; nil when J is not finite or its columns are dependent.
  ///
  /// - Parameters:
  ///   - jacobian: J, n × p with n > p.
  ///   - residuals: r, n values.
  ///   - scores: ψ(rᵢ).
  ///   - curvatures: ρ″(rᵢ).
  ///   - inflation: κ ≥ 1.
  public init?(
    jacobian: Matrix, residuals: [Double], scores: [Double], curvatures: [Double],
    inflation: Double
  ) {
    let rows = jacobian.rows
    let columns = jacobian.columns
    guard rows > columns, columns > 0 else { return nil }
    var scaled = jacobian
    var norms = [Double](repeating: 0, count: columns)
    scaled.withUnsafeMutableElements { elements in
      for column in 0..<columns {
        var sum = 0.0
        for row in 0..<rows { sum += elements[column * rows + row] * elements[column * rows + row] }
        norms[column] = sum.squareRoot()
        guard sum > 0 else { continue }
        for row in 0..<rows { elements[column * rows + row] /= norms[column] }
      }
    }
    guard norms.allSatisfy({ $0 > 0 && $0.isFinite }), let factor = try? PivotedQR(scaled),
      let condition = try? factor.upperTriangle.conditionNumber()
    else { return nil }
    conditionNumber = condition
    rank = factor.rank(tolerance: 1e-10)
    effectiveCount = Double(rows) / inflation
    guard rank == columns, let inverse = factor.inverseOfGram() else { return nil }
    let variance =
      inflation
      * ParameterCovariance.variance(
        residuals: residuals, scores: scores, curvatures: curvatures, columns: columns)
    var matrix = inverse
    for j in 0..<columns {
      for k in 0..<columns { matrix[j, k] *= variance / (norms[j] * norms[k]) }
    }
    self.matrix = matrix
  }

  private static func variance(
    residuals: [Double], scores: [Double], curvatures: [Double], columns: Int
  ) -> Double {
    let count = Double(residuals.count)
    let meanCurvature = curvatures.reduce(0, +) / count
    let isScarce = meanCurvature < 1 && meanCurvature * count < Double(10 * columns)
    if isScarce || meanCurvature < 0.1 {
      let scale = RobustScale.standardDeviation(residuals)
      return 0.5 * Double.pi * scale * scale * count / (count - Double(columns))
    }
    let squares = scores.reduce(0) { $0 + $1 * $1 }
    return squares / (count - Double(columns)) / (meanCurvature * meanCurvature)
  }
}
