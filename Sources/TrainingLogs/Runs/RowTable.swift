/// The rows of one log, by columns, in the file's order.
struct RowTable {
  /// The step of each row.
  var steps: [Double] = []
  /// The values of each kept column, one a row.
  var columns: [[Double]]
  /// The columns that only go with others: time, epoch, samples.
  ///
  /// A row of nothing else is none,
  /// and of several values at one step the first is kept.
  var companions: Set<Int> = []
  /// The line of each row.
  var lines = LineTable()
  /// The record of each row; nil: they have the same numbers.
  var records: [Int]?

  /// A value that the log does not have; a NaN that the log states has other bits.
  static let missing = Double(bitPattern: 0x7FF8_0000_0000_0A55)

  /// Whether a value stands for none.
  @inline(__always)
  static func isMissing(_ value: Double) -> Bool { value.bitPattern == missing.bitPattern }

  /// Some of the rows.
  func rows(_ chosen: [Int]) -> RowTable {
    var table = RowTable(columns: columns.map { values in chosen.map { values[$0] } })
    table.companions = companions
    table.steps = chosen.map { steps[$0] }
    for row in chosen { table.lines.append(lines[row]) }
    return table
  }

  /// Whether a row has a value in any column that counts.
  func hasValue(_ row: Int) -> Bool {
    for index in columns.indices where !Self.isMissing(columns[index][row]) {
      if !companions.contains(index) { return true }
    }
    return false
  }
}
