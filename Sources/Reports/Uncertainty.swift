import Forecasting

/// A value with its standard error, the digits matched to the error.
enum Uncertainty {
  /// `2.628 ± 0.004`, `(3.2 ± 0.4)e-5`; without an error, four significant digits.
  ///
  /// The error shows two digits when it begins with 1, one digit else, as is usual in physics.
  static func text(_ value: Double, standardError: Double?) -> String {
    let parts = parts(value, standardError: standardError)
    guard let error = parts.error else { return parts.value }
    guard let exponent = parts.exponent else { return "\(parts.value) ± \(error)" }
    return "(\(parts.value) ± \(error))e\(exponent)"
  }

  /// The value and its error as two texts for two columns of a table.
  static func columns(_ value: Double, standardError: Double?) -> (value: String, error: String) {
    let parts = parts(value, standardError: standardError)
    guard let error = parts.error else { return (parts.value, NumberText.missing) }
    let suffix = parts.exponent.map { "e\($0)" } ?? ""
    return (parts.value + suffix, error + suffix)
  }

  /// A parameter's value with its error, or why there is none.
  static func text(_ parameter: FittedParameter) -> String {
    guard let value = parameter.value, parameter.role != .unidentified else {
      return "not in the data"
    }
    guard parameter.role != .fixed else { return NumberText.significant(value) + " (fixed)" }
    return text(value, standardError: parameter.standardError)
  }

  private static func parts(
    _ value: Double, standardError: Double?
  ) -> (value: String, error: String?, exponent: Int?) {
    guard value.isFinite, let error = standardError, error.isFinite, error > 0 else {
      return (NumberText.significant(value), nil, nil)
    }
    let exponent = PowersOfTen.exponent(max(abs(value), error))
    guard exponent < -3 || exponent >= 6, abs(exponent) < 300 else {
      let places = decimals(error)
      return (rounded(value, places), rounded(error, places), nil)
    }
    let unit = PowersOfTen.power(exponent)
    let places = decimals(error / unit)
    return (rounded(value / unit, places), rounded(error / unit, places), exponent)
  }

  /// How many decimals show the error's first digit, and a second one after a leading 1.
  private static func decimals(_ error: Double) -> Int {
    let exponent = PowersOfTen.exponent(error)
    let leading = error / PowersOfTen.power(exponent)
    return min(12, -exponent + (leading < 1.95 ? 1 : 0))
  }

  private static func rounded(_ value: Double, _ places: Int) -> String {
    guard places < 0 else { return NumberText.fixed(value, decimals: places) }
    let unit = PowersOfTen.power(-places)
    return NumberText.fixed((value / unit).rounded() * unit, decimals: 0)
  }
}
