import LeastSquares

/// X·θ - y with given columns X.
struct LinearProblem: LeastSquaresProblem {
  var columns: [[Double]]
  var targets: [Double]

  var parameterCount: Int { columns.count }
  var residualCount: Int { targets.count }

  func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    let residuals = block.residuals
    for offset in residuals.indices { residuals[offset] = -targets[block.rows.lowerBound + offset] }
    for j in columns.indices {
      let derivatives = block.derivatives(j)
      for offset in residuals.indices {
        let value = columns[j][block.rows.lowerBound + offset]
        residuals[offset] += value * parameters[j]
        derivatives[offset] = value
      }
    }
  }
}
