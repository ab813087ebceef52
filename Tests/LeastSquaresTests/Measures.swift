import LeastSquares
import LinearAlgebra

/// The lengths of a matrix's columns.
func columnNorms(_ matrix: Matrix) -> [Double] {
  (0..<matrix.columns).map { j in
    (0..<matrix.rows).reduce(0) { $0 + matrix[$1, j] * matrix[$1, j] }.squareRoot()
  }
}

/// Jᵀr of least squares by direct summation.
func gradient(_ problem: some LeastSquaresProblem, at parameters: [Double]) -> [Double] {
  let linearization = problem.linearization(at: parameters)
  return parameters.indices.map { j in
    linearization.residuals.indices.reduce(0) {
      $0 + linearization.residuals[$1] * linearization.jacobian[$1, j]
    }
  }
}

/// max_j |gⱼ| / (‖Jⱼ‖ ‖r‖) of least squares by direct summation.
func gradientNorm(_ problem: some LeastSquaresProblem, at parameters: [Double]) -> Double {
  let linearization = problem.linearization(at: parameters)
  let size = linearization.residuals.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return zip(gradient(problem, at: parameters), columnNorms(linearization.jacobian))
    .map { abs($0) / ($1 * size) }.max() ?? 0
}

/// The step that minimises ‖J·s + r‖, by Householder QR; empty when J is singular.
func gaussNewtonStep(_ problem: some LeastSquaresProblem, at parameters: [Double]) -> [Double] {
  let linearization = problem.linearization(at: parameters)
  let step = try? PivotedQR(linearization.jacobian).leastSquares(
    linearization.residuals.map { -$0 }, rank: parameters.count)
  return step ?? []
}

/// Σ ψ(rᵢ) ∂rᵢ/∂θⱼ over Σ |ψ(rᵢ) ∂rᵢ/∂θⱼ| by direct summation, for each j.
func relativeScores(
  _ problem: some LeastSquaresProblem, _ loss: RobustLoss, _ parameters: [Double]
) -> [Double] {
  let linearization = problem.linearization(at: parameters)
  return parameters.indices.map { j in
    let terms = linearization.residuals.indices.map {
      loss.score(linearization.residuals[$0]) * linearization.jacobian[$0, j]
    }
    return terms.reduce(0, +) / terms.reduce(0) { $0 + abs($1) }
  }
}
