/// A table in long form: a row has the name of a metric, a step and a value, as exports of MLflow and
/// Neptune do.
struct LongTable {
  private static let metrics = [
    "metric", "metric_name", "metricname", "key", "attribute_path", "tag",
  ]
  private static let values = ["value", "metric_value", "float_value"]
  private static let steps = ["step", "iteration", "iter", "global_step", "epoch"]
  private static let names = ["run", "run_name", "run name", "custom_run_id", "run_id", "run id"]
  private static let keys = ["run id", "run_id", "run_uuid"]

  private let metric: Int
  private let value: Int
  private let step: Int
  private let name: Int?
  private let key: Int?

  /// Judges a header; nil when it is no long table.
  init?(_ names: [String]) {
    let lower = names.map { $0.lowercased() }
    func column(_ spellings: [String]) -> Int? {
      spellings.lazy.compactMap { lower.firstIndex(of: $0) }.first
    }
    guard let metric = column(Self.metrics), let value = column(Self.values),
      let step = column(Self.steps)
    else { return nil }
    (self.metric, self.value, self.step) = (metric, value, step)
    name = column(Self.names)
    key = column(Self.keys)
  }

  /// Reads the rows behind the header.
  func read(
    _ scanner: inout DelimitedScanner, header: Header, into records: inout RecordTable,
    issues: inout IssueCollector
  ) throws(LogError) {
    scanner.markHeader()
    let steps = records.column(header.names[step], .step(rank: 0))
    var runs = RunNames()
    var run: String?
    var rows = 0
    while try scanner.next() {
      let count = scanner.fieldCount
      guard count >= header.names.count, scanner.rowHasEnd || scanner.lastCellIsWhole() else {
        issues.addRepeating(
          scanner.rowHasEnd ? .fieldCount : .truncatedLine, line: scanner.line, column: 0,
          subject: "rows with too few fields are left out",
          "\(NumberText.count(count, "field")) where the header has \(header.names.count); the row "
            + "is left out")
        continue
      }
      rows += 1
      let cell = scanner.cell(value)
      let place = scanner.cell(step)
      guard cell.kind == .number, place.kind == .number, place.value.isFinite else {
        note(cell.kind == .number ? place : cell, scanner, &issues)
        continue
      }
      if let name {
        let text = scanner.text(scanner.cell(name))
        let own = runs.name(text, key: key.map { scanner.text(scanner.cell($0)) } ?? text)
        if own != run { records.enter(run: own) }
        run = own
      }
      records.begin(line: scanner.line)
      records.set(steps, place.value)
      records.set(records.column(scanner.text(scanner.cell(metric))), cell.value)
    }
    records.rows = rows
  }

  private func note(
    _ cell: Cell, _ scanner: borrowing DelimitedScanner, _ issues: inout IssueCollector
  ) {
    guard cell.kind == .text else { return }
    issues.addRepeating(
      .notANumber, line: scanner.line, column: value + 1,
      subject: "cells are not numbers; the rows are left out",
      "'\(scanner.text(cell).prefix(40))' is not a number; the row is left out")
  }

  /// Names of runs, made different where two runs share one.
  private struct RunNames {
    private var ofKeys: [String: String] = [:]
    private var taken: Set<String> = []

    mutating func name(_ text: String, key: String) -> String {
      if let known = ofKeys[key] { return known }
      let name = taken.contains(text) ? "\(text) (\(key.prefix(8)))" : text
      ofKeys[key] = name
      taken.insert(name)
      return name
    }
  }
}
