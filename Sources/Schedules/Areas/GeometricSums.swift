import RealModule

/// ψ_k(n) = Σ_{j=1..n} λ^(n-j) C(j-1, k-1) for k ≥ 1 and ψ_0(n) = λⁿ, with their derivatives by λ.
///
/// With u = 1 - λ, ψ_{k+1} = (C(n, k) - ψ_k)/u. Going up so loses digits where n·u is less than k;
/// there ψ at the highest order is summed as its series Σ_i C(n, k+i) (-u)ⁱ, and the others follow
/// going down, ψ_k = C(n, k) - u·ψ_{k+1}.
struct GeometricSums {
  /// The highest order there is room for.
  static let highestOrder = RatePolynomial.degree + 1

  /// n.
  private(set) var count = 0
  /// ψ, up to the order prepared; empty before.
  private(set) var values: [Double] = []
  /// ∂ψ/∂λ.
  private(set) var slopes: [Double] = []
  /// C(n, k).
  private var binomials: [Double] = []
  private var order = -1

  /// Computes the sums up to an order, unless they are there already.
  mutating func prepare(count: Int, order: Int, memoryLoss u: Double, logDecay: Double) {
    guard count != self.count || order > self.order else { return }
    self.count = count
    self.order = order
    if values.isEmpty {
      values = [Double](repeating: 0, count: GeometricSums.highestOrder + 1)
      slopes = values
      binomials = values
    }
    let n = Double(count)
    binomials[0] = 1
    for k in 1...order { binomials[k] = binomials[k - 1] * ((n + 1 - Double(k)) / Double(k)) }
    let previousPower = count > 1 ? Double.exp((n - 1) * logDecay) : 1
    values[0] = (1 - u) * previousPower
    slopes[0] = n * previousPower
    values[1] = -.expMinusOne(n * logDecay) / u
    guard n * u < Double(order) else {
      slopes[1] = (values[1] - slopes[0]) / u
      for k in 1..<order {
        values[k + 1] = (binomials[k] - values[k]) / u
        slopes[k + 1] = (values[k + 1] - slopes[k]) / u
      }
      return
    }
    sumSeries(n: n, u: u)
    for k in stride(from: order - 1, through: 1, by: -1) {
      slopes[k] = values[k + 1] - u * slopes[k + 1]
      if k > 1 { values[k] = binomials[k] - u * values[k + 1] }
    }
  }

  /// ψ and its derivative at the highest order: Σ_i C(n, k+i) (-u)ⁱ and Σ_i (i+1) C(n, k+1+i) (-u)ⁱ.
  private mutating func sumSeries(n: Double, u: Double) {
    var term = binomials[order]
    var (value, slope) = (term, 0.0)
    for i in 1..<200 {
      let k = Double(order + i)
      let next = term * ((n + 1 - k) / k)
      slope += Double(i) * next
      term = -u * next
      value += term
      if abs(term) <= 1e-18 * abs(value) { break }
    }
    values[order] = value
    slopes[order] = slope
  }
}
