/// The charts of a page as data for its script: each curve once, charts name the curves they show.
enum ChartData {
  /// The significant digits that a chart can show.
  private static let digits = 6

  /// The data of charts.
  static func value(_ charts: [(chart: Chart, layout: ChartLayout)]) -> JSONValue {
    var curves: [String: JSONValue] = [:]
    var values: [String: JSONValue] = [:]
    for (chart, layout) in charts {
      for series in chart.losses + chart.rates where curves[series.curve] == nil {
        curves[series.curve] = curve(series)
      }
      values[chart.id] = value(chart, layout)
    }
    return .object(["charts": .object(values), "curves": .object(curves)])
  }

  private static func value(_ chart: Chart, _ layout: ChartLayout) -> JSONValue {
    .object([
      "summary": .string(chart.summary),
      "losses": .array(chart.losses.map(value)),
      "rates": .array(chart.rates.map(value)),
      "marksEnd": .bool(chart.marksEnd),
      "steps": value(chart.steps),
      "rateRange": value(chart.rateRange),
      "focus": value(FocusRange.focus(chart)),
      "full": value(FocusRange.full(chart)),
      "firstStep": smallest(chart.losses.lazy.flatMap { $0.drawable.map(\.step) }),
      "lowestLoss": smallest(chart.losses.lazy.flatMap { $0.drawable.map(\.value) }),
      "lossHeight": .number(layout.lossHeight),
      "rateHeight": .number(layout.rateHeight),
    ])
  }

  private static func value(_ series: Chart.Series) -> JSONValue {
    .object([
      "curve": .string(series.curve), "key": .string(series.key), "label": .string(series.label),
      "color": .number(Double(series.color)), "style": .string(series.style.rawValue),
      "dash": .number(Double(series.dash)),
    ])
  }

  private static func value(_ range: ScreenRange) -> JSONValue {
    .array([.number(range.lower), .number(range.upper)])
  }

  private static func curve(_ series: Chart.Series) -> JSONValue {
    var members = ["x": numbers(series.steps), "y": numbers(series.values)]
    if let band = series.band {
      members["lower"] = numbers(band.lower)
      members["upper"] = numbers(band.upper)
    }
    return .object(members)
  }

  private static func numbers(_ values: [Double]) -> JSONValue {
    .array(values.map { ScreenRange.isDrawable($0) ? .number(rounded($0)) : .null })
  }

  /// The smallest value above 0, where a logarithmic axis can begin; null without one.
  private static func smallest(_ values: some Sequence<Double>) -> JSONValue {
    let smallest = values.filter { $0 > 0 }.min()
    return smallest.map(JSONValue.number) ?? .null
  }

  private static func rounded(_ value: Double) -> Double {
    let places = digits - 1 - PowersOfTen.exponent(value)
    guard value != 0, abs(places) <= 22 else { return value }
    let unit = PowersOfTen.power(abs(places))
    return places >= 0 ? (value * unit).rounded() / unit : (value / unit).rounded() * unit
  }
}
