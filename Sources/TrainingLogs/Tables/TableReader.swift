/// Reads the rows of a delimited table into columns.
struct TableReader: ~Copyable {
  private var scanner: DelimitedScanner
  private let file: String
  private let header: Header
  private let layout: TableLayout
  /// Which columns are kept.
  let plan: ColumnPlan
  private(set) var table: RowTable
  private(set) var tallies: [ColumnTally]
  private(set) var issues: IssueCollector
  /// Rows in the file, the header aside.
  private(set) var rows = 0
  /// The step column's cells that are no numbers.
  private(set) var stepTexts = 0
  private var firstStepText: ColumnTally.Place?
  private var stepless = 0
  private var firstStepless = 0

  /// Reads the header.
  init(
    _ scanner: consuming DelimitedScanner, file: String, choice: ColumnChoice
  ) throws(LogError) {
    let header = try Header.read(&scanner, file: file)
    let layout = TableLayout(header, file: file)
    let plan = try ColumnPlan(
      columns: layout.columns, choice: choice, file: file,
      line: header.isMadeUp ? 0 : header.line)
    self.scanner = scanner
    self.header = header
    self.layout = layout
    self.plan = plan
    self.file = file
    table = RowTable(columns: plan.kept.map { _ in [] })
    tallies = header.names.map { _ in ColumnTally() }
    issues = IssueCollector(file: file)
  }

  /// Reads all rows.
  mutating func readRows() throws(LogError) {
    if header.isMadeUp { takeRow() }
    while try scanner.next() { takeRow() }
    noteWholeFile()
    try checkStep()
  }

  /// Gives what was read to the records, for which the reader is used up.
  consuming func give(to records: inout RecordTable, issues: inout IssueCollector) {
    var columns: [RecordTable.Column] = []
    for (index, planned) in plan.columns.enumerated() {
      var column = RecordTable.Column(name: planned.name)
      column.run = layout.columns[index].run
      if index == plan.step {
        column.fill(table.steps)
        column.stated = .step(rank: 0)
      } else {
        column.tally = tallies[index]
        column.stated = .other
        if let slot = planned.slot {
          column.fill(table.columns[slot])
          column.stated = .series(planned.role, rank: planned.rank, unit: planned.unit)
        }
      }
      columns.append(column)
    }
    records.adopt(columns, count: table.steps.count, lines: table.lines)
    records.rows = rows
    issues.append(self.issues)
  }

  /// What the whole file was.
  mutating func end() throws(LogError) -> LogInput.End {
    LogInput.End(
      sha256: try scanner.sha256(), isCompressed: scanner.isCompressed,
      isTruncated: scanner.isTruncated,
      variant: scanner.delimiter == Ascii.tab ? "tsv" : nil)
  }

  private mutating func takeRow() {
    let count = scanner.fieldCount
    let width = header.names.count
    if count != width, !acceptsFieldCount(count, width) { return }
    if !scanner.rowHasEnd, scanner.isTruncated { return noteTruncatedLine(count, width) }
    rows += 1
    guard let step = step(count) else { return }
    let row = table.steps.count
    let line = scanner.line
    table.steps.append(step)
    table.lines.append(line)
    for index in 0..<width where index != plan.step {
      take(index, of: count, step: step, row: row, line: line)
    }
  }

  @inline(__always)
  private mutating func take(_ index: Int, of count: Int, step: Double, row: Int, line: Int) {
    var value = RowTable.missing
    if index < count {
      let cell = scanner.cell(index)
      switch cell.kind {
      case .number:
        value = cell.value
        tallies[index].add(value, step: step, row: row, line: line)
      case .empty:
        tallies[index].skip(row: row)
      case .text:
        noteText(cell, index, step: step, row: row)
      }
    } else {
      tallies[index].skip(row: row)
    }
    if let slot = plan.columns[index].slot { table.columns[slot].append(value) }
  }

