#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Glibc)
import Glibc
#endif

/// Decimal exponents without Foundation, which would only slow the program's start.
enum PowersOfTen {
  /// 10 to a whole power, correctly rounded.
  static func power(_ exponent: Int) -> Double {
    if exponent >= 0, exponent < exact.count { return exact[exponent] }
    if exponent < 0, -exponent < exact.count { return 1 / exact[-exponent] }
    return pow(10, Double(exponent))
  }

  /// The exponent of the first significant digit: -4 for 3e-4; 0 for 0 and for non-finite values.
  static func exponent(_ value: Double) -> Int {
    let magnitude = abs(value)
    guard magnitude > 0, magnitude.isFinite else { return 0 }
    let guess = Int(log10(magnitude).rounded(.down))
    // log10 may land on the wrong side of a power of ten.
    if power(guess + 1) <= magnitude { return guess + 1 }
    return power(guess) > magnitude ? guess - 1 : guess
  }

  /// The natural logarithm.
  static func naturalLogarithm(_ value: Double) -> Double {
    log(value)
  }

  /// The logarithm to base 10.
  static func commonLogarithm(_ value: Double) -> Double {
    log10(value)
  }

  /// The powers that a double holds exactly.
  private static let exact: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
