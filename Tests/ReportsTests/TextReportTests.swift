import Forecasting
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct TextReportTests {
  @Test func csvParsesBack() throws {
    var report = SampleReport.make(SampleReport.hostileTexts)
    report.runs[0].metadata = [.init(name: "model, size", value: "7\"B\"")]
    let rows = parseCSV(CSVReport.render(report))
    #expect(rows.count == report.runs.count + 1)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    for (run, row) in zip(report.runs, rows.dropFirst()) {
      let cells = Dictionary(uniqueKeysWithValues: zip(rows[0], row))
      let guarded = run.name.hasPrefix("=") ? "'" + run.name : run.name
      #expect(cells["name"] == guarded)
      #expect(Double(cells["final_loss"] ?? "") == run.finalLoss.loss)
      #expect(cells["param.L0"] == "2.62834" && cells["param.L0.standard_error"] == "0.0041")
      #expect(cells["param.C"] == "" && cells["param.C.role"] == "unidentified")
      #expect(cells["warning_count"] == "1" && cells["tokens"] == "5000000")
    }
    #expect(rows[0].contains("meta.model, size") && rows[1].contains("7\"B\""))
  }

  @Test(arguments: ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1"])
  func csvDisarmsFormulas(text: String) {
    let rows = parseCSV(CSVReport.render(SampleReport.make([text])))
    #expect(rows[1][0] == "'" + text)
  }

  @Test(arguments: ["-2.5", "+1e-3", "plain", "a=b"])
  func csvLeavesHarmlessTextAlone(text: String) {
    #expect(parseCSV(CSVReport.render(SampleReport.make([text])))[1][0] == text)
  }

  @Test func csvLeavesMissingNumbersEmpty() {
    var report = SampleReport.make(["a"])
    report.runs[0].tokens = nil
    report.runs[0].metrics?.r2 = .nan
    let rows = parseCSV(CSVReport.render(report))
    let cells = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[1]))
    #expect(cells["tokens"] == "" && cells["r2"] == "")
  }

  @Test func jsonHasTheReportsKeys() throws {
    let report = SampleReport.make(SampleReport.hostileTexts)
    let text = try JSONReport.render(report)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      object.keys.sorted() == ["failures", "forecasts", "level", "losscast", "runs", "title"])
    #expect(object["losscast"] as? Int == 1)
    #expect(text.hasPrefix("{\n  \"losscast\": 1,\n  \"failures\":"))
    let runs = try #require(object["runs"] as? [[String: Any]])
    #expect(runs.map { $0["name"] as? String } == report.runs.map(\.name))
    #expect(runs[0]["group"] is NSNull)
    #expect(runs.allSatisfy { $0.keys.sorted() == runs[0].keys.sorted() })
    for key in runs[0].keys { #expect(key.wholeMatch(of: #/[a-z][A-Za-z0-9]*/#) != nil) }
  }

  @Test func jsonDecodesToTheSameReport() throws {
    let report = SampleReport.make(["a", "b"])
    let text = try JSONReport.render(report)
    let decoded = try JSONDecoder().decode(BatchReport.self, from: Data(text.utf8))
    #expect(try JSONReport.render(decoded) == text)
    #expect(decoded.runs[1].observed == report.runs[1].observed)
    #expect(decoded.forecasts[0].curve == report.forecasts[0].curve)
  }

  @Test func jsonWritesNullForNumbersThatAreNotFinite() throws {
    var report = SampleReport.make(["a"])
    report.runs[0].observed.values[3] = .nan
    report.runs[0].metrics?.mae = .infinity
    let text = try JSONReport.render(report)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let run = try #require((object["runs"] as? [[String: Any]])?.first)
    let values = try #require((run["observed"] as? [String: Any])?["value"] as? [Any])
    #expect(values[3] is NSNull && values[4] is Double)
    #expect((run["metrics"] as? [String: Any])?["mae"] is NSNull)
  }

  @Test func markdownEscapesItsTable() throws {
    var report = SampleReport.make(["a|b", "new\nline", "<b>*x*_y_`z`[l](u)", ""])
    report.runs[0].group = "g|h"
    let text = MarkdownReport.render(report)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count == 6)
    for row in rows {
      let bars = row.replacing("\\|", with: "").filter { $0 == "|" }
      #expect(bars.count == 11, "\(row)")
    }
    #expect(rows[2].hasPrefix("| a\\|b | g\\|h |"))
    #expect(rows[3].hasPrefix("| new line |"))
    #expect(rows[4].hasPrefix("| &lt;b&gt;\\*x\\*\\_y\\_\\`z\\`\\[l\\](u) |"))
    #expect(rows[5].hasPrefix("| (no name) |"))
  }

  @Test func markdownTellsForecastsAndFailures() {
    let text = MarkdownReport.render(SampleReport.make(["a"]))
    #expect(text.contains("final loss 1.6000 (90% interval 1.5800 to 1.6200) after 10,000 steps."))
    #expect(text.contains("refused. No decay."))
    #expect(text.contains("- logs/broken.csv: It has no loss column."))
  }

  /// An independent reader of RFC 4180: records end with CRLF, quoted cells may hold anything.
  private func parseCSV(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch (scalar, isQuoted) {
      case ("\"", true) where scalars.first == "\"":
        cell.append(scalar)
        scalars.removeFirst()
      case ("\"", _): isQuoted.toggle()
      case (",", false), ("\r", false):
        rows[rows.count - 1].append(String(cell))
        cell = String.UnicodeScalarView()
        if scalar == "\r", scalars.popFirst() == "\n" { rows.append([]) }
      default: cell.append(scalar)
      }
    }
    return rows.dropLast()
  }
}
