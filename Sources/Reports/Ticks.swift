/// Where an axis has its ticks: round numbers in steps of 1, 2 or 5 times a power of ten.
struct Ticks: Equatable, Sendable {
  /// What an axis measures, which sets how its labels are written.
  enum Quantity: Sendable {
    /// Updates, as in `20k`.
    case step
    /// Losses, all with the same decimals.
    case loss
    /// Learning rates, as in `3e-4`.
    case rate
  }

  /// The values, ascending.
  let values: [Double]
  /// The distance between neighbours; nil on a logarithmic axis with ticks at 1, 2 and 5.
  let step: Double?

  /// Ticks for a scale, about as many as the target.
  init(_ scale: Scale, target: Int) {
    let range = scale.range
    let isWide = scale.isLogarithmic && range.upper / range.lower >= 10
    self = isWide ? Ticks(logarithmic: range, target: target) : Ticks(linear: range, target: target)
  }

  /// Evenly spaced ticks.
  init(linear range: ScreenRange, target: Int) {
    let raw = range.span / Double(max(1, target))
    let exponent = PowersOfTen.exponent(raw)
    let share = raw / PowersOfTen.power(exponent)
    let multiple: Double = share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10
    // Whole multiples, divided once, print without noise in their last digits.
    let value: (Double) -> Double = { index in
      exponent < 0
        ? index * multiple / PowersOfTen.power(-exponent)
        : index * multiple * PowersOfTen.power(exponent)
    }
    let step = value(1)
    let first = (range.lower / step - 1e-9).rounded(.up)
    let last = (range.upper / step + 1e-9).rounded(.down)
    let count = max(0, min(100, Int(last - first) + 1))
    values = (0..<count).map { value(first + Double($0)) + 0 }
    self.step = step
  }

  /// Ticks at powers of ten, with 2 and 5 times them when there is room.
  private init(logarithmic range: ScreenRange, target: Int) {
    let first = PowersOfTen.exponent(range.lower)
    let last = PowersOfTen.exponent(range.upper)
    let decades = last - first + 1
    let room = 3 * PowersOfTen.commonLogarithm(range.upper / range.lower)
    let multiples: [Double] = room <= Double(target + 2) ? [1, 2, 5] : [1]
    let stride = multiples.count > 1 ? 1 : max(1, (decades + target - 1) / max(1, target))
    var ticks: [Double] = []
    for exponent in Swift.stride(from: first, through: last, by: stride) {
      for multiple in multiples {
        let value =
          exponent < 0
          ? multiple / PowersOfTen.power(-exponent) : multiple * PowersOfTen.power(exponent)
        if value >= range.lower * (1 - 1e-9), value <= range.upper * (1 + 1e-9) {
          ticks.append(value)
        }
      }
    }
    values = ticks
    step = nil
  }

  /// The label of a tick.
  func label(_ value: Double, _ quantity: Quantity) -> String {
    guard value != 0 else { return "0" }
    let distance = step ?? PowersOfTen.power(PowersOfTen.exponent(value))
    let magnitude = abs(value)
    if quantity == .rate { return NumberText.scientific(value) }
    if magnitude >= (quantity == .step ? 1e3 : 1e4) { return Ticks.shortened(value, distance) }
    let decimals = max(0, -PowersOfTen.exponent(distance))
    return decimals > 6
      ? NumberText.scientific(value, digits: 4) : NumberText.fixed(value, decimals: decimals)
  }

  /// A large number with k, M or B for thousands, millions and billions.
  private static func shortened(_ value: Double, _ distance: Double) -> String {
    let magnitude = abs(value)
    let unit: (size: Double, symbol: String) =
      magnitude >= 1e9 ? (1e9, "B") : magnitude >= 1e6 ? (1e6, "M") : (1e3, "k")
    let decimals = max(0, min(6, -PowersOfTen.exponent(distance / unit.size)))
    return NumberText.trimmed(NumberText.fixed(value / unit.size, decimals: decimals)) + unit.symbol
  }
}
