/// The values that an axis spans: finite, and the lower end below the upper one.
struct ScreenRange: Equatable, Sendable {
  /// The lower end.
  let lower: Double
  /// The upper end.
  let upper: Double

  /// Values of this size or more are left out of charts, as non-finite ones are.
  static let limit = 1e12

  /// Creates a range; equal or swapped ends are set apart.
  init(_ first: Double, _ second: Double) {
    let lower = min(first, second)
    let upper = max(first, second)
    let size = max(abs(lower), abs(upper))
    // Below this, the distance between ticks would leave the normal numbers.
    let tiny = 1e-100
    if upper - lower > max(size * 1e-9, tiny) {
      self.lower = lower
      self.upper = upper
    } else {
      let apart = size > tiny ? size * 0.05 : 1
      self.lower = lower - apart
      self.upper = upper + apart
    }
  }

  /// The range of the drawable values; nil when there is none.
  init?(of values: some Sequence<Double>) {
    var lower = Double.infinity
    var upper = -Double.infinity
    for value in values where ScreenRange.isDrawable(value) {
      lower = min(lower, value)
      upper = max(upper, value)
    }
    guard lower <= upper else { return nil }
    self.init(lower, upper)
  }

  /// The distance between the ends.
  var span: Double { upper - lower }

  /// The range with a share of its span added at each end.
  func padded(by share: Double) -> ScreenRange {
    ScreenRange(lower - share * span, upper + share * span)
  }

  /// True when a value can be put into a chart.
  static func isDrawable(_ value: Double) -> Bool {
    value.isFinite && abs(value) < limit
  }
}
