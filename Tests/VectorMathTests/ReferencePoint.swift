import Foundation
import TestSupport

/// A line of `fixtures/reference/exp_log.csv`: a function's value to many digits.
struct ReferencePoint {
  var function: Substring
  var x: Double
  /// The nearest double.
  var value: Double
  /// The exact value less `value`, in units of the exact value's last place.
  var rest: Double

  /// The points of both functions.
  static func all() throws -> [ReferencePoint] {
    let text = try String(
      contentsOfFile: Fixtures.path("reference/exp_log.csv"), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: ",")
      guard cells.count == 4, let x = Double(cells[1]), let value = Double(cells[2]),
        let rest = Double(cells[3])
      else { return nil }
      return ReferencePoint(function: cells[0], x: x, value: value, rest: rest)
    }
  }

  /// A result's distance from the exact value, in units of the exact value's last place.
  func error(of result: Double) -> Double {
    guard value.isFinite, !result.isNaN else { return result == value ? 0 : .infinity }
    // Below a power of two the units are half as large as above it.
    let isBelowPower =
      value.significand == 1 && value.magnitude > .leastNormalMagnitude
      && (rest < 0) == (value > 0) && rest != 0
    let unit = isBelowPower ? value.ulp / 2 : value.ulp
    return abs((result - value) / unit - rest)
  }
}
