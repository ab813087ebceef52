import Forecasting

/// A curve the size of a word.
enum Sparkline {
  private static let width = 104.0
  private static let height = 26.0

  /// The range of losses that sparklines of several runs share, so that heights compare.
  static func range(_ curves: [ObservedCurve]) -> ScreenRange? {
    let chart = Chart(
      id: "sparklines", summary: "", losses: curves.map(series), rates: [], keys: [])
    return chart.losses.allSatisfy(\.drawable.isEmpty) ? nil : FocusRange.focus(chart)
  }

  /// The picture; without a drawable point an empty one.
  static func svg(_ curve: ObservedCurve, in range: ScreenRange?) -> String {
    let series = thinned(series(curve))
    var path = ""
    if let range, let steps = ScreenRange(of: curve.steps) {
      let x = Scale(steps, from: 2, to: width - 4)
      let y = Scale(range, from: height - 2, to: 2)
      path = #"<path class="line s0" d="\#(ChartPath.line(series, x, y))"/>"#
      if let last = series.drawable.last, let across = x.pixel(last.step),
        let down = y.pixel(last.value)
      {
        path += """
          <circle class="f0" cx="\(Scale.text(across))" cy="\(Scale.text(down))" r="2.2"/>
          """
      }
    }
    let size = "\(Scale.text(width)) \(Scale.text(height))"
    return """
      <svg class="spark" viewBox="0 0 \(size)" width="\(Scale.text(width))" \
      height="\(Scale.text(height))" aria-hidden="true">\(path)</svg>
      """
  }

  private static func series(_ curve: ObservedCurve) -> Chart.Series {
    Chart.Series(
      curve: "", key: "", label: "", color: 0, style: .line, steps: curve.steps,
      values: curve.values)
  }

  /// A point for every other pixel is all that shows; the last one stays.
  private static func thinned(_ series: Chart.Series) -> Chart.Series {
    let points = series.drawable
    let stride = max(1, points.count / 50)
    let kept = points.indices.filter { $0.isMultiple(of: stride) || $0 == points.count - 1 }
    var thin = series
    thin.steps = kept.map { points[$0].step }
    thin.values = kept.map { points[$0].value }
    return thin
  }
}
