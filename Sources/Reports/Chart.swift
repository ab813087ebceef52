import Forecasting

/// What a chart shows: losses over steps and, in a panel below, learning rates.
struct Chart: Sendable {
  /// A curve with how it looks.
  struct Series: Sendable {
    /// How a curve is drawn.
    enum Style: String, Sendable {
      /// A line.
      case line
      /// A thin pale line, for context.
      case faint
      /// Dots joined by a pale line.
      case points
    }

    /// The curve's name among the page's data, where charts share curves.
    var curve: String
    /// The entry of the legend that shows and hides it.
    var key: String
    /// What it is called.
    var label: String
    /// Its colour's index in the palette.
    var color: Int
    /// How it is drawn.
    var style: Style
    /// Which dash pattern, 0 for a solid line; tells curves of the same colour apart.
    var dash = 0
    /// Its steps.
    var steps: [Double]
    /// Its values.
    var values: [Double]
    /// The ends of its intervals, if it has any.
    var band: Band?
  }

  /// Intervals around a curve.
  struct Band: Sendable {
    /// Lower ends.
    var lower: [Double]
    /// Upper ends.
    var upper: [Double]
  }

  /// An entry of the legend.
  struct Key: Sendable {
    /// The key of its series.
    var key: String
    /// What it says.
    var label: String
    /// The colour's index.
    var color: Int
    /// How its line is drawn.
    var style: Series.Style
    /// The dash pattern.
    var dash = 0
    /// True when the series have intervals.
    var hasBand = false
  }

  /// The chart's name among the page's charts, made of ASCII letters, digits and hyphens.
  var id: String
  /// What the chart shows, in words.
  var summary: String
  /// The curves of the upper panel.
  var losses: [Series]
  /// The curves of the lower panel; without any the panel is left out.
  var rates: [Series]
  /// The legend.
  var keys: [Key]
  /// Marks the end of the last loss curve with a dot and its interval.
  var marksEnd = false

  /// The steps spanned, from 0 unless the curves begin late.
  var steps: ScreenRange {
    guard let range = ScreenRange(of: (losses + rates).lazy.flatMap { $0.drawable.map(\.step) })
    else { return ScreenRange(0, 1) }
    return range.lower >= 0 && range.lower < 0.1 * range.upper
      ? ScreenRange(0, range.upper) : range
  }

  /// The learning rates spanned, from 0.
  var rateRange: ScreenRange {
    guard let range = ScreenRange(of: rates.lazy.flatMap(\.values)) else {
      return ScreenRange(0, 1)
    }
    return ScreenRange(min(0, range.lower), range.upper + 0.08 * abs(range.upper))
  }

  /// The last loss that the last curve can show.
  var end: (step: Double, loss: Double, lower: Double?, upper: Double?)? {
    guard marksEnd, let series = losses.last,
      let index = series.steps.indices.last(where: { series.isDrawable($0) })
    else { return nil }
    let band = series.band
    return (
      series.steps[index], series.values[index],
      band.flatMap { index < $0.lower.count ? $0.lower[index] : nil },
      band.flatMap { index < $0.upper.count ? $0.upper[index] : nil }
    )
  }
}

extension Chart.Series {
  /// True when the curve has a point there that can be drawn.
  func isDrawable(_ index: Int) -> Bool {
    index < values.count && ScreenRange.isDrawable(steps[index])
      && ScreenRange.isDrawable(values[index])
  }

  /// The points that can be drawn.
  var drawable: [(step: Double, value: Double)] {
    steps.indices.lazy.filter { isDrawable($0) }.map { (steps[$0], values[$0]) }
  }
}
