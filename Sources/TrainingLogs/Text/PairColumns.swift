/// The columns that the keys of a log stand for.
///
/// A key is a column of its own spelling. What it means is what the grammar states, else what its
/// name says. Keys that have only a blank before their number count when they mean something.
struct PairColumns {
  private var keys = KeyTable()
  private var entries: [Entry] = []
  private let stated: [String: StatedMeaning]

  /// What is known of a key.
  private struct Entry {
    /// The column; -1 when it was not made yet.
    var column = -1
    var meaning: StatedMeaning
    var isKnown: Bool
  }

  /// States what some keys mean.
  init(stated: [String: StatedMeaning] = [:]) {
    self.stated = stated
  }

  /// Sets the value of a pair in the current record.
  @inline(__always)
  mutating func set(_ pair: KeyValuePair, of line: TextLine, into records: inout RecordTable) {
    let id = keys.id(of: pair.key, in: line)
    guard id >= 0 else { return }
    if id == entries.count { add(line.text(pair.key)) }
    if pair.separator == .blank, !entries[id].isKnown { return }
    if entries[id].column < 0 {
      entries[id].column = records.column(line.text(pair.key), entries[id].meaning)
    }
    records.set(entries[id].column, pair.value)
  }

  /// Sets all pairs of a line from a place on.
  mutating func setAll(
    of line: TextLine, from start: Int, into records: inout RecordTable
  ) {
    var pairs = KeyValueScanner(line, from: start)
    while let pair = pairs.next() { set(pair, of: line, into: &records) }
  }

  private mutating func add(_ name: String) {
    let said = stated[name]
    let meaning = said ?? ColumnNames.meaning(of: name)
    entries.append(Entry(meaning: meaning, isKnown: said != nil || meaning != .other))
  }
}
