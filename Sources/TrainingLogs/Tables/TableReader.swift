/// Reads the rows of a delimited table into columns.
struct TableReader: ~Copyable {
  private var scanner: DelimitedScanner
  private let file: String
  private let header: Header
  private let layout: TableLayout
  /// Which columns are kept.
  let plan: ColumnPlan
  private var chunk: RowChunk
  private var store: ColumnStore
  private(set) var issues: IssueCollector
  /// Rows in the file, the header aside.
  private(set) var rows = 0
  /// The step column's cells that are no numbers.
  private(set) var stepTexts = 0
  private var firstStepText: ColumnTally.Place?
  private var stepless = 0
  private var firstStepless = 0
  private var runs = RunsOfRows()
  /// Scans one after the other that found no plain row.
  private var misses = 0

  /// After so many scans without a plain row the next rows are not tried.
  private static let mostMisses = 16
  /// A column that is not kept and begins with so many texts is not read on.
  private static let fewestTexts = 100

  private let takesPlainRows: Bool

  /// Judges the header on which the scanner stands; `level` is the variant of the scanner for rows of
  /// numbers, nil for none.
  init(
    _ scanner: consuming DelimitedScanner, header: Header, file: String, choice: ColumnChoice,
    level: Int32? = RowChunk.level
  ) throws(LogError) {
    let layout = TableLayout(header, file: file)
    let plan = try ColumnPlan(
      columns: layout.columns, choice: choice, file: file,
      line: header.isMadeUp ? 0 : header.line)
    self.scanner = scanner
    self.header = header
    self.layout = layout
    self.plan = plan
    self.file = file
    chunk = RowChunk(width: header.names.count, level: level ?? RowChunk.level)
    takesPlainRows = level != nil && layout.runColumn == nil
    store = ColumnStore(plan, rows: layout.runColumn == nil ? choice.rows : .all)
    issues = IssueCollector(file: file)
    for index in plan.columns.indices where isUnread(index, choice.kept) { chunk.leaveOut(index) }
  }

  /// Reads all rows.
  mutating func readRows() throws(LogError) {
    if header.isMadeUp { takeRow() } else { scanner.markHeader() }
    while true {
      if try takePlainRows() {
        keepChunk()
      } else if try scanner.next() {
        takeRow()
        if chunk.isFull { keepChunk() }
      } else {
        break
      }
    }
    keepChunk()
    store.finish()
    noteWholeFile()
    try checkStep()
    try checkLosses()
  }

  /// Takes rows of numbers; false when the next row is another.
  private mutating func takePlainRows() throws(LogError) -> Bool {
    guard takesPlainRows, misses < Self.mostMisses else { return false }
    let before = chunk.count
    let isFull = try scanner.takePlainRows(
      width: header.names.count, step: plan.step, into: &chunk)
    rows += chunk.count - before
    misses = chunk.count == before ? misses + 1 : 0
    return isFull
  }

  /// Gives the chunk's rows to where they are kept.
  private mutating func keepChunk() {
    let isFirst = store.rows == 0
    store.take(chunk)
    if isFirst, let length = scanner.length, scanner.taken > 0 {
      let expected = Double(length) / Double(scanner.taken) * Double(chunk.count)
      store.reserve(Int(min(expected * 1.03, Double(length) / 2)) + 16)
    }
    chunk.empty()
    misses = 0
    for index in plan.columns.indices where plan.columns[index].slot == nil && index != plan.step {
      let tally = store.tallies[index]
      if tally.count == 0, tally.textCount >= Self.fewestTexts { chunk.leaveOut(index) }
    }
  }

  private func isUnread(_ index: Int, _ kept: KeptColumns) -> Bool {
    guard index != layout.runColumn else { return true }
    guard case .only = kept else { return false }
    return plan.columns[index].slot == nil && index != plan.step
  }

  /// Gives what was read to the records, for which the reader is used up.
  consuming func give(to records: inout RecordTable, issues: inout IssueCollector) {
    let countsRows = stepsAreRowNumbers
    var columns: [RecordTable.Column] = []
    for (index, planned) in plan.columns.enumerated() {
      var column = RecordTable.Column(name: planned.name)
      column.run = layout.columns[index].run
      if index == plan.step {
        column.stated = countsRows ? .other : .step(rank: 0)
        column.fill(store.table.steps)
        // Nobody asks for the counts of the steps themselves.
        column.tally = ColumnTally()
      } else {
        column.stated = .other
        if !countsRows { column.tally = store.tallies[index] }
        if let slot = planned.slot {
          column.fill(store.table.columns[slot])
          if planned.role != .other {
            column.stated = .series(planned.role, rank: planned.rank, unit: planned.unit)
          }
        }
      }
      columns.append(column)
    }
    let names = runs.names(rows: store.table.steps.count)
    records.adopt(
      columns, count: store.table.steps.count, lines: store.table.lines, runNames: names,
      runs: names.isEmpty ? [] : runs.ofRows)
    records.rows = rows
    issues.append(self.issues)
  }

