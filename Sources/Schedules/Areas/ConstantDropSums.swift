import RealModule

/// ψ_0 = λⁿ, ψ_1 = φ₁(n) = Σ_{i<n} λⁱ and ψ_1 + ψ_2 = φ₂(n) = Σ_{j≤n} φ₁(j) of ``GeometricSums``, with
/// their derivatives by λ: what stretches of one drop need, for speed.
struct ConstantDropSums {
  let count: Int
  let power: Double
  let powerDerivative: Double
  private(set) var first: Double
  private(set) var firstDerivative: Double
  private(set) var second: Double
  private(set) var secondDerivative: Double

  init(count: Int, memoryLoss u: Double, logDecay: Double) {
    self.count = count
    let n = Double(count)
    let previousPower = count > 1 ? Double.exp((n - 1) * logDecay) : 1
    power = (1 - u) * previousPower
    powerDerivative = n * previousPower
    first = -.expMinusOne(n * logDecay) / u
    firstDerivative = (first - powerDerivative) / u
    second = (n - (1 - u) * first) / u
    secondDerivative = (second - first - (1 - u) * firstDerivative) / u
    if n * u < 0.5 { sumSeries(n: n, u: u) }
  }

  /// The same sums by their binomial series, which do not cancel for small n·u:
  /// φ₁ = Σ_k C(n, k+1) (-u)ᵏ and φ₂ = Σ_k C(n+1, k+2) (-u)ᵏ.
  private mutating func sumSeries(n: Double, u: Double) {
    var firstTerm = n
    var secondTerm = n * (n + 1) / 2
    first = firstTerm
    second = secondTerm
    firstDerivative = 0
    secondDerivative = 0
    for k in 1..<30 {
      let k = Double(k)
      // d/dλ of (-u)ᵏ is k (-u)ᵏ⁻¹, so each term's derivative is k · term / (-u).
      let firstRatio = (n - k) / (k + 1)
      let secondRatio = (n - k) / (k + 2)
      firstDerivative += k * firstTerm * firstRatio
      secondDerivative += k * secondTerm * secondRatio
      firstTerm *= -u * firstRatio
      secondTerm *= -u * secondRatio
      first += firstTerm
      second += secondTerm
      if abs(secondTerm) < 1e-18 * second { break }
    }
  }
}
