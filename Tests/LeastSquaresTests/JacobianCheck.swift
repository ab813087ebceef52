import LeastSquares
import LinearAlgebra

extension LeastSquaresProblem {
  /// The largest difference of a derivative from central differences, over the largest derivative
  /// by the same parameter or over what rounding lets differences resolve.
  ///
  /// Steps are ∛ε of the parameter; good derivatives give at most some 1e-7, wrong ones about 1.
  func jacobianError(at parameters: [Double]) -> Double {
    let jacobian = linearization(at: parameters).jacobian
    let size = residuals(at: parameters).map { abs($0) }.max() ?? 0
    var worst = 0.0
    for j in parameters.indices {
      var (above, below) = (parameters, parameters)
      let step = 6e-6 * (parameters[j] == 0 ? 0.1 : abs(parameters[j]))
      above[j] += step
      below[j] -= step
      let (upper, lower) = (residuals(at: above), residuals(at: below))
      let column = (0..<residualCount).map { jacobian[$0, j] }
      let scale = (column.map { abs($0) }.max() ?? 0) + 1e-9 * size / step
      for row in column.indices {
        let error = abs(column[row] - (upper[row] - lower[row]) / (above[j] - below[j]))
        worst = error.isFinite ? max(worst, error / scale) : .infinity
      }
    }
    return worst
  }
}
