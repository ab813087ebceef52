/// The roundest numbers of an interval.
enum RoundNumbers {
  /// Whole numbers of an interval, the roundest first, of equally round ones the most central.
  ///
  /// - Parameters:
  ///   - low: the interval's lower end.
  ///   - high: its upper end.
  ///   - limit: the most numbers returned.
  /// - Returns: the numbers; none for an interval without one.
  static func integers(from low: Double, through high: Double, limit: Int = 3) -> [Int] {
    guard low <= high, abs(low) < 1e15, abs(high) < 1e15 else { return [] }
    let middle = (low + high) / 2
    var found: [Int] = []
    var unit = 1e12
    while unit >= 1, found.count < limit {
      for step in [unit, unit / 2, unit / 4] where step >= 1 && step == step.rounded() {
        let value = (middle / step).rounded() * step
        if value >= low, value <= high, !found.contains(Int(value)) { found.append(Int(value)) }
      }
      unit /= 10
    }
    return Array(found.prefix(limit))
  }

  /// Numbers not below 0 of an interval, those with the fewest digits first.
  static func decimals(from low: Double, through high: Double, limit: Int = 3) -> [Double] {
    guard low <= high, high.isFinite, low.isFinite else { return [] }
    var found: [Double] = []
    if low <= 0, high >= 0 { found.append(0) }
    let middle = max((low + high) / 2, high / 2)
    guard middle > 0 else { return found }
    let magnitude = DecimalDigits.magnitude(middle)
    for digits in 1...17 where found.count < limit {
      let exponent = magnitude + 1 - digits
      let unit = DecimalDigits.power(abs(exponent))
      // Divided or multiplied by a whole power of ten, so that 0.3 is the number 0.3.
      let count = (exponent < 0 ? middle * unit : middle / unit).rounded()
      let value = exponent < 0 ? count / unit : count * unit
      if value >= low, value <= high, value > 0, !found.contains(value) { found.append(value) }
    }
    return found
  }

  /// How many digits it takes to say a whole number: 24000 takes 2.
  static func digits(_ value: Int) -> Int {
    var rest = value.magnitude
    while rest >= 10, rest % 10 == 0 { rest /= 10 }
    var count = 1
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    return count
  }

  /// How many digits it takes to say a rate, by itself or as a multiple of a peak.
  static func digits(_ rate: Double, peak: Double) -> Int {
    guard rate != 0 else { return 0 }
    guard rate != peak else { return 0 }
    let ratio = rate / peak
    let near = (ratio * 1e6).rounded() / 1e6
    let own = DecimalDigits(rate).count
    guard abs(near - ratio) <= 1e-14, near > 0 else { return own }
    return min(own, DecimalDigits(near).count)
  }
}
