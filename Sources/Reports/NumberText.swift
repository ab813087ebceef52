/// Numbers as people read them.
enum NumberText {
  /// What stands in for a number that is missing or not finite.
  static let missing = "–"

  /// A number with so many decimals, as in `2.6280`.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return missing }
    let places = max(0, decimals)
    let scaled = (abs(value) * PowersOfTen.power(places)).rounded()
    guard scaled < 9e15 else { return scientific(value, digits: 4) }
    let digits = String(UInt64(scaled))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }

  /// A loss in nats, with four decimals.
  static func loss(_ value: Double) -> String {
    fixed(value, decimals: 4)
  }

  /// A number in short scientific form, as in `3e-4` or `2.5e-4`; `0` for zero.
  static func scientific(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return missing }
    guard value != 0 else { return "0" }
    var exponent = PowersOfTen.exponent(value)
    // Two divisions keep the smallest doubles from overflowing the power of ten.
    let half = exponent / 2
    var mantissa = value / PowersOfTen.power(half) / PowersOfTen.power(exponent - half)
    let unit = PowersOfTen.power(digits - 1)
    mantissa = (mantissa * unit).rounded() / unit
    if abs(mantissa) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    return trimmed(fixed(mantissa, decimals: digits - 1)) + "e\(exponent)"
  }

  /// A number with so many significant digits and no idle zeros after the point.
  static func significant(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return missing }
    guard value != 0 else { return "0" }
    let exponent = PowersOfTen.exponent(value)
    guard exponent >= -4, exponent < 6 else { return scientific(value, digits: digits) }
    let decimals = digits - 1 - exponent
    guard decimals < 0 else { return trimmed(fixed(value, decimals: decimals)) }
    let unit = PowersOfTen.power(-decimals)
    return fixed((value / unit).rounded() * unit, decimals: 0)
  }

  /// A whole number with its thousands marked, as in `12,000`; other numbers in short form.
  static func count(_ value: Double) -> String {
    guard value.isFinite else { return missing }
    guard value == value.rounded(), abs(value) < 1e15 else { return significant(value, digits: 6) }
    let digits = Array(String(UInt64(abs(value))))
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    return value < 0 ? "-" + grouped : grouped
  }

  /// A share as a percentage of three significant digits, as in `1.23%`.
  static func percent(_ fraction: Double) -> String {
    fraction.isFinite ? significant(fraction * 100, digits: 3) + "%" : missing
  }

  /// A fraction's zeros after the last other digit removed, and a bare point with them.
  static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    let kept = text.reversed().drop { $0 == "0" }
    return String((kept.first == "." ? kept.dropFirst() : kept).reversed())
  }
}
