/// A stretch of a curve over which one polynomial stands for the rate.
///
/// The polynomial of degree 10 goes through the rate at steps near Chebyshev points, both ends among
/// them. A panel is as long as keeps it within 1e-14 of the panel's largest rate at steps between; up
/// to 11 positions it is exact at each. Panels get shorter by a constant factor towards a singular end, such
/// as √x at 0, so that there are at most some hundred.
struct RatePanel: Sendable, Hashable {
  /// The largest deviation from the rate, relative to the panel's largest rate.
  static let tolerance = 1e-14
  /// From this many panels on the tolerance grows, lest a formula that is rounded badly be cut into
  /// panels without end.
  private static let usualCount = 2000

  /// Where the panel begins, in steps of the curve.
  let start: Int
  /// How many steps follow in the panel; the last of them is where the next panel begins.
  let count: Int
  private let polynomial: RatePolynomial

  /// Cuts a curve into panels.
  ///
  /// - Parameters:
  ///   - steps: the curve's steps.
  ///   - rate: the rate at a step.
  /// - Returns: panels one after the other; none for a single step.
  static func panels(over steps: ClosedRange<Int>, rate: (Int) -> Double) -> [RatePanel] {
    var panels: [RatePanel] = []
    var start = steps.lowerBound
    var guess = steps.upperBound - start
    while start < steps.upperBound {
      let excess = max(0, panels.count - usualCount)
      let tolerance =
        RatePanel.tolerance * Double(sign: .plus, exponent: excess / 16, significand: 1)
      var count = min(guess, steps.upperBound - start)
      var fit = RatePolynomialFit(start: start, count: count, rate: rate)
      while count > RatePolynomial.degree, fit.deviation(from: rate) > tolerance * fit.largest {
        count = max(count / 10 * 6, RatePolynomial.degree)
        fit = RatePolynomialFit(start: start, count: count, rate: rate)
      }
      panels.append(RatePanel(start: start, count: count, polynomial: fit.polynomial))
      start += count
      // The next one may be longer, up to what is left.
      guess = count < Int.max / 2 ? count + count / 2 + 1 : count
    }
    return panels
  }

  /// Writes the polynomial of the steps after the `index`-th of the panel.
  ///
  /// By Vandermonde's identity, C(index + i, k) = Σ_l C(index, k-l) C(i, l).
  func expand(after index: Int, into target: inout RatePolynomial) {
    target.scale = polynomial.scale
    let degree = RatePolynomial.degree
    let n = Double(index)
    for l in 0...degree { target.coefficients[l] = polynomial.coefficients[l] }
    var binomial = 1.0
    for shift in 1...degree {
      binomial *= (n + 1 - Double(shift)) / Double(shift)
      guard binomial > 0 else { break }
      for l in 0...(degree - shift) {
        target.coefficients[l] += binomial * polynomial.coefficients[l + shift]
      }
    }
  }
}

/// The polynomial through a rate at steps near Chebyshev points.
private struct RatePolynomialFit {
  let start: Int
  let count: Int
  private(set) var polynomial = RatePolynomial()

  /// (1 - cos(π k/10))/2, the points of degree 10 from 0 to 1 over the panel.
  private static let points = [
    0, 0.024471741852423234, 0.095491502812526274, 0.20610737385376343, 0.34549150281252633, 0.5,
    0.65450849718747367, 0.79389262614623657, 0.90450849718747373, 0.97552825814757677, 1,
  ]
  /// Where the polynomial is compared with the rate.
  private static let checks = [0.008, 0.055, 0.42, 0.73, 0.945, 0.992]
  /// In panels up to this long at every step.
  private static let fewSteps = 32

  var largest: Double { polynomial.scale }

  init(start: Int, count: Int, rate: (Int) -> Double) {
    self.start = start
    self.count = count
    let degree = min(RatePolynomial.degree, count)
    // Whole steps: between them a long curve's formula is rounded more.
    var steps = Array(0...degree)
    if count > degree {
      for k in 1...degree {
        let place = RatePolynomialFit.step(at: RatePolynomialFit.points[k], of: count)
        steps[k] = min(max(place, steps[k - 1] + 1), count - degree + k)
      }
    }
    let nodes = steps.map(Double.init)
    var differences = steps.map { rate(start + $0) }
    polynomial.scale = differences.reduce(0) { max($0, abs($1)) }
    for order in stride(from: 1, through: degree, by: 1) {
      for k in stride(from: degree, through: order, by: -1) {
        differences[k] = (differences[k] - differences[k - 1]) / (nodes[k] - nodes[k - order])
      }
    }
    // From Newton's form to binomials, by i C(i, k) = (k+1) C(i, k+1) + k C(i, k).
    for order in stride(from: degree, through: 0, by: -1) {
      for k in stride(from: degree, through: 0, by: -1) {
        let lower = k > 0 ? Double(k) * polynomial.coefficients[k - 1] : 0
        polynomial.coefficients[k] =
          (Double(k) - nodes[order]) * polynomial.coefficients[k] + lower
      }
      polynomial.coefficients[0] += differences[order]
    }
  }

  /// The largest deviation at steps between the nodes.
  func deviation(from rate: (Int) -> Double) -> Double {
    var largest = 0.0
    func compare(at step: Int) {
      largest = max(largest, abs(polynomial.rate(at: Double(step)) - rate(start + step)))
    }
    if count <= RatePolynomialFit.fewSteps {
      for step in 1..<count { compare(at: step) }
    } else {
      for share in RatePolynomialFit.checks {
        compare(at: RatePolynomialFit.step(at: share, of: count))
      }
    }
    return largest
  }

  private static func step(at share: Double, of count: Int) -> Int {
    Int(min((share * Double(count)).rounded(), 9e18))
  }
}
