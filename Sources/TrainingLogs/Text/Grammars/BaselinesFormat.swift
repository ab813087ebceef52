/// Tables of text between dashes (the human-readable output of OpenAI baselines' logger, also of
/// guided-diffusion and Stable-Baselines3).
///
/// `| loss | 1.23 |` is a row; a table is a record, which is complete with its closing dashes. A row
/// without a value, `| train/ | |`, names the group of the indented rows below it.
struct BaselinesFormat: LineFormat {
  static let name = "baselines"
  static let title = "tables of OpenAI baselines' logger"
  static let closesRecords = true

  private var columns: [String: Int] = [:]
  private var rows: [(name: String, value: Double)] = []
  private var group = ""
  private var isInside = false

  private static let mostRows = 4096

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    if isRule(line) { return closeTable(line, into: &records) }
    guard isInside else { return false }
    guard line[0] == UInt8(ascii: "|"), line[line.count - 1] == UInt8(ascii: "|"),
      let middle = line.find("|", from: 1), middle < line.count - 1, rows.count < Self.mostRows
    else {
      isInside = false
      return false
    }
    var last = middle
    while last > 1, line[last - 1] == Ascii.space { last -= 1 }
    let first = min(line.afterBlanks(1), last)
    let name = line.text(first..<last)
    if let value = line.number(at: middle + 1) {
      rows.append((first > 2 ? group + name : name, value.value))
    } else if name.hasSuffix("/") {
      group = name
    }
    return false
  }

  private func isRule(_ line: TextLine) -> Bool {
    guard line.count >= 5, line[0] == Ascii.minus, line[line.count - 1] == Ascii.minus else {
      return false
    }
    return line.bytes.allSatisfy { $0 == Ascii.minus }
  }

  /// Closing dashes may open the next table, too.
  private mutating func closeTable(_ line: TextLine, into records: inout RecordTable) -> Bool {
    defer {
      rows.removeAll(keepingCapacity: true)
      (group, isInside) = ("", true)
    }
    guard isInside, rows.contains(where: { $0.name.contains("loss") }) else { return false }
    records.begin(line: line.number)
    for row in rows {
      let column = columns[row.name] ?? records.column(row.name)
      columns[row.name] = column
      records.set(column, row.value)
    }
    return true
  }
}
