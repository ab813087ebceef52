/// A chart as SVG; the page's script draws the same picture again when a reader changes an axis.
struct ChartSVG {
  /// What to draw.
  let chart: Chart
  /// Where to draw it.
  let layout: ChartLayout
  private let x: Scale
  private let y: Scale
  private let rate: Scale

  /// Prepares the scales of a chart.
  init(_ chart: Chart, _ layout: ChartLayout) {
    self.chart = chart
    self.layout = layout
    x = Scale(chart.steps, from: layout.left, to: layout.plotRight)
    y = Scale(FocusRange.focus(chart), from: layout.lossBottom, to: layout.top)
    rate = Scale(chart.rateRange, from: layout.rateBottom, to: layout.rateTop)
  }

  /// The picture as an element for a page.
  func element() -> String {
    let size = "\(Scale.text(layout.width)) \(Scale.text(layout.height))"
    return """
      <svg viewBox="0 0 \(size)" role="img" aria-label="\(Markup.escape(chart.summary))">\
      \(content())</svg>
      """
  }

  /// What stands inside the element.
  func content() -> String {
    var svg = clip("loss", layout.top, layout.lossHeight)
    svg += axes(y, top: layout.top, bottom: layout.lossBottom, .loss, title: "loss (nats)")
    svg += panel(chart.losses, y, clip: "loss") + end()
    return svg + (layout.rateHeight > 0 ? ratePanel() : "") + stepLabels()
  }

  /// The panel of learning rates alone, with the steps below it.
  func rates() -> String { ratePanel() + stepLabels() }

  private func ratePanel() -> String {
    clip("rate", layout.rateTop, layout.rateHeight)
      + axes(rate, top: layout.rateTop, bottom: layout.rateBottom, .rate, title: "learning rate")
      + panel(chart.rates, rate, clip: "rate")
  }

  /// The pixel of the last loss, where it can be drawn.
  var endPoint: (x: Double, y: Double)? {
    guard let end = chart.end, let across = x.pixel(end.step), let down = y.pixel(end.loss)
    else { return nil }
    return (across, down)
  }

  private func clip(_ panel: String, _ top: Double, _ height: Double) -> String {
    let width = Scale.text(layout.plotRight - layout.left)
    return """
      <clipPath id="\(chart.id)-\(panel)"><rect x="\(Scale.text(layout.left))" \
      y="\(Scale.text(top))" width="\(width)" height="\(Scale.text(height))"/></clipPath>
      """
  }

  private func axes(
    _ scale: Scale, top: Double, bottom: Double, _ quantity: Ticks.Quantity, title: String
  ) -> String {
    let left = Scale.text(layout.left)
    let right = Scale.text(layout.plotRight)
    var svg = #"<text class="title" x="\#(left)" y="\#(Scale.text(top - 10))">\#(title)</text>"#
    for tick in x.pixels(target: layout.stepTicks) {
      let across = Scale.text(tick.pixel)
      svg += #"<path class="grid" d="M\#(across) \#(Scale.text(top))V\#(Scale.text(bottom))"/>"#
    }
    let target = quantity == .loss ? layout.lossTicks : layout.rateTicks
    let ticks = Ticks(scale, target: target)
    for tick in scale.pixels(target: target) {
      let down = Scale.text(tick.pixel)
      svg += #"<path class="grid" d="M\#(left) \#(down)H\#(right)"/>"#
      svg += #"<text class="tick" text-anchor="end" x="\#(Scale.text(layout.left - 7))" "#
      svg += #"y="\#(Scale.text(tick.pixel + 4))">\#(ticks.label(tick.value, quantity))</text>"#
    }
    return svg + #"<path class="base" d="M\#(left) \#(Scale.text(bottom))H\#(right)"/>"#
  }

  private func stepLabels() -> String {
    let ticks = Ticks(x, target: layout.stepTicks)
    var svg = ""
    for tick in x.pixels(target: layout.stepTicks) {
      svg += #"<text class="tick" text-anchor="middle" x="\#(Scale.text(tick.pixel))" "#
      svg +=
        #"y="\#(Scale.text(layout.plotBottom + 16))">\#(ticks.label(tick.value, .step))</text>"#
    }
    svg += #"<text class="title" text-anchor="end" x="\#(Scale.text(layout.plotRight))" "#
    return svg + #"y="\#(Scale.text(layout.plotBottom + 31))">step</text>"#
  }

  private func panel(_ series: [Chart.Series], _ scale: Scale, clip: String) -> String {
    let bands = series.filter { $0.band != nil }.map { one in
      #"<path class="band f\#(one.color)" d="\#(ChartPath.band(one, x, scale))"/>"#
    }
    let curves = series.map { curve($0, scale) }
    return #"<g clip-path="url(#\#(chart.id)-\#(clip))">\#((bands + curves).joined())</g>"#
  }

  private func curve(_ series: Chart.Series, _ scale: Scale) -> String {
    let classes = "\(series.style.rawValue) s\(series.color) d\(series.dash)"
    let line = ChartPath.line(series, x, scale)
    let isSingle = series.drawable.count == 1
    var svg = isSingle ? "" : #"<path class="\#(classes)" d="\#(line)"/>"#
    if series.style == .points || isSingle {
      svg += #"<path class="dots s\#(series.color)" d="\#(ChartPath.dots(series, x, scale))"/>"#
    }
    return svg
  }

  private func end() -> String {
    guard let end = chart.end, let point = endPoint, let series = chart.losses.last else {
      return ""
    }
    var svg = ""
    let across = Scale.text(point.x)
    if let low = end.lower.flatMap(y.pixel), let high = end.upper.flatMap(y.pixel) {
      svg += #"<path class="whisker s\#(series.color)" clip-path="url(#\#(chart.id)-loss)" "#
      svg += #"d="M\#(across) \#(Scale.text(low))V\#(Scale.text(high))"/>"#
    }
    return svg + """
      <circle class="end f\(series.color)" cx="\(across)" cy="\(Scale.text(point.y))" r="4.5"/>
      """
  }
}

extension Scale {
  /// The ticks of the scale with their pixels.
  func pixels(target: Int) -> [(value: Double, pixel: Double)] {
    Ticks(self, target: target).values.compactMap { value in pixel(value).map { (value, $0) } }
  }
}
