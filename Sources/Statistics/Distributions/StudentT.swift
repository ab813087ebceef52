import RealModule

/// Student's t distribution with a real number of degrees of freedom; the normal distribution when
/// that is infinite.
public struct StudentT: Sendable, Hashable {
  /// Degrees of freedom, greater than 0.
  public let degreesOfFreedom: Double

  /// Creates the distribution.
  ///
  /// - Precondition: `degreesOfFreedom > 0`.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "degreesOfFreedom must be positive")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T ≤ t).
  public func cumulative(_ t: Double) -> Double {
    let half = 0.5 * tail(t * t)
    return t > 0 ? 1 - half : half
  }

  /// The t with P(|T| ≤ t) = level: the half-width of a two-sided interval in standard errors.
  ///
  /// - Parameter level: between 0 and 1, both excluded.
  /// - Returns: t to a relative 1e-12.
  public func twoSidedQuantile(level: Double) -> Double {
    precondition(level > 0 && level < 1, "level is outside (0, 1)")
    var lower = 0.0
    var upper = 1.0
    while 1 - tail(upper * upper) < level, upper < 1e300 { upper *= 2 }
    for _ in 0..<200 where upper - lower > 1e-13 * upper {
      let middle = 0.5 * (lower + upper)
      if 1 - tail(middle * middle) < level { lower = middle } else { upper = middle }
    }
    return 0.5 * (lower + upper)
  }

  /// P(T² > t²) = I_{ν/(ν+t²)}(ν/2, ½).
  private func tail(_ squared: Double) -> Double {
    let nu = degreesOfFreedom
    guard nu.isFinite else { return .erfc((0.5 * squared).squareRoot()) }
    return regularizedBeta(
      x: nu / (nu + squared), complement: squared / (nu + squared), a: 0.5 * nu, b: 0.5)
  }
}

/// The regularised incomplete beta function I_x(a, b), with 1 - x given to keep its digits.
///
/// Continued fraction of DLMF 8.17.22, evaluated by Lentz's method, on the side where it converges.
private func regularizedBeta(x: Double, complement: Double, a: Double, b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  let logFront =
    .logGamma(a + b) - .logGamma(a) - .logGamma(b) + a * .log(x) + b * .log(complement)
  if x < (a + 1) / (a + b + 2) {
    return .exp(logFront) * betaFraction(x: x, a: a, b: b) / a
  }
  return 1 - .exp(logFront) * betaFraction(x: complement, a: b, b: a) / b
}

private func betaFraction(x: Double, a: Double, b: Double) -> Double {
  let tiny = 1e-300
  var d = 1 - (a + b) * x / (a + 1)
  d = 1 / (abs(d) < tiny ? tiny : d)
  var c = 1.0
  var fraction = d
  for step in 1...1000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    for coefficient in [even, odd] {
      d = 1 + coefficient * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + coefficient / c
      c = abs(c) < tiny ? tiny : c
      fraction *= c * d
    }
    if abs(c * d - 1) < 1e-16 { break }
  }
  return fraction
}
