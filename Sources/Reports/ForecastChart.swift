public import Forecasting

/// A forecast as a picture on its own, for a README or a slide.
public enum ForecastChart {
  /// An observed curve and what it is called.
  public struct NamedCurve: Sendable, Hashable {
    /// The run's name.
    public var name: String
    /// Its losses, nats.
    public var curve: ObservedCurve

    /// Creates a named curve.
    public init(name: String, curve: ObservedCurve) {
      self.name = name
      self.curve = curve
    }
  }

  /// A standalone SVG document: observed runs as thin lines, the forecast with its band, its last
  /// loss in words, and the learning rate in a panel below.
  ///
  /// Its colours follow the viewer's preference for light or dark; it needs no other file. Points
  /// that are not finite are left out.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - observed: The runs behind the forecast.
  ///   - forecast: The forecast, losses in nats.
  ///   - learningRate: The proposed schedule's learning rate; nil leaves its panel out.
  ///   - level: The level of the forecast's intervals, as in 0.9.
  /// - Returns: The document.
  public static func svg(
    title: String, observed: [NamedCurve], forecast: PredictedCurve, learningRate: ObservedCurve?,
    level: Double
  ) -> String {
    let chart = chart(title, observed, forecast, learningRate)
    let layout = ChartLayout(
      width: 860, lossHeight: 300, rateHeight: learningRate == nil ? 0 : 66, left: 64, right: 36,
      top: 96)
    let picture = ChartSVG(chart, layout)
    return StandalonePicture.document(
      title: title, layout: layout, legend: legend(observed, level: level),
      content: picture.content() + "\n" + callout(picture, FinalForecast(forecast), level: level))
  }

  private static func chart(
    _ title: String, _ observed: [NamedCurve], _ forecast: PredictedCurve,
    _ learningRate: ObservedCurve?
  ) -> Chart {
    let runs = observed.map {
      Chart.Series(
        curve: "", key: "", label: $0.name, color: Palette.neutral, style: .faint,
        steps: $0.curve.steps, values: $0.curve.values)
    }
    let predicted = ReportCharts.series(forecast, curve: "", key: "", label: "forecast")
    return Chart(
      id: "forecast-picture", summary: title, losses: runs + [predicted],
      rates: learningRate.map { [ReportCharts.learningRate($0, curve: "", color: 0)] } ?? [],
      keys: [], marksEnd: true)
  }

  /// The legend; many or long names are only counted.
  private static func legend(_ observed: [NamedCurve], level: Double) -> String {
    let forecast = """
      <path class="band f0" d="M24 53H52V67H24Z"/><path class="line s0" d="M25 60H51"/>\
      <text class="key" x="60" y="64">forecast, \(NumberText.percent(level)) interval</text>
      """
    guard !observed.isEmpty else { return forecast }
    let names = observed.map { Markup.plainName($0.name) }.joined(separator: ", ")
    let label =
      names.count <= 70
      ? "observed: \(names)" : Summary.counted(observed.count, "observed run")
    return forecast + """
      <path class="faint s\(Palette.neutral)" d="M241 60H267"/>\
      <text class="key" x="276" y="64">\(Markup.escape(label))</text>
      """
  }

  /// The last loss in words, joined to its point by a thin line.
  private static func callout(
    _ picture: ChartSVG, _ end: FinalForecast?, level: Double
  ) -> String {
    guard let point = picture.endPoint, let end else { return "" }
    let right = Scale.text(point.x + 5)
    let top = picture.layout.top
    let interval = end.interval(level: level).map { "\($0)" } ?? ""
    let place = "final loss, step \(NumberText.count(end.step))"
    let from = top + 66
    let to = point.y - 8
    let leader =
      to > from
      ? """
      <path class="base" d="M\(Scale.text(point.x)) \(Scale.text(from))V\(Scale.text(to))"/>
      """ : ""
    return leader + """
      <text class="key" text-anchor="end" x="\(right)" y="\(Scale.text(top + 8))">\(place)</text>\
      <text class="final" text-anchor="end" x="\(right)" y="\(Scale.text(top + 38))">\
      \(NumberText.loss(end.loss))</text>\
      <text class="key" text-anchor="end" x="\(right)" y="\(Scale.text(top + 57))">\(interval)</text>
      """
  }
}
