extension RateRows {
  /// Which side of the line from the first to the last row the others are on; nil when on both or
  /// neither.
  var bend: RateBend? {
    let last = steps.count - 1
    guard last > 1 else { return nil }
    let slope = (rates[last] - rates[0]) / (steps[last] - steps[0])
    var (below, above) = (false, false)
    for row in 1..<last {
      let side = rates[row] - rates[0] - slope * (steps[row] - steps[0])
      let slack = 3 * max(tolerances[row], tolerances[0], tolerances[last])
      below = below || side < -slack
      above = above || side > slack
    }
    return below == above ? nil : below ? .below : .above
  }

  /// The rows with tolerances of at least some size.
  func loosened(to least: Double) -> RateRows {
    RateRows(steps: steps, rates: rates, tolerances: tolerances.map { max($0, least) })
  }

  /// The first rows.
  func prefix(_ count: Int) -> RateRows {
    RateRows(
      steps: Array(steps.prefix(count)), rates: Array(rates.prefix(count)),
      tolerances: Array(tolerances.prefix(count)))
  }

  /// Some rows one after another.
  func slice(_ range: Range<Int>) -> RateRows {
    RateRows(
      steps: Array(steps[range]), rates: Array(rates[range]), tolerances: Array(tolerances[range]))
  }
}
