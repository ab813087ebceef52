import Forecasting

/// The card of a forecast.
struct HTMLForecast {
  /// The forecast.
  let forecast: ScheduleForecast
  /// The level of its intervals.
  let level: Double
  /// Its place on the page, from 1.
  let number: Int
  /// Its chart.
  let figure: HTMLFigure

  /// The card.
  func card() -> String {
    let group = forecast.group.map { #"<span class="tag">\#(Markup.name($0))</span>"# } ?? ""
    return """
      <article class="card" id="forecast-\(number)">
      <h3><code>\(Markup.name(forecast.schedule))</code>\(group)</h3>
      <div class="split wide">
      \(verdict())
      <div class="main">\(figure.html())
      \(HTMLParts.parameters(forecast.parameters, law: forecast.law, level: level))</div>
      <div class="aside">\(basis())\(HTMLParts.warnings(forecast.warnings))</div>
      </div>
      </article>
      """
  }

  private func verdict() -> String {
    guard let end = FinalForecast(forecast) else {
      let reason = forecast.refusal ?? "The forecast has no curve."
      return """
        <div class="refusal"><h4>No forecast</h4><p dir="auto">\(Markup.escape(reason))</p></div>
        """
    }
    let interval = end.interval(level: level) ?? "without an interval"
    let parts =
      forecast.curve?.lawSpread == nil
      ? "the scatter of the losses and the parameters' uncertainty"
      : "the scatter of the losses, the parameters' uncertainty and how far equally good laws differ"
    return """
      <p class="verdict"><span class="what">Final loss</span>\
      <strong>\(NumberText.loss(end.loss))</strong>\
      <span class="interval">\(interval)</span>\
      <span class="what">nats, after \(NumberText.count(end.step)) steps</span>\
      <span class="what">The interval covers \(parts), not the error of the law itself.</span></p>
      """
  }

  private func basis() -> String {
    let names = forecast.fittedRuns.map { "<li>\(Markup.name($0))</li>" }.joined()
    guard !names.isEmpty else { return "" }
    let choice = forecast.selection == nil ? "" : ", chosen by back-test"
    return """
      <p class="basis">\(Markup.escape(forecast.law)) law\(choice), fitted to \
      \(Summary.counted(forecast.fittedRuns.count, "run")):</p><ul class="names">\(names)</ul>
      """
  }
}
