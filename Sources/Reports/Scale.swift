/// A map from values to pixels, linear or logarithmic.
struct Scale: Sendable {
  /// The values spanned.
  let range: ScreenRange
  /// True for a logarithmic scale.
  let isLogarithmic: Bool
  /// The pixel of the lower end.
  let start: Double
  /// The pixel of the upper end.
  let end: Double

  /// Creates a scale; a range that reaches 0 or below is drawn linearly.
  init(_ range: ScreenRange, isLogarithmic: Bool = false, from start: Double, to end: Double) {
    self.range = range
    self.isLogarithmic = isLogarithmic && range.lower > 0
    self.start = start
    self.end = end
  }

  /// The pixel of a value; nil for a value that the scale has no place for.
  ///
  /// Pixels stop three spans outside the plot: the clip hides them, and numbers stay short.
  func pixel(_ value: Double) -> Double? {
    guard ScreenRange.isDrawable(value), !isLogarithmic || value > 0 else { return nil }
    let share = min(4, max(-3, (place(value) - place(range.lower)) / width))
    return start + share * (end - start)
  }

  private var width: Double { place(range.upper) - place(range.lower) }

  private func place(_ value: Double) -> Double {
    isLogarithmic ? PowersOfTen.naturalLogarithm(value) : value
  }

  /// A pixel with one decimal, as short as it goes.
  static func text(_ pixel: Double) -> String {
    NumberText.trimmed(NumberText.fixed(pixel, decimals: 1))
  }
}
