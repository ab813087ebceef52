public import LinearAlgebra

/// Linear least squares with coefficients at least zero, for a handful of coefficients.
public enum NonNegativeLeastSquares {
  /// Minimises ½ cᵀGc - bᵀc over c ≥ 0, with G = ΦᵀΦ and b = Φᵀy.
  ///
  /// All 2^q sets of positive coefficients are tried, largest first, so that the answer is the
  /// exact minimum; meant for q ≤ 6.
  ///
  /// - Parameters:
  ///   - gram: G, q × q, symmetric.
  ///   - projection: b, q values.
  ///   - mayBeNegative: coefficients that have no bound; nil means none.
  /// - Returns: c, q values; coefficients whose column vanishes are 0.
  public static func solve(
    gram: Matrix, projection: [Double], mayBeNegative: [Bool]? = nil
  ) -> [Double] {
    let count = projection.count
    precondition(count <= 16, "too many coefficients")
    precondition(gram.rows == count && gram.columns == count, "gram is not q × q")
    var best = [Double](repeating: 0, count: count)
    var bestValue = 0.0
    for set in (1..<max(1 << count, 1)).reversed() {
      let members = (0..<count).filter { set & (1 << $0) != 0 }
      guard let values = solve(gram: gram, projection: projection, members: members) else {
        continue
      }
      let isAllowed = zip(members, values).allSatisfy { $1 >= 0 || mayBeNegative?[$0] ?? false }
      guard isAllowed else { continue }
      // At the minimum over a set, the objective is -½ bᵀc.
      let value = -0.5 * zip(members, values).reduce(0) { $0 + projection[$1.0] * $1.1 }
      if value < bestValue {
        bestValue = value
        best = [Double](repeating: 0, count: count)
        for (member, coefficient) in zip(members, values) { best[member] = coefficient }
      }
    }
    return best
  }

  private static func solve(gram: Matrix, projection: [Double], members: [Int]) -> [Double]? {
    // Unit diagonal first: the columns may differ by many orders of magnitude.
    let scale = members.map { gram[$0, $0].squareRoot() }
    guard scale.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var matrix = Matrix(rows: members.count, columns: members.count)
    for (a, j) in members.enumerated() {
      for (b, k) in members.enumerated() { matrix[a, b] = gram[j, k] / (scale[a] * scale[b]) }
    }
    guard let factor = try? CholeskyFactor(matrix) else { return nil }
    let solution = factor.solve(zip(members, scale).map { projection[$0] / $1 })
    return zip(solution, scale).map { $0 / $1 }
  }
}
