/// Keeps one of several rows, or their means.
struct RowThinning {
  /// Rows that become one.
  let size: Int
  private let isMean: Bool
  /// Rows of the current bin.
  private var count = 0
  private var line = 0
  private var step = 0.0
  /// By kept column: the sum and the number of finite values, and whether there was one that is not.
  private var sums: [(sum: Double, count: Int, hasNonFinite: Bool)]
  /// The last row, when it is not kept yet.
  private var lastRow: [Double] = []

  /// Starts before the first row; nil where all rows are kept.
  init?(_ rows: KeptRows, columns: Int) {
    switch rows {
    case .all: return nil
    case .every(let size): (self.size, isMean) = (max(1, size), false)
    case .means(let size): (self.size, isMean) = (max(1, size), true)
    }
    sums = Array(repeating: (0, 0, false), count: columns)
  }

  /// Takes the rows of a chunk.
  mutating func take(
    _ chunk: borrowing RowChunk, steps: ChunkSteps, kept: [Int], into table: inout RowTable
  ) {
    for row in 0..<chunk.count {
      if isMean, count > 0, steps[row] < step { closeBin(into: &table) }
      (step, line) = (steps[row], chunk.lines[row])
      if isMean {
        for (slot, column) in kept.enumerated() { add(chunk.column(column)[row], slot) }
      } else if count == 0 {
        append(kept.map { chunk.column($0)[row] }, to: &table)
        lastRow = []
      } else if row == chunk.count - 1 {
        lastRow = kept.map { chunk.column($0)[row] }
      }
      count += 1
      guard count >= size else { continue }
      if isMean { closeBin(into: &table) } else { count = 0 }
    }
  }

  /// Keeps what is left.
  mutating func finish(into table: inout RowTable) {
    if isMean, count > 0 { closeBin(into: &table) }
    if !isMean, !lastRow.isEmpty { append(lastRow, to: &table) }
  }

  @inline(__always)
  private mutating func add(_ value: Double, _ slot: Int) {
    if value.isFinite {
      sums[slot].sum += value
      sums[slot].count += 1
    } else if !RowTable.isMissing(value) {
      sums[slot].hasNonFinite = true
    }
  }

  private mutating func closeBin(into table: inout RowTable) {
    append(
      sums.map { sum in
        if sum.count > 0 { return sum.sum / Double(sum.count) }
        return sum.hasNonFinite ? .nan : RowTable.missing
      }, to: &table)
    for slot in sums.indices { sums[slot] = (0, 0, false) }
    count = 0
  }

  private func append(_ values: [Double], to table: inout RowTable) {
    table.steps.append(step)
    table.lines.append(line)
    for (slot, value) in values.enumerated() { table.columns[slot].append(value) }
  }
}