  /// Whether the first column of a table without a header repeats and so is no step.
  private var stepsAreRowNumbers: Bool {
    guard header.isMadeUp, plan.step == 0, plan.columns.count == 2 else { return false }
    let steps = store.table.steps
    return zip(steps, steps.dropFirst()).contains { $1 <= $0 }
  }

  /// What the whole file was.
  mutating func end() throws(LogError) -> LogInput.End {
    LogInput.End(
      sha256: try scanner.sha256(), isCompressed: scanner.isCompressed,
      isTruncated: scanner.isTruncated,
      variant: scanner.delimiter == Ascii.tab ? "tsv" : nil)
  }

  /// Takes the scanner's row, whatever it is.
  private mutating func takeRow() {
    let count = scanner.fieldCount
    let width = header.names.count
    if !scanner.rowHasEnd, count < width || scanner.isTruncated || !scanner.lastCellIsWhole() {
      return noteTruncatedLine(count, width)
    }
    if count != width { judgeFieldCount(count, width) }
    rows += 1
    guard let step = step(count) else { return }
    chunk.begin(line: scanner.line)
    if let column = plan.step { chunk.set(column, step) }
    if let column = layout.runColumn {
      runs.append(column < count ? scanner.text(scanner.cell(column)) : "")
    }
    for index in 0..<min(width, count) where index != plan.step && chunk.isRead(index) {
      let cell = scanner.cell(index)
      switch cell.kind {
      case .number: chunk.set(index, cell.value)
      case .empty: break
      case .text: noteText(cell, index, step: step)
      }
    }
  }

  /// The row's step; nil when the row cannot be placed.
  private mutating func step(_ count: Int) -> Double? {
    guard let column = plan.step else { return Double(store.rows + chunk.count) }
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

  /// Reports a row with more or fewer fields than the header.
  private mutating func judgeFieldCount(_ count: Int, _ width: Int) {
    // A delimiter at each line's end makes empty fields that say nothing.
    if count > width, (width..<count).allSatisfy({ scanner.cell($0).kind == .empty }) { return }
    issues.addRepeating(
      .fieldCount, line: scanner.line, column: 0,
      subject: "rows with another number of fields than the header",
      "\(NumberText.count(count, "field")) where the header has \(width); "
        + (count < width ? "the others are taken as empty" : "those beyond are left out"))
  }

  private mutating func noteTruncatedLine(_ count: Int, _ width: Int) {
    issues.add(
      .truncatedLine, line: scanner.line, column: count,
      "the last line is cut short (\(count) of \(NumberText.count(width, "field")), no line end"
        + (count < width ? "" : ", and its last cell is shorter than those before")
        + "); it is left out")
  }

  private mutating func noteText(_ cell: Cell, _ index: Int, step: Double) {
    let column = plan.columns[index]
    let isWanted = column.role != .other || column.isChosen
    let needsText = isWanted || store.tallies[index].firstText == nil
    let text = needsText ? shortened(scanner.text(cell)) : ""
    store.addText(text, column: index, step: step, line: scanner.line)
    guard isWanted else { return }
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
    guard let column = plan.step, let place = firstStepText, stepTexts > store.rows else {
      return
    }
    throw LogError(
      code: .notNumeric, file: file, line: place.line, column: column + 1,
      message: "the step column '\(plan.columns[column].name)' is not numeric: '\(place.text)'; "
        + "name another with --step COLUMN")
  }

  /// Refuses counts of other things than training, as of tanks lost by a day.
  ///
  /// They are whole numbers beside text, in a table without a step.
  private func checkLosses() throws(LogError) {
    let losses = plan.kept.filter { plan.columns[$0].role.isLoss }
    guard plan.step == nil, plan.chosenLosses.isEmpty, store.rows > 1, layout.runColumn == nil,
      losses.allSatisfy({ layout.columns[$0].run == nil }),
      let text = store.tallies.indices.first(where: { isText($0) })
    else { return }
    let values = losses.flatMap { index in
      plan.columns[index].slot.map { store.table.columns[$0].filter(\.isFinite) } ?? []
    }
    guard !values.isEmpty, values.allSatisfy({ $0 == $0.rounded() }) else { return }
    throw LogError(
      code: .notALog, file: file, line: header.line,
      message:
        "whole numbers beside '\(plan.columns[text].name)', which is text, and no step: this "
        + "seems to count other things than a training loss; if it is one, name it with --loss "
        + "COLUMN")
  }

  private func isText(_ index: Int) -> Bool {
    store.tallies[index].count == 0 && store.tallies[index].textCount * 2 > store.rows
      || store.tallies[index].textCount >= Self.fewestTexts && store.tallies[index].count == 0
  }
}
