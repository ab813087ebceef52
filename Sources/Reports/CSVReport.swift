public import Forecasting

/// A report as comma-separated values (RFC 4180), one row a run, for spreadsheets and data frames.
public enum CSVReport {
  /// A header and a row for each run; a missing value is an empty cell.
  ///
  /// The laws' parameters follow the fixed columns as `param.NAME` with its standard error, interval
  /// and role; the manifest's columns come last as `meta.NAME`. A text that a spreadsheet would run
  /// as a formula gets an apostrophe in front.
  public static func render(_ report: BatchReport) -> String {
    let parameters = names(report.runs) { $0.parameters.map(\.name) }
    let metadata = names(report.runs) { $0.metadata.map(\.name) }
    let header =
      fixedColumns
      + parameters.flatMap { name in
        ["", ".standard_error", ".lower", ".upper", ".role"].map { "param.\(name)\($0)" }
      }
      + metadata.map { "meta.\($0)" }
    let rows = report.runs.map { run in
      fixedCells(run) + parameters.flatMap { parameterCells(run, $0) }
        + metadata.map { name in text(run.metadata.first { $0.name == name }?.value) }
    }
    return ([header.map { quoted($0) }] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static let fixedColumns = [
    "name", "file", "group", "loss_name", "schedule", "rows", "final_step", "final_loss",
    "best_step", "best_loss", "tokens", "law", "r2", "mae", "rmse", "mean_relative_error",
    "worst_relative_error", "bias", "coverage_level", "coverage_fraction", "warning_count",
    "warnings",
  ]

  private static func fixedCells(_ run: RunReport) -> [String] {
    let metrics = run.metrics
    let texts = [run.name, run.file, run.group, run.lossName, run.schedule].map(text)
    let losses = [
      Double(run.rows), run.finalLoss.step, run.finalLoss.loss, run.bestLoss.step,
      run.bestLoss.loss, run.tokens,
    ].map(number)
    let fit = [
      metrics?.r2, metrics?.mae, metrics?.rmse, metrics?.meanRelativeError,
      metrics?.worstRelativeError, metrics?.bias, metrics?.coverage?.level,
      metrics?.coverage?.fraction, Double(run.warnings.count),
    ].map(number)
    return texts + losses + [text(run.law)] + fit + [text(run.warnings.joined(separator: " | "))]
  }

  private static func parameterCells(_ run: RunReport, _ name: String) -> [String] {
    guard let parameter = run.parameters.first(where: { $0.name == name }) else {
      return Array(repeating: "", count: 5)
    }
    let numbers = [
      parameter.value, parameter.standardError, parameter.lower, parameter.upper,
    ]
    return numbers.map(number) + [parameter.role.rawValue]
  }

  /// The distinct names over all runs, in the order of their first appearance.
  private static func names(_ runs: [RunReport], _ list: (RunReport) -> [String]) -> [String] {
    var seen = Set<String>()
    return runs.flatMap(list).filter { seen.insert($0).inserted }
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    guard let whole = Int64(exactly: value), abs(value) < 1e15 else { return value.description }
    return String(whole)
  }

  private static func text(_ value: String?) -> String {
    guard let value else { return "" }
    return quoted(isFormula(value) ? "'" + value : value)
  }

  /// True for text that begins a formula in a spreadsheet; signed numbers are harmless.
  ///
  /// Source: OWASP, "CSV Injection", with the full-width signs that some spreadsheets accept.
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) && Double(text) == nil
  }

  private static func quoted(_ cell: String) -> String {
    let special = cell.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    let isPadded = cell.first?.isWhitespace == true || cell.last?.isWhitespace == true
    guard special || isPadded else { return cell }
    var doubled = ""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { doubled += "\"" }
      doubled.unicodeScalars.append(scalar)
    }
    return "\"\(doubled)\""
  }
}
