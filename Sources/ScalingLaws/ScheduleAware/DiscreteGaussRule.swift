import RealModule

/// Gauss's rule for sums: Σ_{j=1..n} f(j) = Σ wᵢ f(jᵢ) for polynomials f of degree below 16.
///
/// The nodes are the roots of the discrete Chebyshev (Gram) polynomial of degree 8 over the n points,
/// in steps and parts of steps; for large n they tend to Gauss and Legendre's. With t = (2j - n - 1)/n
/// the monic polynomials follow p_{k+1} = t p_k - β_k p_{k-1}, β_k = k²(1 - k²/n²)/(4k² - 1).
///
/// Source: Gautschi, "Orthogonal Polynomials: Computation and Approximation", Oxford 2004, Sec. 1.5.
struct DiscreteGaussRule {
  /// The nodes of a rule.
  static let order = 8
  /// The roots above 0 of Legendre's polynomial of degree 8, where the search begins.
  private static let guesses = [
    0.18343464249564980, 0.52553240991632899, 0.79666647741362674, 0.96028985649753623,
  ]

  /// jᵢ, ascending.
  private(set) var nodes = [Double](repeating: 0, count: order)
  /// wᵢ, all positive.
  private(set) var weights = [Double](repeating: 0, count: order)
  private var count = 0.0

  /// Finds the rule for n steps, n at least 9.
  mutating func prepare(count: Int) {
    let n = Double(count)
    guard n != self.count else { return }
    self.count = n
    let half = DiscreteGaussRule.order / 2
    for (index, guess) in DiscreteGaussRule.guesses.enumerated() {
      var t = guess
      for _ in 0..<8 {
        let (value, slope, _) = evaluate(at: t, n)
        let step = value / slope
        t -= step
        if abs(step) < 1e-13 { break }
      }
      let weight = n / evaluate(at: t, n).squares
      nodes[half + index] = 0.5 * (n + 1 + n * t)
      nodes[half - 1 - index] = 0.5 * (n + 1 - n * t)
      weights[half + index] = weight
      weights[half - 1 - index] = weight
    }
  }

  /// p₈, its derivative, and Σ_{k<8} p_k²/h_k with h_k = β_1 ⋯ β_k.
  private func evaluate(
    at t: Double, _ n: Double
  ) -> (
    value: Double, slope: Double, squares: Double
  ) {
    var (value, before) = (1.0, 0.0)
    var (slope, slopeBefore) = (0.0, 0.0)
    var (norm, squares) = (1.0, 1.0)
    for k in 0..<DiscreteGaussRule.order {
      let square = Double(k * k)
      let beta = square * (1 - square / (n * n)) / (4 * square - 1)
      (value, before, slope, slopeBefore) =
        (t * value - beta * before, value, value + t * slope - beta * slopeBefore, slope)
      guard k + 1 < DiscreteGaussRule.order else { break }
      let next = square + 2 * Double(k) + 1
      norm *= next * (1 - next / (n * n)) / (4 * next - 1)
      squares += value * value / norm
    }
    return (value, slope, squares)
  }
}
