/// Numbers in bytes, correctly rounded, without a `String` for the usual ones.
///
/// Grammar: an optional sign, digits with an optional decimal separator, an optional exponent.
enum NumberParser {
  /// The significand and exponent of a decimal number: `digits * 10^exponent`.
  private struct Decimal {
    var isNegative = false
    var digits: UInt64 = 0
    var digitCount = 0
    var exponent = 0
  }

  /// The number at the start of the bytes from `start`, and where it ends.
  ///
  /// The bytes must be followed, at `limit` or before, by one that is not part of a number.
  ///
  /// - Returns: nil when no number begins there.
  @inline(__always)
  static func number(
    in bytes: UnsafePointer<UInt8>, from start: Int, separator: UInt8
  ) -> (value: Double, end: Int)? {
    var decimal = Decimal()
    var next = start
    if bytes[next] == Ascii.minus || bytes[next] == Ascii.plus {
      decimal.isNegative = bytes[next] == Ascii.minus
      next &+= 1
    }
    let first = next
    next = takeDigits(bytes, from: next, into: &decimal)
    var written = next &- first
    if bytes[next] == separator {
      let fraction = next &+ 1
      next = takeDigits(bytes, from: fraction, into: &decimal)
      decimal.exponent = fraction &- next
      written &+= next &- fraction
    }
    guard written > 0 else { return nil }
    decimal.digitCount = written
    if bytes[next] | 0x20 == Ascii.lowerE {
      next = takeExponent(bytes, from: next, into: &decimal)
    }
    if let value = exact(decimal) { return (value, next) }
    return (converted(bytes, from: start, to: next, separator: separator), next)
  }

  @inline(__always)
  private static func takeDigits(
    _ bytes: UnsafePointer<UInt8>, from start: Int, into decimal: inout Decimal
  ) -> Int {
    var next = start
    while true {
      let digit = bytes[next] &- Ascii.zero
      guard digit < 10 else { return next }
      decimal.digits = decimal.digits &* 10 &+ UInt64(digit)
      next &+= 1
    }
  }

  /// Takes `e`, a sign and digits; takes nothing when there are no digits.
  private static func takeExponent(
    _ bytes: UnsafePointer<UInt8>, from start: Int, into decimal: inout Decimal
  ) -> Int {
    var next = start + 1
    let isNegative = bytes[next] == Ascii.minus
    if isNegative || bytes[next] == Ascii.plus { next += 1 }
    let first = next
    var exponent = 0
    while bytes[next] &- Ascii.zero < 10 {
      // Beyond this every double is 0 or infinite; a larger sum could overflow.
      exponent = min(exponent * 10 + Int(bytes[next] - Ascii.zero), 100_000)
      next += 1
    }
    guard next > first else { return start }
    decimal.exponent += isNegative ? -exponent : exponent
    return next
  }

  /// The number by one rounding of exact integers, nil where that is not possible.
  @inline(__always)
  private static func exact(_ decimal: Decimal) -> Double? {
    // 19 digits always fit 64 bits.
    guard decimal.digitCount <= 19 else { return nil }
    let magnitude: Double
    if decimal.digits <= 1 << 53, abs(decimal.exponent) < powersOfTen.count {
      // Both factors are exact doubles, so one operation rounds once.
      let power = powersOfTen[abs(decimal.exponent)]
      magnitude =
        decimal.exponent < 0 ? Double(decimal.digits) / power : Double(decimal.digits) * power
    } else if abs(decimal.exponent) < powersOfFive.count {
      magnitude = integerExact(decimal.digits, exponent: decimal.exponent)
    } else {
      return nil
    }
    return decimal.isNegative ? -magnitude : magnitude
  }

  /// `digits * 10^exponent` by 128-bit integers: `10^k = 5^k 2^k` and `5^27 < 2^63`.
  private static func integerExact(_ digits: UInt64, exponent: Int) -> Double {
    guard digits != 0 else { return 0 }
    let power = powersOfFive[abs(exponent)]
    guard exponent < 0 else {
      let product = digits.multipliedFullWidth(by: power)
      return rounded(high: product.high, low: product.low, scale: exponent)
    }
    let digitShift = digits.leadingZeroBitCount
    let powerShift = power.leadingZeroBitCount
    // The numerator's high word is below the divisor, so the quotient has 63 or 64 bits.
    let numerator = (digits << digitShift) >> 1
    let low = (digits << digitShift) << 63
    let division = (power << powerShift).dividingFullWidth((numerator, low))
    return rounded(
      high: division.quotient, low: division.remainder == 0 ? 0 : 1,
      scale: exponent - 63 - digitShift + powerShift - 64)
  }

  /// `(high * 2^64 + low) * 2^scale`, rounded once to nearest, ties to even.
  private static func rounded(high: UInt64, low: UInt64, scale: Int) -> Double {
    let zeros = high == 0 ? 64 + low.leadingZeroBitCount : high.leadingZeroBitCount
    // Shifts by 64 or more give 0.
    let top = zeros >= 64 ? low << (zeros - 64) : high << zeros | low >> (64 - zeros)
    let rest = low << zeros
    // 11 bits fall off a 64-bit word; anything in the low word makes them odd.
    let sticky = top | (rest == 0 ? 0 : 1)
    let kept = sticky >> 11
    let lost = sticky & 0x7FF
    let up = lost > 0x400 || (lost == 0x400 && kept & 1 == 1)
    return Double(
      sign: .plus, exponent: scale + 64 - zeros + 11, significand: Double(kept + (up ? 1 : 0)))
  }

  /// The number by the standard library, for those with many digits or a large exponent.
  private static func converted(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, separator: UInt8
  ) -> Double {
    let text = (start..<end).map { bytes[$0] == separator ? Ascii.dot : bytes[$0] }
    // The grammar was checked, so the standard library takes it.
    return Double(String(decoding: text, as: UTF8.self)) ?? .nan
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  private static let powersOfFive: [UInt64] = {
    var powers: [UInt64] = [1]
    while powers.count < 28 { powers.append((powers.last ?? 1) * 5) }
    return powers
  }()
}
