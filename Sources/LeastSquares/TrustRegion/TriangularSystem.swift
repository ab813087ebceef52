import LinearAlgebra

/// The damped step from a triangle R, for nearly or exactly dependent columns: the x that minimises
/// ‖R D⁻¹x + R⁻ᵀg‖² + μ‖x‖², by pivoted QR (LAPACK) of the stacked matrix, μ so that ‖x‖ ≤ radius.
struct TriangularSystem {
  /// R D⁻¹, p × f.
  private let matrix: Matrix
  /// -(R⁻ᵀg + R s) over the components already set, p values.
  private let rightSide: [Double]

  init(model: LinearModel, scale: [Double], step: [Double], free: [Int]) {
    let p = model.parameterCount
    let triangle = model.triangle ?? []
    var matrix = Matrix(rows: p, columns: free.count)
    var rightSide = model.rotatedScores.map { -$0 }
    for (a, k) in free.enumerated() {
      for i in 0...k { matrix[i, a] = triangle[i + k * p] / scale[k] }
    }
    for k in 0..<p where step[k] != 0 && !free.contains(k) {
      for i in 0...k { rightSide[i] -= triangle[i + k * p] * step[k] }
    }
    self.matrix = matrix
    self.rightSide = rightSide
  }

  /// Solves; components that the columns do not determine are 0 in an undamped step.
  func solve(radius: Double) -> (values: [Double], damping: Double) {
    let undamped = values(damping: 0)
    let length = norm(undamped)
    if length <= 1.1 * radius { return (undamped, 0) }
    var lower = 0.0
    var upper = norm(gradient) / radius
    var damping = 1e-3 * upper
    var best = undamped.map { $0 * radius / length }
    // ‖x(μ)‖ falls with μ: a bracket that is halved in the logarithm once it has a lower end.
    for _ in 0..<40 {
      let trial = values(damping: damping)
      let length = norm(trial)
      if length.isFinite { best = trial }
      if abs(length - radius) <= 0.1 * radius { break }
      if length > radius { lower = damping } else { upper = damping }
      damping = lower > 0 ? (lower * upper).squareRoot() : 0.01 * upper
    }
    return (best, damping)
  }

  /// D⁻¹g over the free components, of which only the size counts.
  private var gradient: [Double] {
    (0..<matrix.columns).map { column in
      (0..<matrix.rows).reduce(0) { $0 + matrix[$1, column] * rightSide[$1] }
    }
  }

  private func values(damping: Double) -> [Double] {
    let (rows, columns) = (matrix.rows, matrix.columns)
    var stacked = Matrix(rows: rows + columns, columns: columns)
    // Columns of unit length: the rank must not depend on D, which remembers columns of the past.
    var lengths = [Double](repeating: 1, count: columns)
    for column in 0..<columns {
      var sum = damping
      for row in 0..<rows { sum += matrix[row, column] * matrix[row, column] }
      if sum > 0 { lengths[column] = sum.squareRoot() }
      for row in 0..<rows { stacked[row, column] = matrix[row, column] / lengths[column] }
      stacked[rows + column, column] = damping.squareRoot() / lengths[column]
    }
    let padding = [Double](repeating: 0, count: columns)
    guard let factor = try? PivotedQR(stacked),
      let solution = try? factor.leastSquares(
        rightSide + padding, rank: factor.rank(tolerance: 100 * Double.ulpOfOne))
    else { return [Double](repeating: .nan, count: columns) }
    return zip(solution, lengths).map { $0 / $1 }
  }

  private func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
