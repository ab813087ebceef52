/// The line on which each row begins, kept as the places where lines were passed over.
struct LineTable {
  private var breaks: [(row: Int, line: Int)] = []
  private(set) var count = 0

  /// Adds the line of the next row.
  @inline(__always)
  mutating func append(_ line: Int) { append(line, count: 1) }

  /// Adds rows on consecutive lines; those of formats without lines have the line 0.
  @inline(__always)
  mutating func append(_ line: Int, count added: Int) {
    guard added > 0 else { return }
    let last = breaks.last ?? (0, 0)
    let expected = last.line == 0 ? 0 : last.line &+ count &- last.row
    if line != expected { breaks.append((count, line)) }
    count &+= added
  }

  /// Adds the rows of another table.
  mutating func append(_ other: LineTable) {
    append(0, count: other.breaks.first?.row ?? other.count)
    for (index, start) in other.breaks.enumerated() {
      let end = index + 1 < other.breaks.count ? other.breaks[index + 1].row : other.count
      append(start.line, count: end - start.row)
    }
  }

  /// The line of a row.
  subscript(row: Int) -> Int {
    var (low, high) = (0, breaks.count)
    while low < high {
      let middle = (low + high) / 2
      if breaks[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    // Formats without lines have the line 0 everywhere.
    guard low > 0, breaks[low - 1].line > 0 else { return 0 }
    return breaks[low - 1].line + row - breaks[low - 1].row
  }
}
