/// Makes runs of the records that a reader found, whatever the format.
///
/// Roles come from what the format states, else from names. Then every record gets its step, runs
/// that the log tells apart are split, restarts are resolved, and the loss to fit is chosen.
struct RunAssembler {
  private let file: String
  private let plan: ColumnPlan
  private let records: RecordTable
  /// The step of each record; `RowTable.missing` where it has none.
  private let steps: [Double]
  private let builder: RunBuilder

  /// The runs of a log.
  ///
  /// - Throws: a ``LogError`` when there is no loss that can be used.
  static func entries(
    _ records: RecordTable, file: String, choice: ColumnChoice,
    issues: inout IssueCollector
  ) throws(LogError) -> [LogReading.Entry] {
    try RunAssembler(records, file: file, choice: choice).entries(&issues)
  }

  private init(
    _ records: RecordTable, file: String, choice: ColumnChoice
  ) throws(LogError) {
    self.file = file
    plan = try ColumnPlan(columns: records.columns, choice: choice, file: file)
    steps = Self.steps(of: records, column: plan.step)
    let positions = SeriesPositions(records: records, steps: steps, hasSteps: plan.step != nil)
    let tallies = records.columns.indices.map { positions.tally(of: $0) }
    builder = RunBuilder(file: file, plan: plan, tallies: tallies)
    self.records = records
  }

  private func entries(_ issues: inout IssueCollector) throws(LogError) -> [LogReading.Entry] {
    try builder.check(rows: records.rows ?? records.count)
    let summaries = builder.summaries(steps: steps)
    if plan.step == nil {
      issues.add(.noStepColumn, "no column has the name of a step; rows are counted from 0")
    }
    builder.noteNonFinite(&issues)
    guard records.runNames.count > 1 else {
      let table = rowTable(of: nil)
      return [entry(LogName.runName(of: file), table, summaries, &issues)]
    }
    var entries: [LogReading.Entry] = []
    for (index, name) in records.runNames.enumerated() {
      let table = rowTable(of: UInt32(index))
      guard !table.steps.isEmpty else { continue }
      entries.append(entry(name, table, summaries, &issues))
    }
    return entries
  }

  private func entry(
    _ name: String, _ table: consuming RowTable, _ summaries: [SeriesSummary],
    _ issues: inout IssueCollector
  ) -> LogReading.Entry {
    let rows = records.runNames.count > 1 ? table.steps.count : records.rows ?? records.count
    let merged = RowMerger.merged(table, issues: &issues)
    var run = builder.run(named: name, steps: merged.steps, values: merged.columns)
    run.lossIsWindowMean = records.lossIsWindowMean
    return LogReading.Entry(run: run, rows: rows, summaries: summaries)
  }

  /// The step of every record.
  private static func steps(of records: RecordTable, column: Int?) -> [Double] {
    guard let column else { return (0..<records.count).map { Double($0) } }
    let steps = records.columns[column]
    if steps.records == nil, steps.values.count == records.count { return steps.values }
    var result = Array(repeating: RowTable.missing, count: records.count)
    for (index, value) in steps.values.enumerated() { result[steps.record(of: index)] = value }
    return result
  }

  /// The kept columns of a run's records, those without a step aside.
  private func rowTable(of run: UInt32?) -> RowTable {
    let isWhole = run == nil && !steps.contains { RowTable.isMissing($0) || !$0.isFinite }
    if isWhole {
      return RowTable(
        steps: steps, columns: plan.kept.map { dense(records.columns[$0]) }, lines: records.lines)
    }
    var table = RowTable(columns: plan.kept.map { _ in [] })
    var rows = Array(repeating: -1, count: records.count)
    for record in 0..<records.count {
      guard run == nil || records.runs[record] == run, steps[record].isFinite else { continue }
      rows[record] = table.steps.count
      table.steps.append(steps[record])
      table.lines.append(records.lines[record])
    }
    table.columns = plan.kept.map { index in
      var values = Array(repeating: RowTable.missing, count: table.steps.count)
      let column = records.columns[index]
      for (place, value) in column.values.enumerated() where rows[column.record(of: place)] >= 0 {
        values[rows[column.record(of: place)]] = value
      }
      return values
    }
    return table
  }

  /// One value a record, `RowTable.missing` where the column has none.
  private func dense(_ column: RecordTable.Column) -> [Double] {
    if column.records == nil, column.values.count == records.count { return column.values }
    var values = Array(repeating: RowTable.missing, count: records.count)
    for (place, value) in column.values.enumerated() { values[column.record(of: place)] = value }
    return values
  }
}

/// Where each value of a column stands on the step axis.
struct SeriesPositions {
  let records: RecordTable
  let steps: [Double]
  let hasSteps: Bool

  /// The counts of a column: those made while it was read, else of its values.
  ///
  /// Values of a column none of which has a step are counted from 0.
  func tally(of index: Int) -> ColumnTally {
    let column = records.columns[index]
    if let tally = column.tally { return tally }
    let hasPlaces = !hasSteps || column.values.indices.contains { isPlaced(column, $0) }
    var tally = ColumnTally()
    for (place, value) in column.values.enumerated() where !RowTable.isMissing(value) {
      let record = column.record(of: place)
      let step = hasPlaces ? steps[record] : Double(place)
      guard step.isFinite else { continue }
      tally.add(value, step: step, row: tally.count, line: records.lines[record])
      tally.keep(step)
    }
    return tally
  }

  private func isPlaced(_ column: RecordTable.Column, _ place: Int) -> Bool {
    steps[column.record(of: place)].isFinite
  }
}
