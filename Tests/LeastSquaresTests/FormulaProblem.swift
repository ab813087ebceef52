import LeastSquares
import Testing

/// A least-squares problem whose residuals are formulas, with Jacobians generated from them.
struct FormulaProblem: LeastSquaresProblem {
  let parameterCount: Int
  private var formulas: [Formula] = []
  /// Which formula a row has, and the values of its variables.
  private var rows: [(formula: Int, variables: [Double])] = []

  /// Creates a problem without residuals.
  init(parameterCount: Int) {
    self.parameterCount = parameterCount
  }

  /// Adds a row for each element of the variables' columns, or one row when there are none.
  mutating func append(
    _ text: String, _ names: [String] = [], _ columns: [[Double]] = []
  ) throws {
    let formula = try #require(Formula(parsing: text, variables: names), "\(text)")
    formulas.append(formula)
    for row in 0..<(columns.first?.count ?? 1) {
      rows.append((formulas.count - 1, columns.map { $0[row] }))
    }
  }

  var residualCount: Int { rows.count }

  /// One residual.
  func residual(_ parameters: [Double], row: Int) -> Double {
    var workspace = Formula.Workspace()
    return formulas[rows[row].formula].value(parameters, rows[row].variables, &workspace)
  }

  func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    var workspace = Formula.Workspace()
    var slopes = [Double](repeating: 0, count: parameterCount)
    for (offset, row) in block.rows.enumerated() {
      let formula = formulas[rows[row].formula]
      block.residuals[offset] = formula.value(parameters, rows[row].variables, &workspace)
      guard block.wantsDerivatives else { continue }
      for j in slopes.indices { slopes[j] = 0 }
      formula.addGradient(to: &slopes, &workspace)
      for j in slopes.indices { block.derivatives(j)[offset] = slopes[j] }
    }
  }
}