  /// The row's step; nil when the row cannot be placed.
  private mutating func step(_ count: Int) -> Double? {
    guard let column = plan.step else { return Double(rows - 1) }
    let cell = column < count ? scanner.cell(column) : nil
    if let cell, cell.kind == .number, cell.value.isFinite { return cell.value }
    if let cell, cell.kind == .text {
      if isHeaderAgain() { return nil }
      noteStepText(cell, column)
    } else if hasLoss(fields: min(count, header.names.count)) {
      stepless += 1
      if firstStepless == 0 { firstStepless = scanner.line }
    }
    return nil
  }

  private func hasLoss(fields: Int) -> Bool {
    for index in 0..<fields where plan.columns[index].role.isLoss {
      if scanner.cell(index).kind == .number { return true }
    }
    return false
  }

  /// Whether the row repeats the header, as files do that several starts appended to.
  private mutating func isHeaderAgain() -> Bool {
    guard !header.isMadeUp, scanner.texts() == header.names else {
      return false
    }
    rows -= 1
    return true
  }

  /// Judges a row with more or fewer fields than the header; false: it is left out.
  private mutating func acceptsFieldCount(_ count: Int, _ width: Int) -> Bool {
    if count < width, !scanner.rowHasEnd {
      noteTruncatedLine(count, width)
      return false
    }
    // A delimiter at each line's end makes empty fields that say nothing.
    if count > width, (width..<count).allSatisfy({ scanner.cell($0).kind == .empty }) {
      return true
    }
    issues.addRepeating(
      .fieldCount, line: scanner.line, column: 0,
      subject: "rows with another number of fields than the header",
      "\(NumberText.count(count, "field")) where the header has \(width); "
        + (count < width ? "the others are taken as empty" : "those beyond are left out"))
    return true
  }

  private mutating func noteTruncatedLine(_ count: Int, _ width: Int) {
    issues.add(
      .truncatedLine, line: scanner.line, column: count,
      "the last line is cut short (\(count) of \(NumberText.count(width, "field")), no line end); "
        + "it is left out")
  }

  private mutating func noteText(_ cell: Cell, _ index: Int, step: Double, row: Int) {
    let column = plan.columns[index]
    let needsText = column.slot != nil || tallies[index].firstText == nil
    let text = needsText ? shortened(scanner.text(cell)) : ""
    tallies[index].addText(text, step: step, row: row, line: scanner.line)
    guard column.slot != nil else { return }
    issues.addRepeating(
      .notANumber, line: scanner.line, column: index + 1,
      subject: "cells of '\(column.name)' are not numbers",
      "'\(text)' in column '\(column.name)' is not a number; the value is taken as missing")
  }

  private mutating func noteStepText(_ cell: Cell, _ column: Int) {
    let text = shortened(scanner.text(cell))
    stepTexts += 1
    if firstStepText == nil {
      firstStepText = ColumnTally.Place(line: scanner.line, step: 0, text: text)
    }
    let name = plan.columns[column].name
    issues.addRepeating(
      .notANumber, line: scanner.line, column: column + 1,
      subject: "cells of '\(name)' are not numbers; the rows are left out",
      "'\(text)' in the step column '\(name)' is not a number; the row is left out")
  }

  private func shortened(_ text: String) -> String {
    text.count > 40 ? text.prefix(40) + "..." : text
  }

  private mutating func noteWholeFile() {
    for place in scanner.unterminatedQuotes {
      issues.add(
        .unterminatedQuote, line: place.line, column: place.column,
        "a quote is opened and never closed; it is taken as an ordinary character")
    }
    if stepless > 0 {
      issues.add(
        .missingStep, line: firstStepless, column: (plan.step ?? -1) + 1,
        "\(NumberText.count(stepless, "row")) with a loss but no step left out, the first here")
    }
  }

  /// Refuses a step column that is text for the most part.
  private func checkStep() throws(LogError) {
    guard let column = plan.step, let place = firstStepText, stepTexts > table.steps.count else {
      return
    }
    throw LogError(
      code: .notNumeric, file: file, line: place.line, column: column + 1,
      message: "the step column '\(plan.columns[column].name)' is not numeric: '\(place.text)'; "
        + "name another with --step COLUMN")
  }
}
