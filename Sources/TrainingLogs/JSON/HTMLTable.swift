/// A table in HTML: cells between `<th>` or `<td>` and the next tag that closes or opens one.
struct HTMLTable {
  /// The texts of the header's cells.
  var header: [String]
  /// The texts of the other rows' cells.
  var rows: [[String]]

  /// Whether a column is a loss.
  var hasLoss: Bool {
    header.contains { name in
      guard case .series(let role, _, _) = ColumnNames.meaning(of: name) else { return false }
      return role.isLoss
    }
  }

  /// More cells in a row than this are no table of a log.
  private static let mostCells = 1000

  /// Adds a record for every row; what is no number (`No log`) is no value.
  func append(to records: inout RecordTable) {
    let columns = header.map { records.column($0) }
    for row in rows {
      records.begin(line: 0)
      for (column, cell) in zip(columns, row) {
        var text = cell
        text.removeAll { $0 == "," }
        guard let value = Double(text) else { continue }
        records.set(column, value)
      }
    }
  }

  /// The tables of a text.
  static func tables(in html: [UInt8]) -> [HTMLTable] {
    var tables: [HTMLTable] = []
    var rows: [[String]] = []
    var cell: [UInt8]?
    func endCell() {
      guard let bytes = cell else { return }
      cell = nil
      guard let last = rows.indices.last, rows[last].count < mostCells else { return }
      rows[last].append(text(bytes))
    }
    var next = 0
    while next < html.count {
      guard html[next] == UInt8(ascii: "<") else {
        cell?.append(html[next])
        next += 1
        continue
      }
      let end = html[next...].firstIndex(of: UInt8(ascii: ">")) ?? html.count
      switch tag(html[(next + 1)..<max(end, next + 1)]) {
      case "tr":
        endCell()
        rows.append([])
      case "th", "td":
        endCell()
        cell = []
      case "/th", "/td", "/tr": endCell()
      case "table": rows = []
      case "/table":
        endCell()
        let filled = rows.filter { !$0.isEmpty }
        if let header = filled.first {
          tables.append(HTMLTable(header: header, rows: Array(filled.dropFirst())))
        }
        rows = []
      default: break
      }
      next = end + 1
    }
    return tables
  }

  /// The name of a tag in lower case.
  private static func tag(_ bytes: ArraySlice<UInt8>) -> String {
    let name = bytes.prefix(8).prefix { $0 > Ascii.space }
    return String(decoding: name, as: UTF8.self).lowercased()
  }

  private static func text(_ bytes: [UInt8]) -> String {
    let start = bytes.firstIndex { $0 > Ascii.space } ?? bytes.count
    let end = (bytes.lastIndex { $0 > Ascii.space } ?? -1) + 1
    return start < end ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
  }
}
