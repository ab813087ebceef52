/// Logged learning rates that stand one step, or one row, later than they were used.
///
/// A linear warm-up from 0 is a line through rate 0 at step 0. When its rows lie on a line through
/// rate 0 at step 1, or one row's distance after 0, each row has the rate of the step or of the row
/// before: some trainers log before they step the schedule, or the rate of the last row.
enum LateRates {
  /// The least rows of the warm-up below its end.
  private static let fewestRows = 3
  /// How far, in steps, rows may be from the line, and its zero from a whole lag.
  private static let tolerance = 0.1

  /// By how many steps rates stand late.
  ///
  /// - Parameters:
  ///   - steps: ascending; one a row.
  ///   - rates: finite; one a row.
  /// - Returns: 1 or the distance of rows; nil where the rows do not show it.
  static func lag(steps: [Int], rates: [Double]) -> Int? {
    var top = 0
    while top + 1 < rates.count, rates[top + 1] > rates[top] { top += 1 }
    // The row at the top may stand behind the end of the warm-up.
    guard top >= fewestRows, rates[0] >= 0 else { return nil }
    let last = top - 1
    let slope = (rates[last] - rates[0]) / Double(steps[last] - steps[0])
    guard slope > 0, slope.isFinite else { return nil }
    let zero = Double(steps[0]) - rates[0] / slope
    for row in 1..<last {
      let expected = slope * (Double(steps[row]) - zero)
      guard abs(rates[row] - expected) <= tolerance / 2 * slope else { return nil }
    }
    for lag in [1, steps[1] - steps[0]] where abs(zero - Double(lag)) <= tolerance { return lag }
    return nil
  }
}
