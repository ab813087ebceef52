/// The path data of curves.
enum ChartPath {
  /// A line through a curve's points, broken where one cannot be drawn.
  static func line(_ series: Chart.Series, _ x: Scale, _ y: Scale) -> String {
    var path = ""
    var isDrawing = false
    for index in series.steps.indices {
      guard let point = point(series, index, x, y) else {
        isDrawing = false
        continue
      }
      path += (isDrawing ? "L" : "M") + point
      isDrawing = true
    }
    return path
  }

  /// A dot at each point: lines of no length with round ends.
  static func dots(_ series: Chart.Series, _ x: Scale, _ y: Scale) -> String {
    series.steps.indices.lazy.compactMap { point(series, $0, x, y) }
      .map { "M\($0)h0" }.joined()
  }

  /// The area between the lower and upper ends of a curve's intervals.
  static func band(_ series: Chart.Series, _ x: Scale, _ y: Scale) -> String {
    guard let band = series.band else { return "" }
    var upper: [String] = []
    var lower: [String] = []
    for index in series.steps.indices
    where index < band.lower.count && index < band.upper.count {
      guard let place = x.pixel(series.steps[index]), let low = y.pixel(band.lower[index]),
        let high = y.pixel(band.upper[index])
      else { continue }
      upper.append("\(Scale.text(place)) \(Scale.text(high))")
      lower.append("\(Scale.text(place)) \(Scale.text(low))")
    }
    guard upper.count > 1 else { return "" }
    return "M" + (upper + lower.reversed()).joined(separator: "L") + "Z"
  }

  private static func point(
    _ series: Chart.Series, _ index: Int, _ x: Scale, _ y: Scale
  ) -> String? {
    guard index < series.values.count, let across = x.pixel(series.steps[index]),
      let down = y.pixel(series.values[index])
    else { return nil }
    return "\(Scale.text(across)) \(Scale.text(down))"
  }
}
