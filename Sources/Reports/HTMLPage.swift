import Forecasting

/// The parts of a report's page.
struct HTMLPage {
  /// What the page shows.
  let report: BatchReport
  private let forecasts: [Chart]
  private let comparison: Chart
  private let runs: [Chart]

  /// Prepares the charts of a page.
  init(_ report: BatchReport) {
    self.report = report
    forecasts = report.forecasts.enumerated().map {
      ReportCharts.forecast($0.element, number: $0.offset + 1, in: report)
    }
    comparison = ReportCharts.comparison(report)
    runs = report.runs.enumerated().map { ReportCharts.run($0.element, number: $0.offset + 1) }
  }

  private static let forecastLayout = ChartLayout(width: 720, lossHeight: 280, rateHeight: 64)
  private static let comparisonLayout = ChartLayout(width: 1080, lossHeight: 360, rateHeight: 0)

  /// The page's sections, those without content left out.
  func sections() -> [String] {
    [forecastSection(), comparisonSection(), tableSection(), runSection(), failureSection()]
      .filter { !$0.isEmpty }
  }

  /// The data of all charts.
  func data() -> JSONValue {
    let all =
      forecasts.map { ($0, HTMLPage.forecastLayout) } + [(comparison, HTMLPage.comparisonLayout)]
      + runs.map { ($0, HTMLPage.runLayout($0)) }
    return ChartData.value(all.map { (chart: $0.0, layout: $0.1) })
  }

  private static func runLayout(_ chart: Chart) -> ChartLayout {
    ChartLayout(width: 720, lossHeight: 260, rateHeight: chart.rates.isEmpty ? 0 : 64)
  }

  private func forecastSection() -> String {
    guard !report.forecasts.isEmpty else { return "" }
    let cards = report.forecasts.indices.map { index in
      HTMLForecast(
        forecast: report.forecasts[index], level: report.level, number: index + 1,
        figure: HTMLFigure(chart: forecasts[index], layout: HTMLPage.forecastLayout)
      ).card()
    }
    return section("forecasts", "Forecasts", cards.joined(separator: "\n"))
  }

  private func comparisonSection() -> String {
    guard report.runs.count > 1 else { return "" }
    let figure = HTMLFigure(chart: comparison, layout: HTMLPage.comparisonLayout)
    return section("comparison", "All runs", #"<div class="card">\#(figure.html())</div>"#)
  }

  private func tableSection() -> String {
    guard !report.runs.isEmpty else { return "" }
    return section("runs", "Table of runs", HTMLRunTable(report.runs).html())
  }

  private func runSection() -> String {
    guard !report.runs.isEmpty else { return "" }
    let openCount = report.runs.count <= 4 ? report.runs.count : 1
    let cards = report.runs.indices.map { index in
      HTMLRunCard(
        run: report.runs[index], level: report.level, number: index + 1,
        isOpen: index < openCount,
        figure: HTMLFigure(chart: runs[index], layout: HTMLPage.runLayout(runs[index]))
      ).html()
    }
    return section("details", "Run by run", cards.joined(separator: "\n"))
  }

  private func failureSection() -> String {
    guard !report.failures.isEmpty else { return "" }
    let items = report.failures.map { failure in
      "<div><dt>\(Markup.name(failure.file))</dt><dd>\(Markup.escape(failure.reason))</dd></div>"
    }
    return section(
      "failures", "Inputs that could not be used",
      #"<dl class="card failures">\#(items.joined())</dl>"#)
  }

  private func section(_ id: String, _ title: String, _ content: String) -> String {
    "<section id=\"\(id)\">\n<h2>\(title)</h2>\n\(content)\n</section>"
  }
}
