import Foundation

/// Aligned columns of text; numbers to the right.
struct TextTable {
  private var rows: [[String]]
  private let isNumeric: [Bool]

  /// Starts a table with column titles; those that begin with `>` are right-aligned.
  init(_ titles: [String]) {
    isNumeric = titles.map { $0.hasPrefix(">") }
    rows = [titles.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }]
  }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return isNumeric[column] ? padding + cell : cell + padding
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

/// Numbers for people.
enum NumberFormat {
  static func loss(_ value: Double) -> String { String(format: "%.4f", value) }

  static func percent(_ fraction: Double) -> String { String(format: "%.2f %%", 100 * fraction) }

  static func significant(_ value: Double, digits: Int = 5) -> String {
    String(format: "%.\(digits)g", value)
  }

  static func step(_ value: Double) -> String { String(format: "%.0f", value) }
}
