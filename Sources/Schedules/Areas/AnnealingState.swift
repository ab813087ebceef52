import RealModule

/// The momentum m and the annealing area S2 with their derivatives by λ, advanced over stretches.
///
/// Over n steps of one drop d, with u = 1 - λ,
/// ```
/// m  ← λⁿ m + d φ₁(n)            φ₁(n) = Σ_{i<n} λⁱ      = (1 - λⁿ) / u
/// S2 ← S2 + λ φ₁(n) m + d φ₂(n)  φ₂(n) = Σ_{j≤n} φ₁(j)   = (n - λ φ₁(n)) / u
/// ```
struct AnnealingState {
  private(set) var area = 0.0
  private(set) var areaDerivative = 0.0
  private var momentum = 0.0
  private var momentumDerivative = 0.0
  private let memoryLoss: Double
  private let decay: Double
  private let logDecay: Double
  private var sums: GeometricSums
  /// The sums of another count: rows at rounded distances have two counts in turns.
  private var otherSums: GeometricSums

  init(memoryLoss: Double) {
    self.memoryLoss = memoryLoss
    decay = 1 - memoryLoss
    logDecay = memoryLoss < 1 ? .log(onePlus: -memoryLoss) : -.infinity
    sums = GeometricSums(count: 1, memoryLoss: memoryLoss, logDecay: logDecay)
    otherSums = sums
  }

  /// Goes `count` steps on, each with this drop of the learning rate.
  mutating func advance(count: Int, drop: Double) {
    guard count > 1 else {
      momentumDerivative = momentum + decay * momentumDerivative
      momentum = decay * momentum + drop
      area += momentum
      areaDerivative += momentumDerivative
      return
    }
    if sums.count != count { swap(&sums, &otherSums) }
    if sums.count != count {
      sums = GeometricSums(count: count, memoryLoss: memoryLoss, logDecay: logDecay)
    }
    areaDerivative +=
      (sums.first + decay * sums.firstDerivative) * momentum
      + decay * sums.first * momentumDerivative + drop * sums.secondDerivative
    area += decay * sums.first * momentum + drop * sums.second
    momentumDerivative =
      sums.powerDerivative * momentum + sums.power * momentumDerivative
      + drop * sums.firstDerivative
    momentum = sums.power * momentum + drop * sums.first
  }
}

/// λⁿ, φ₁(n) and φ₂(n) of ``AnnealingState`` with their derivatives by λ.
private struct GeometricSums {
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
