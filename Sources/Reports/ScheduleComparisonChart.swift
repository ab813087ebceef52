public import Forecasting

/// Schedules side by side as a picture on its own: predicted losses above, learning rates below.
public enum ScheduleComparisonChart {
  /// A schedule to draw.
  public struct Curve: Sendable {
    /// What it is called.
    public var name: String
    /// The predicted losses, nats.
    public var losses: ObservedCurve
    /// The learning rates.
    public var rates: ObservedCurve

    /// Creates a curve.
    public init(name: String, losses: ObservedCurve, rates: ObservedCurve) {
      self.name = name
      self.losses = losses
      self.rates = rates
    }
  }

  /// A standalone SVG document.
  ///
  /// Its colours follow the viewer's preference for light or dark; it needs no other file. Points
  /// that are not finite are left out.
  public static func svg(title: String, curves: [Curve]) -> String {
    func series(_ index: Int, _ values: ObservedCurve) -> Chart.Series {
      Chart.Series(
        curve: "", key: "", label: curves[index].name, color: index % Palette.hues, style: .line,
        dash: index % Palette.dashes, steps: values.steps, values: values.values)
    }
    let chart = Chart(
      id: "comparison-picture", summary: title,
      losses: curves.indices.map { series($0, curves[$0].losses) },
      rates: curves.indices.map { series($0, curves[$0].rates) }, keys: [])
    let layout = ChartLayout(
      width: 860, lossHeight: 170, rateHeight: 230, left: 64, right: 36,
      top: 84 + 20 * Double(curves.count))
    return StandalonePicture.document(
      title: title, layout: layout, legend: legend(curves),
      content: ChartSVG(chart, layout).content())
  }

  private static func legend(_ curves: [Curve]) -> String {
    curves.enumerated().map { index, curve in
      let line = 60 + 20 * index
      return """
        <path class="line s\(index % Palette.hues) d\(index % Palette.dashes)" \
        d="M25 \(line)H51"/><text class="key" x="60" y="\(line + 4)">\
        \(Markup.escape(Markup.plainName(curve.name)))</text>
        """
    }.joined()
  }
}
