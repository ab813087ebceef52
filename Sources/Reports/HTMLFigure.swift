/// A chart on a page with its legend and the switches that the page's script brings to life.
struct HTMLFigure {
  /// The chart.
  let chart: Chart
  /// Its size as long as no script has fitted it to the window.
  let layout: ChartLayout

  /// The figure.
  func html() -> String {
    let isClipped = FocusRange.focus(chart) != FocusRange.full(chart)
    return """
      <figure data-chart="\(chart.id)">
      <div class="tools"><div class="legend">\(legend())</div>\
      <div class="switches needs-script">\(switches(isClipped: isClipped))</div></div>
      <div class="canvas">\(ChartSVG(chart, layout).element())</div>
      <figcaption\(isClipped ? "" : " hidden")>The vertical axis shows the losses after the first \
      steep drop; parts of the curves lie outside it.</figcaption>
      </figure>
      """
  }

  private func switches(isClipped: Bool) -> String {
    let full =
      isClipped
      ? #"<button type="button" aria-pressed="false" data-switch="full">full range</button>"# : ""
    return """
      \(full)<button type="button" aria-pressed="false" data-switch="logX">log step</button>\
      <button type="button" aria-pressed="false" data-switch="logY">log loss</button>
      """
  }

  private func legend() -> String {
    chart.keys.map { key in
      """
      <button type="button" class="key" aria-pressed="true" data-key="\(key.key)">\
      \(swatch(key))\(Markup.name(key.label))</button>
      """
    }.joined()
  }

  private func swatch(_ key: Chart.Key) -> String {
    let band = key.hasBand ? #"<path class="band f\#(key.color)" d="M0 1H22V11H0Z"/>"# : ""
    let dots =
      key.style == .points ? #"<path class="dots s\#(key.color)" d="M5 6h0M11 6h0M17 6h0"/>"# : ""
    return """
      <svg class="swatch" viewBox="0 0 22 12" width="22" height="12" aria-hidden="true">\(band)\
      <path class="\(key.style.rawValue) s\(key.color) d\(key.dash)" d="M1 6H21"/>\(dots)</svg>
      """
  }
}
