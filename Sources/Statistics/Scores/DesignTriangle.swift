import LinearAlgebra

/// R with RᵀR = JᵀJ, the coordinates in which the columns of a Jacobian are orthonormal.
///
/// J stands for the rows as they enter the cost (scaled, counted, priors appended). The sums over
/// rows from which covariances are made are taken of the rows of Q = J·R⁻¹: they keep the digits of
/// J where JᵀJ would lose half of them.
struct DesignTriangle: Sendable {
  /// R, f × f, upper triangular.
  let triangle: Matrix
  /// R⁻¹, f × f, upper triangular.
  let inverse: Matrix
  /// The condition number of J with columns of unit length.
  let conditionNumber: Double
  /// How many columns are independent to a relative 1e-10.
  let rank: Int

  /// Examines a triangle.
  ///
  /// - Parameters:
  ///   - triangle: R, f × f with f > 0.
  ///   - parameters: the columns' indices in θ, for errors.
  /// - Throws: `CovarianceError`: not finite, dependent columns.
  init(_ triangle: Matrix, parameters: [Int]) throws(CovarianceError) {
    let count = triangle.columns
    let norms = (0..<count).map { column in
      (0...column).reduce(0) { $0 + triangle[$1, column] * triangle[$1, column] }.squareRoot()
    }
    guard norms.allSatisfy(\.isFinite) else { throw .notFinite }
    var scaled = triangle
    for column in 0..<count where norms[column] > 0 {
      for row in 0...column { scaled[row, column] /= norms[column] }
    }
    let factor: PivotedQR
    do {
      factor = try PivotedQR(scaled)
      conditionNumber = try scaled.conditionNumber()
    } catch {
      throw error == .notFinite ? .notFinite : .notConverged
    }
    rank = factor.rank(tolerance: 1e-10)
    guard rank == count, norms.allSatisfy({ $0 > 0 }) else {
      throw .dependentColumns(
        rank: rank, parameters: factor.permutation[rank...].map { parameters[$0] }.sorted())
    }
    self.triangle = triangle
    inverse = triangle.upperTriangularInverse()
  }
}
