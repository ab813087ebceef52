public import LinearAlgebra

/// Linear least squares with coefficients at least zero, for a handful of coefficients.
public enum NonNegativeLeastSquares {
  /// Minimises ½ cᵀGc - bᵀc over c ≥ 0, with G = ΦᵀΦ and b = Φᵀy.
  ///
  /// The unbounded solution is taken when it is allowed; otherwise all 2^q sets of coefficients
  /// that are not zero are tried, so that the answer is the exact minimum; meant for q ≤ 6.
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
    let all = max(1 << count, 1) - 1
    for set in stride(from: all, to: 0, by: -1) {
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
      if set == all { break }
    }
    return best
  }

  /// The c that minimises ½ cᵀGc - bᵀc over some coefficients, the others 0; nil when their columns
  /// vanish or depend on each other.
  static func solve(gram: Matrix, projection: [Double], members: [Int]) -> [Double]? {
    // Unit diagonal first: the columns may differ by many orders of magnitude.
    let scale = members.map { gram[$0, $0].squareRoot() }
    guard scale.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var workspace = CholeskyWorkspace(maximumOrder: members.count)
    let isPositive = workspace.factor(order: members.count) { matrix in
      for (a, j) in members.enumerated() {
        for (b, k) in members.enumerated() where b >= a {
          matrix[b + a * members.count] = gram[j, k] / (scale[a] * scale[b])
        }
      }
    }
    guard isPositive else { return nil }
    var solution = zip(members, scale).map { projection[$0] / $1 }
    workspace.solve(&solution)
    guard solution.allSatisfy(\.isFinite) else { return nil }
    return zip(solution, scale).map { $0 / $1 }
  }
}
