/// Learning rates of schedules as a picture on its own.
public enum ScheduleChart {
  /// A standalone SVG document: the curves, and a legend below when there are several.
  ///
  /// Its colours follow the viewer's preference for light or dark; it needs no other file. Points
  /// that are not finite are left out.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - curves: The schedules' learning rates over steps.
  /// - Returns: The document.
  public static func svg(title: String, curves: [LinePlot.Curve]) -> String {
    let series = curves.enumerated().map { index, curve in
      Chart.Series(
        curve: "", key: "", label: curve.name, color: index % Palette.hues, style: .line,
        dash: index / Palette.hues % Palette.dashes, steps: curve.steps, values: curve.values)
    }
    let legendHeight = curves.count > 1 ? Double(curves.count) * 20 + 8 : 0
    let chart = Chart(
      id: "schedule-picture", summary: title, losses: [], rates: series, keys: [])
    let layout = ChartLayout(
      width: 860, lossHeight: 0, rateHeight: 300, left: 72, right: 36, top: 34, gap: 42)
    let size = (width: layout.width, height: layout.height + legendHeight)
    let heading = Markup.escape(Markup.plainName(title))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" \
      viewBox="0 0 \(Scale.text(size.width)) \(Scale.text(size.height))" \
      width="\(Scale.text(size.width))" height="\(Scale.text(size.height))" role="img" \
      aria-labelledby="title">
      <title id="title">\(heading)</title>
      <style>\(StandalonePicture.style)</style>
      <rect class="page" width="100%" height="100%" rx="8"/>
      <text class="heading" x="24" y="36">\(Markup.escape(short(Markup.plainName(title))))</text>
      \(ChartSVG(chart, layout).rates())
      \(curves.count > 1 ? legend(series, top: layout.height) : "")
      </svg>

      """
  }

  private static func legend(_ series: [Chart.Series], top: Double) -> String {
    series.enumerated().map { index, one in
      let y = top + 10 + 20 * Double(index)
      return """
        <path class="line s\(one.color) d\(one.dash)" d="M24 \(Scale.text(y))H50"/>\
        <text class="key" x="60" y="\(Scale.text(y + 4))">\
        \(Markup.escape(short(Markup.plainName(one.label), limit: 120)))</text>
        """
    }.joined()
  }

  /// A text that fits the picture's width.
  private static func short(_ text: String, limit: Int = 84) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
