/// Keeps what is read of a table: the values of the kept columns, and the counts of all.
struct ColumnStore {
  private(set) var table: RowTable
  private(set) var tallies: [ColumnTally]
  /// Rows with a step, before thinning.
  private(set) var rows = 0
  private let plan: ColumnPlan
  private var thinning: RowThinning?

  /// Keeps nothing yet.
  init(_ plan: ColumnPlan, rows: KeptRows) {
    self.plan = plan
    table = RowTable(columns: plan.kept.map { _ in [] })
    tallies = plan.columns.map { _ in ColumnTally() }
    thinning = RowThinning(rows, columns: plan.kept.count)
  }

  /// Makes room for as many rows as a file is likely to have.
  mutating func reserve(_ rows: Int) {
    let rows = thinning.map { rows / $0.size + 2 } ?? rows
    table.steps.reserveCapacity(rows)
    LargePages.advise(&table.steps, capacity: rows)
    for slot in table.columns.indices {
      table.columns[slot].reserveCapacity(rows)
      LargePages.advise(&table.columns[slot], capacity: rows)
    }
  }

  /// Notes a cell that is no number, of the row that is next.
  mutating func addText(_ text: String, column: Int, step: Double, line: Int) {
    tallies[column].addText(text, step: step, line: line)
  }

  /// Takes the rows of a chunk.
  mutating func take(_ chunk: borrowing RowChunk) {
    guard chunk.count > 0 else { return }
    let steps = ChunkSteps(plan.step.map { chunk.column($0) }, row: rows)
    for index in tallies.indices where index != plan.step && chunk.isRead(index) {
      tallies[index].add(
        chunk.column(index), isDense: chunk.isDense(index), steps: steps, row: rows,
        lines: chunk.lines, isThinned: thinning != nil)
    }
    if thinning != nil {
      thinning?.take(chunk, steps: steps, kept: plan.kept, into: &table)
    } else {
      if let step = plan.step {
        table.steps.append(contentsOf: chunk.column(step))
      } else {
        for index in 0..<chunk.count { table.steps.append(steps[index]) }
      }
      for (slot, index) in plan.kept.enumerated() {
        table.columns[slot].append(contentsOf: chunk.column(index))
      }
      table.lines.append(chunk.lines)
    }
    rows += chunk.count
  }

  /// Takes what is left when the last chunk was taken.
  mutating func finish() { thinning?.finish(into: &table) }
}
