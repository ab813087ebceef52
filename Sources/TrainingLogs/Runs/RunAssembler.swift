/// Makes runs of the records that a reader found, whatever the format.
///
/// Roles come from what the format states, else from names. Every record gets its step; runs that
/// stand side by side or one after the other are told apart; restarts are resolved; losses become
/// nats; the loss to fit is chosen. Whatever is dropped or changed is an issue.
struct RunAssembler {
  private let file: String
  private let choice: ColumnChoice
  private let plan: ColumnPlan
  private let records: RecordTable
  /// The step of each record; `RowTable.missing` where it has none.
  private let steps: [Double]
  private let builder: RunBuilder
  private let tallies: [ColumnTally]

  /// The runs of a log.
  ///
  /// - Throws: a ``LogError`` when there is no loss that can be used.
  static func entries(
    _ records: RecordTable, file: String, choice: ColumnChoice, issues: inout IssueCollector
  ) throws(LogError) -> [LogReading.Entry] {
    try RunAssembler(records, file: file, choice: choice).entries(&issues)
  }

  private init(
    _ records: RecordTable, file: String, choice: ColumnChoice
  ) throws(LogError) {
    self.file = file
    self.choice = choice
    plan = try ColumnPlan(columns: records.columns, choice: choice, file: file)
    steps = RecordSteps.raw(of: records, column: plan.step)
    let positions = SeriesPositions(records: records, steps: steps, hasSteps: plan.step != nil)
    tallies = records.columns.indices.map { positions.tally(of: $0) }
    builder = RunBuilder(file: file, plan: plan, tallies: tallies)
    self.records = records
  }

  private func entries(_ issues: inout IssueCollector) throws(LogError) -> [LogReading.Entry] {
    try builder.check(rows: records.rows ?? records.count)
    note(&issues)
    var entries: [LogReading.Entry] = []
    for group in RunGroup.groups(of: records, plan: plan, file: file) {
      entries += self.entries(of: group, &issues)
    }
    return entries
  }

  /// The runs of one group: more than one where a log was appended to.
  private func entries(
    of group: RunGroup, _ issues: inout IssueCollector
  ) -> [LogReading.Entry] {
    let layout = RecordSteps.layout(of: records, plan: plan, raw: steps)
    var table = RecordRows.table(group, records: records, steps: layout)
    guard !table.steps.isEmpty else { return [] }
    table.companions = Set(
      group.columns.indices.filter { plan.columns[group.columns[$0]].role.isCompanion })
    let summaries = builder.summaries(steps: steps, columns: group.summarized)
    let unit = StepRepair.repair(
      &table, records: records, plan: plan, columns: group.columns, issues: &issues)
    let split =
      RowMerger.isClean(table)
      ? nil : RunSplit(table.steps.indices.filter(table.hasValue), of: table)
    guard let split, split.runs.count > 1 || !split.falseStarts.isEmpty else {
      let rows = group.isWhole ? records.rows ?? records.count : table.steps.count
      return [entry(group.name, table, group, unit, rows, summaries, &issues)]
    }
    for start in split.falseStarts { SplitNotes.note(start, lines: table.lines, &issues) }
    SplitNotes.note(split, lines: table.lines, &issues)
    return split.runs.enumerated().map { number, rows in
      entry(
        number == 0 ? group.name : "\(group.name) (\(number + 1))", table.rows(rows), group, unit,
        rows.count, summaries, &issues)
    }
  }

  private func entry(
    _ name: String, _ table: consuming RowTable, _ group: RunGroup, _ unit: StepUnit, _ rows: Int,
    _ summaries: [SeriesSummary], _ issues: inout IssueCollector
  ) -> LogReading.Entry {
    let merged = RowMerger.merged(table, issues: &issues)
    var run = builder.run(
      named: name, steps: merged.steps, unit: unit, columns: group.columns,
      values: merged.columns, convertsUnits: choice.convertsUnits)
    run.lossIsWindowMean = records.lossIsWindowMean
    if group.isWhole {
      run.metadata = records.metadata.map { Run.Fact(name: $0.name, value: $0.value) }
    }
    return LogReading.Entry(run: run, rows: rows, summaries: summaries)
  }

  /// Notes what concerns the whole log.
  private func note(_ issues: inout IssueCollector) {
    if plan.step == nil {
      issues.add(.noStepColumn, "no column has the name of a step; rows are counted from 0")
    }
    if plan.stepUnit == .tokens || plan.stepUnit == .samples {
      issues.add(
        .otherStepUnit,
        "the log counts \(plan.stepUnit.rawValue) and no updates: steps, and those of a schedule, are "
          + plan.stepUnit.rawValue
          + (plan.stepUnit == .tokens ? "; --tokens-per-step makes them updates" : ""))
    }
    if records.surplusColumns > 0 {
      issues.add(
        .tooManyColumns,
        "more than \(RecordTable.mostColumns) columns; \(records.surplusColumns) are left out")
    }
    builder.noteNonFinite(hasFields: records.columnsAreFields, &issues)
    LossNotes.note(plan, tallies, convertsUnits: choice.convertsUnits, &issues)
  }
}
