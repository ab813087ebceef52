import Forecasting
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct HTMLReportTests {
  private static let names = ["cosine", "wsd", "constant"]

  @Test func showsEveryRunForecastAndFailure() {
    let page = HTMLReport.render(SampleReport.make(Self.names))
    for (index, name) in Self.names.enumerated() {
      #expect(page.contains("<h3><bdi>\(name)</bdi></h3>"))
      #expect(page.contains(##"<a href="#run-\##(index + 1)"><bdi>\##(name)</bdi></a>"##))
    }
    #expect(count("<tr data-run=", in: page) == 3)
    #expect(count("<details class=", in: page) == 3)
    #expect(count("<figure data-chart=", in: page) == 6)
    #expect(count("<div class=\"canvas\"><svg", in: page) == 6)
    #expect(page.contains("logs/broken.csv") && page.contains("It has no loss column."))
    #expect(page.contains("No decay.") && page.contains("not in the data"))
    #expect(page.contains("<strong>1.6000</strong>"))
    #expect(page.contains("90% interval 1.5800 to 1.6200"))
    #expect(page.contains("2.628 ± 0.004"))
  }

  @Test func sameReportSameBytes() {
    let report = SampleReport.make(Self.names)
    #expect(HTMLReport.render(report) == HTMLReport.render(report))
  }

  @Test(arguments: SampleReport.hostileTexts)
  func hostileTextStaysText(text: String) throws {
    let page = HTMLReport.render(hostile(text))
    let calm = HTMLReport.render(hostile("calm"))
    // Escaped text adds no tag; a blank name adds the span that says so.
    let tags = { (html: String) in html.matches(of: #/<\/?[A-Za-z!][^>]*>/#).map { tagName($0.0) } }
    let extra = ["<span", "</span", "<bdi", "</bdi", "<td", "</td"]
    #expect(
      tags(page).filter { !extra.contains($0) } == tags(calm).filter { !extra.contains($0) })
    #expect(count("<script", in: page) == 2)
    #expect(!page.contains("<img"))
    let data = try embeddedData(page)
    #expect(data.keys.sorted() == ["charts", "curves"])
  }

  @Test func embeddedDataHoldsNoMarkup() throws {
    let page = HTMLReport.render(hostile("</script>&<!--\u{2028}\u{2029}"))
    let text = try #require(embeddedText(page))
    #expect(!text.contains { "<>&\u{2028}\u{2029}".contains($0) })
  }

  @Test func needsNothingFromElsewhere() {
    let page = HTMLReport.render(SampleReport.make(Self.names))
    let allowed = "http://www.w3.org/2000/svg"
    #expect(count("http", in: page) == count(allowed, in: page) + count("http-equiv", in: page))
    #expect(!page.contains("src=") && !page.contains("@import") && !page.contains("url(h"))
    #expect(!page.contains(" style=") && !page.contains(" onclick="))
  }

  @Test func policyKnowsTheScriptAndTheStyle() throws {
    let page = HTMLReport.render(SampleReport.make(Self.names))
    let script = try #require(page.components(separatedBy: "<script>").last)
      .components(separatedBy: "</script>")[0]
    let style = try #require(page.components(separatedBy: "<style>").last)
      .components(separatedBy: "</style>")[0]
    for text in [script, style] {
      let hash = ContentHash.base64(of: text)
      #expect(page.contains("-src 'sha256-\(hash)'"))
    }
  }

  @Test func emptyAndPartialReportsRender() {
    let empty = BatchReport(title: "", runs: [], forecasts: [], failures: [], level: 0.95)
    let page = HTMLReport.render(empty)
    #expect(page.contains("<h1 dir=\"auto\">Training runs</h1>") && page.contains("0 runs read."))
    var bare = SampleReport.make(["bare"])
    bare.runs[0].fitted = nil
    bare.runs[0].metrics = nil
    bare.runs[0].law = nil
    bare.runs[0].parameters = []
    bare.runs[0].learningRate = nil
    bare.runs[0].observed = .init(steps: [], values: [])
    #expect(HTMLReport.render(bare).contains("<h3><bdi>bare</bdi></h3>"))
  }

  @Test func groupsColourTheComparison() {
    var report = SampleReport.make(["a", "b", "c"])
    report.runs[0].group = "small"
    report.runs[1].group = "large"
    report.runs[2].group = "small"
    let chart = ReportCharts.comparison(report)
    #expect(chart.keys.map(\.label) == ["small", "large"])
    #expect(chart.losses.map(\.label) == ["c", "b", "a"])
    #expect(chart.losses.map(\.color) == [0, 1, 0])
  }

  @Test func manyRunsStayTellableApart() {
    let chart = ReportCharts.comparison(SampleReport.make((1...21).map { "run \($0)" }))
    let looks = Set(chart.losses.map { "\($0.color)/\($0.dash)" })
    #expect(looks.count == 21)
  }

  /// A report with the text in every place that a user can fill.
  private func hostile(_ text: String) -> BatchReport {
    var report = SampleReport.make([text, "other"])
    report.title = "title \(text)"
    report.runs[0].group = text
    report.runs[0].file = text
    report.runs[0].lossName = text
    report.runs[0].schedule = text
    report.runs[0].law = text
    report.runs[0].warnings = [text]
    report.runs[0].metadata = [.init(name: text, value: text)]
    report.runs[0].parameters[0].name = text
    report.forecasts[0].schedule = text
    report.forecasts[0].group = text
    report.forecasts[0].law = text
    report.forecasts[0].warnings = [text]
    report.forecasts[1].refusal = text
    report.failures = [.init(file: text, reason: text)]
    return report
  }

  private func embeddedText(_ page: String) -> String? {
    page.firstMatch(of: #/<script type="application/json" id="report-data">(.*?)<\/script>/#)
      .map { String($0.1) }
  }

  private func embeddedData(_ page: String) throws -> [String: Any] {
    let text = try #require(embeddedText(page))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? [String: Any])
  }

  private func count(_ part: String, in text: String) -> Int {
    text.components(separatedBy: part).count - 1
  }

  private func tagName(_ tag: Substring) -> String {
    String(tag.prefix { $0 != " " && $0 != ">" })
  }
}
