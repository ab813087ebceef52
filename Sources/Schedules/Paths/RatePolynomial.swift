/// A rate over some steps as a polynomial: η(i) = Σ ρ_k C(i, k), i the steps done since a position.
///
/// In binomials, differences and sums over whole steps are exact:
/// η(i) - η(i-1) = Σ ρ_k C(i-1, k-1) and Σ_{i≤n} η(i) = Σ ρ_k (C(n+1, k+1) - C(1, k+1)).
package struct RatePolynomial: Sendable, Hashable {
  /// The highest degree.
  static let degree = 10

  /// ρ, `degree + 1` of them.
  package internal(set) var coefficients = [Double](repeating: 0, count: degree + 1)
  /// The largest rate of the panel that the polynomial is of: what small is compared with.
  var scale = 0.0

  /// Creates a rate of zero.
  init() {}

  /// Whether the rate does not change.
  package var isConstant: Bool {
    for k in 1...RatePolynomial.degree where coefficients[k] != 0 { return false }
    return true
  }

  /// One rate.
  package static func constant(_ rate: Double) -> RatePolynomial {
    var polynomial = RatePolynomial()
    polynomial.coefficients[0] = rate
    polynomial.scale = abs(rate)
    return polynomial
  }

  /// η(i), at a step or between two.
  package func rate(at i: Double) -> Double { sum(from: 0, binomialOf: i) }

  /// η(i-1) - η(i), likewise.
  package func drop(at i: Double) -> Double { -sum(from: 1, binomialOf: i - 1) }

  /// Σ_{j≤i} η(j) over j = 1, 2, …, likewise.
  package func area(through i: Double) -> Double {
    let n = i + 1
    var binomial = n
    var sum = coefficients[0] * i
    for k in 1...RatePolynomial.degree {
      binomial *= (n - Double(k)) / Double(k + 1)
      sum += coefficients[k] * binomial
    }
    return sum
  }

  /// Σ_k ρ_{first+k} C(n, k).
  private func sum(from first: Int, binomialOf n: Double) -> Double {
    var binomial = 1.0
    var sum = coefficients[first]
    for k in 1...(RatePolynomial.degree - first) {
      binomial *= (n + 1 - Double(k)) / Double(k)
      sum += coefficients[first + k] * binomial
    }
    return sum
  }

  /// The degree that is needed over `count` steps: what is left out is below rounding.
  func degree(over count: Int) -> Int {
    let n = Double(count)
    var binomial = 1.0
    var needed = 0
    for k in 1...RatePolynomial.degree {
      binomial *= (n + 1 - Double(k)) / Double(k)
      if abs(coefficients[k] * binomial) > 1e-17 * scale { needed = k }
    }
    return needed
  }
}
