/// Columns of numbers between blanks, as NumPy's `savetxt` and gnuplot's users write them.
///
/// Two columns are step and loss; of more a line before the numbers has the names, which may begin
/// with `#`.
struct NumberColumnsFormat: LineFormat {
  static let name = "columns"
  static let title = "columns of numbers between blanks"

  private var names: [String] = []
  private var columns: [Int] = []
  private var values: [Double] = []
  private static let most = 256
  /// First numbers from here on are times in milliseconds, as in MLflow's files.
  private static let leastTime = 1e11

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    var (hits, others, width) = (0, 0, 0)
    var format = Self()
    var scratch = RecordTable()
    sample.forEachLine { line in
      guard line.afterBlanks(0) < line.count else { return }
      if format.take(line, into: &scratch) {
        hits += 1
        width = format.columns.count
      } else {
        others += 1
      }
    }
    // A header, and a last line that is cut.
    guard hits > 1, others <= 2 else { return nil }
    return FormatEvidence(
      strength: .strong, hits: hits,
      reason: "\(NumberText.count(width, "number")) between blanks in "
        + NumberText.count(hits, "line"))
  }

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard readNumbers(line) else {
      if columns.isEmpty { takeNames(line) }
      return false
    }
    if columns.isEmpty, !makeColumns(&records) { return false }
    guard values.count == columns.count else { return false }
    records.begin(line: line.number)
    for (column, value) in zip(columns, values) { records.set(column, value) }
    return true
  }

  /// Reads a line of nothing but numbers.
  private mutating func readNumbers(_ line: TextLine) -> Bool {
    values.removeAll(keepingCapacity: true)
    var next = line.afterBlanks(0)
    while next < line.count {
      guard values.count < Self.most, line[next] != Ascii.quote, let number = line.number(at: next)
      else { return false }
      next = line.afterBlanks(number.end)
      guard next == line.count || next > number.end else { return false }
      values.append(number.value)
    }
    return values.count > 1
  }

  private mutating func takeNames(_ line: TextLine) {
    let text = line.text(0..<min(line.count, 1 << 12))
    names = text.split { $0.isWhitespace || $0 == "#" }.map(String.init)
  }

  /// Makes the columns; false when nothing tells what they are.
  private mutating func makeColumns(_ records: inout RecordTable) -> Bool {
    let known = names.count == values.count ? names : []
    if known.contains(where: { ColumnNames.meaning(of: $0).isLoss }) {
      columns = known.map { records.column($0) }
    } else if values.count == 2, values[0] < Self.leastTime {
      columns = [
        records.column("step", .step(rank: 0)), records.column("loss", .series(.trainLoss)),
      ]
    }
    return columns.count == values.count
  }
}

extension StatedMeaning {
  /// Whether it is a loss.
  fileprivate var isLoss: Bool {
    if case .series(let role, _, _) = self { role.isLoss } else { false }
  }
}
