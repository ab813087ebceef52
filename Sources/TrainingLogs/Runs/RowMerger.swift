/// Turns a table's rows into rows with strictly ascending steps.
///
/// Restarts are resolved, rows in no order are sorted, rows with one step are merged: per column
/// the later value wins.
struct RowMerger {
  private let table: RowTable
  private(set) var issues: IssueCollector

  /// More descents than this are taken as rows in no order, whatever their share of the rows.
  private static let mostRestarts = 1000

  /// Merges rows, adding what was done to the issues.
  static func merged(
    _ table: consuming RowTable, issues: inout IssueCollector
  ) -> (steps: [Double], columns: [[Double]]) {
    if isClean(table) { return (table.steps, table.columns) }
    var merger = RowMerger(table: table, issues: issues)
    let result = merger.collapse(merger.orderedRows())
    issues = merger.issues
    return result
  }

  /// Whether rows need no merging.
  static func isClean(_ table: RowTable) -> Bool {
    zip(table.steps, table.steps.dropFirst()).allSatisfy { $0 < $1 }
      && (table.columns.indices.contains { column in
        !table.companions.contains(column)
          && !table.columns[column].contains(where: RowTable.isMissing)
      } || table.steps.indices.allSatisfy(table.hasValue))
  }

  /// The rows that have a value, ascending by step; rows of one step in the file's order.
  private mutating func orderedRows() -> [Int] {
    let steps = table.steps
    let rows = steps.indices.filter(table.hasValue)
    let descents = zip(rows, rows.dropFirst()).count { steps[$1] < steps[$0] }
    guard descents > 0 else { return rows }
    if Self.isUnsorted(rows, steps: steps) {
      noteUnsorted(rows, descents)
      return sorted(rows)
    }
    var kept: [Int] = []
    var restarts: [RestartGroups.Member] = []
    for (stream, own) in RowStreams.split(rows, of: table).enumerated() {
      let resolver = RestartResolver(rows: own, steps: steps)
      kept += resolver.rows
      restarts += resolver.restarts.map { RestartGroups.Member(stream: stream, restart: $0) }
    }
    for group in RestartGroups.grouped(restarts) { noteRestart(group) }
    return sorted(kept)
  }

  /// Whether rows are in no order rather than restarted: the step goes back in more than one row in
  /// ten, or very often.
  static func isUnsorted(_ rows: [Int], steps: [Double]) -> Bool {
    let descents = zip(rows, rows.dropFirst()).count { steps[$1] < steps[$0] }
    return (descents > 3 && descents * 10 > rows.count) || descents > mostRestarts
  }

  private func sorted(_ rows: [Int]) -> [Int] {
    rows.sorted { (table.steps[$0], $0) < (table.steps[$1], $1) }
  }

  /// Merges rows of one step; the later value of a column wins.
  private mutating func collapse(_ rows: [Int]) -> (steps: [Double], columns: [[Double]]) {
    var steps: [Double] = []
    var columns = table.columns.map { _ in [Double]() }
    var repeated = 0
    var firstRepeat: Int?
    for row in rows {
      let isSame = steps.last == table.steps[row]
      if !isSame { steps.append(table.steps[row]) }
      for column in columns.indices {
        let value = table.columns[column][row]
        guard isSame else {
          columns[column].append(value)
          continue
        }
        let last = steps.count - 1
        guard !RowTable.isMissing(value) else { continue }
        if !RowTable.isMissing(columns[column][last]) {
          if table.companions.contains(column) { continue }
          if value.bitPattern != columns[column][last].bitPattern {
            repeated += 1
            firstRepeat = min(firstRepeat ?? row, row)
          }
        }
        columns[column][last] = value
      }
    }
    if let firstRepeat { noteRepeats(repeated, firstRepeat) }
    return (steps, columns)
  }

  private mutating func noteRepeats(_ count: Int, _ row: Int) {
    let step = NumberText.short(table.steps[row])
    issues.add(
      .duplicateStep, line: table.lines[row],
      "a column's value at the same step occurs again, \(NumberText.count(count, "time")), the first "
        + "at step \(step); the later value is used")
  }

  private mutating func noteUnsorted(_ rows: [Int], _ descents: Int) {
    let first = zip(rows, rows.dropFirst()).first { table.steps[$1] < table.steps[$0] }
    issues.add(
      .unsortedRows, line: first.map { table.lines[$0.1] } ?? 0,
      "the rows are in no order (the step goes back \(descents) times in \(rows.count) rows); "
        + "they were sorted by step, and of values at one step the last is used")
  }

  private mutating func noteRestart(_ group: [RestartResolver.Restart]) {
    guard let first = group.first else { return }
    let dropped = group.reduce(0) { $0 + $1.dropped }
    let kept = group.reduce(0) { $0 + $1.kept }
    let to = group.map(\.to).min() ?? first.to
    let end = group.map(\.end).max() ?? first.end
    let from = group.map(\.from).max() ?? first.from
    var message =
      "the step goes back from \(NumberText.short(from)) to \(NumberText.short(to)) (a restart): "
      + "\(NumberText.count(dropped, "earlier row")) of steps \(NumberText.short(to)) to "
      + "\(NumberText.short(min(from, end))) replaced by the rows from here on"
    if kept > 0 {
      message +=
        "; \(NumberText.count(kept, "earlier row")) beyond step \(NumberText.short(end)), where "
        + "the later rows end, kept"
    }
    issues.add(.restart, line: table.lines[first.row], message)
  }
}
