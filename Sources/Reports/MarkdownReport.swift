public import Forecasting

/// A report as Markdown, for pull requests and notes.
public enum MarkdownReport {
  /// A title, a summary, the forecasts, a table of runs and the failures.
  public static func render(_ report: BatchReport) -> String {
    let sections = [
      "# \(escape(report.title))", Summary.sentences(report).map(escape).joined(separator: " "),
      forecasts(report), runs(report), remarks(report), failures(report),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func forecasts(_ report: BatchReport) -> String {
    guard !report.forecasts.isEmpty else { return "" }
    let sections = report.forecasts.map { forecast in
      let lines = ["- \(escape(Summary.line(forecast, level: report.level)))"]
      let parameters = forecast.parameters.map { "\(escape($0.name)) = \(Uncertainty.text($0))" }
      let law =
        parameters.isEmpty
        ? [] : ["  - \(escape(forecast.law)): \(parameters.joined(separator: ", "))"]
      return (lines + law + forecast.warnings.map { "  - \(escape($0))" }).joined(separator: "\n")
    }
    return "## Forecasts\n\n" + sections.joined(separator: "\n")
  }

  private static func runs(_ report: BatchReport) -> String {
    guard !report.runs.isEmpty else { return "" }
    let header = [
      "Run", "Group", "Final loss", "Best loss", "At step", "Rows", "Law", "Parameters",
      "Fit error", "Warnings",
    ]
    let rule = "| --- | --- | ---: | ---: | ---: | ---: | --- | --- | ---: | ---: |"
    return "## Runs\n\n"
      + ([row(header), rule] + report.runs.map { row(cells($0)) })
      .joined(separator: "\n")
  }

  private static func cells(_ run: RunReport) -> [String] {
    let parameters = run.parameters.map { "\(escape($0.name)) = \(Uncertainty.text($0))" }
    return [
      Markup.isBlank(run.name) ? "(no name)" : escape(run.name), escape(run.group ?? ""),
      NumberText.loss(run.finalLoss.loss), NumberText.loss(run.bestLoss.loss),
      NumberText.count(run.bestLoss.step), NumberText.count(Double(run.rows)),
      escape(run.law ?? ""), parameters.joined(separator: ", "),
      run.metrics.map { NumberText.percent($0.meanRelativeError) } ?? "",
      NumberText.count(Double(run.warnings.count)),
    ]
  }

  private static func remarks(_ report: BatchReport) -> String {
    let lines = report.runs.flatMap { run in
      run.warnings.map {
        "- \(escape(Markup.isBlank(run.name) ? run.file : run.name)): \(escape($0))"
      }
    }
    return lines.isEmpty ? "" : "## Warnings\n\n" + lines.joined(separator: "\n")
  }

  private static func failures(_ report: BatchReport) -> String {
    guard !report.failures.isEmpty else { return "" }
    let lines = report.failures.map { "- \(escape($0.file)): \(escape($0.reason))" }
    return "## Inputs that could not be used\n\n" + lines.joined(separator: "\n")
  }

  /// A line of a table.
  static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  /// Text on one line that no Markdown reader takes for markup.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\\", "|", "`", "*", "_", "[", "]", "#", "~", "$": escaped += "\\\(scalar)"
      case _ where scalar.properties.isWhitespace || scalar.value < 0x20: escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
