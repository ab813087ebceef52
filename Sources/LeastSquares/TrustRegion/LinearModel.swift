import LinearAlgebra

/// What is known of the cost around one θ: its value, gradient and curvature, the latter either as
/// the matrix H or, when columns are nearly dependent, as a triangle R with H = RᵀR.
struct LinearModel {
  /// The sums of a pass; its gradient and curvature are in preconditioned coordinates when
  /// `triangle` is set.
  var equations: NormalEquations
  /// g in the parameters themselves, p values.
  private(set) var gradient: [Double]
  /// R, p × p, column-major, upper triangle; nil when H is used as it is.
  private(set) var triangle: [Double]?
  /// R⁻ᵀg, p values; only with `triangle`.
  private(set) var rotatedScores: [Double] = []

  init(parameterCount: Int) {
    equations = NormalEquations(parameterCount: parameterCount)
    gradient = [Double](repeating: 0, count: parameterCount)
  }

  var parameterCount: Int { equations.parameterCount }
  var cost: Double { equations.cost }

  /// Takes over the sums of a pass without preconditioner.
  mutating func adopt() {
    triangle = nil
    for j in gradient.indices { gradient[j] = equations.gradient(j) }
  }

  /// Takes over the sums of a pass with preconditioner R₀: R = L̃ᵀR₀ with L̃L̃ᵀ the pass's H.
  ///
  /// A tiny shift keeps L̃ regular when columns are dependent; the rank shows in R's diagonal. The
  /// shift is relative to each column: after a long step R₀ may fit some columns badly.
  mutating func adopt(preconditioner: [Double]) {
    let p = parameterCount
    var scores = (0..<p).map { equations.gradient($0) }
    for k in 0..<p {
      var sum = 0.0
      for i in 0...k { sum += preconditioner[i + k * p] * scores[i] }
      gradient[k] = sum
    }
    let scale = (0..<p).map { abs(equations.curvature($0, $0)).squareRoot() }
    let divisors = scale.map { $0 > 0 ? $0 : 1 }
    guard let factor = unitFactor(divisors, shift: 10 * Double(p) * Double.ulpOfOne) else {
      triangle = preconditioner
      rotatedScores = scores
      return
    }
    for j in 0..<p { scores[j] /= divisors[j] }
    factor.solveLower(&scores)
    rotatedScores = scores
    var product = [Double](repeating: 0, count: p * p)
    for k in 0..<p {
      for i in 0...k {
        // (L̃ᵀR₀)(i, k) = Σ_m L̃(m, i) R₀(m, k); a column that vanishes leaves zeros.
        var sum = 0.0
        for m in i...k { sum += factor[m, i] * scale[m] * preconditioner[m + k * p] }
        product[i + k * p] = sum
      }
    }
    triangle = product
  }

  /// The factor L of S⁻¹HS⁻¹ plus a shift, raised until it exists; nil when H is not finite.
  private func unitFactor(_ divisors: [Double], shift: Double) -> CholeskyWorkspace? {
    let p = parameterCount
    var workspace = CholeskyWorkspace(maximumOrder: p)
    var shift = shift
    while shift < 10 {
      let isPositive = workspace.factor(order: p, shift: shift) { matrix in
        for k in 0..<p {
          for j in k..<p {
            matrix[j + k * p] = equations.curvature(j, k) / (divisors[j] * divisors[k])
          }
        }
      }
      if isPositive { return workspace }
      shift *= 10
    }
    return nil
  }

  /// A triangle to precondition the next pass with: R with nothing zero on its diagonal.
  func preconditioner() -> [Double]? {
    guard var result = triangle else { return shiftedTriangle() }
    let p = parameterCount
    for k in 0..<p {
      var sum = 0.0
      for i in 0...k { sum += result[i + k * p] * result[i + k * p] }
      let norm = sum.squareRoot()
      let least = norm > 0 ? 1e-14 * norm : 1
      if abs(result[k + k * p]) < least { result[k + k * p] = least }
    }
    return result
  }

  /// A first triangle from H itself, shifted so that it exists.
  private func shiftedTriangle() -> [Double]? {
    let p = parameterCount
    let scale = (0..<p).map { j in
      let norm = equations.curvature(j, j)
      return norm > 0 ? norm.squareRoot() : 1
    }
    guard let factor = unitFactor(scale, shift: 20 * Double(p) * Double.ulpOfOne) else {
      return nil
    }
    var triangle = [Double](repeating: 0, count: p * p)
    for k in 0..<p { for i in 0...k { triangle[i + k * p] = factor[k, i] * scale[k] } }
    return triangle
  }

  /// sᵀHs.
  func quadraticForm(_ step: [Double]) -> Double {
    let p = parameterCount
    var total = 0.0
    if let triangle {
      for i in 0..<p {
        var sum = 0.0
        for k in i..<p { sum += triangle[i + k * p] * step[k] }
        total += sum * sum
      }
      return total
    }
    for j in 0..<p {
      var product = 0.0
      for k in 0..<p { product += equations.curvature(j, k) * step[k] }
      total += step[j] * product
    }
    return total
  }

  var isFinite: Bool { equations.isFinite && gradient.allSatisfy(\.isFinite) }
}
