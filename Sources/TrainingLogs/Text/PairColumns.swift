/// The columns that the keys of a log stand for.
///
/// A key is a column of its own spelling. What it means is what the grammar states, else what its
/// name says. Keys that have only a blank before their number count when they mean something.
struct PairColumns {
  private var keys = KeyTable()
  private var entries: [Entry] = []
  private let prefix: String
  private let stated: [String: StatedMeaning]

  /// What is known of a key.
  private struct Entry {
    var name: String
    var meaning: StatedMeaning
    /// The column; -1 when it was not made yet.
    var column = -1
    var isKnown: Bool
  }

  /// Columns of keys.
  ///
  /// - Parameters:
  ///   - prefix: stands before the name of every column, as in `eval `.
  ///   - stated: what some keys mean, by their spelling without the prefix.
  init(prefix: String = "", stated: [String: StatedMeaning] = [:]) {
    self.prefix = prefix
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
      entries[id].column = records.column(entries[id].name, entries[id].meaning)
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

  private mutating func add(_ key: String) {
    let name = prefix + key
    let said = stated[key]
    let meaning = said ?? ColumnNames.meaning(of: name)
    entries.append(
      Entry(name: name, meaning: meaning, isKnown: said != nil || meaning != .other))
  }
}

/// The number of a column that is made when it is first needed.
struct LazyColumn {
  private let name: String
  private let meaning: StatedMeaning
  /// The column; -1 as long as it is not there.
  private(set) var number = -1

  /// A column that is not there yet.
  init(_ name: String, _ meaning: StatedMeaning) {
    self.name = name
    self.meaning = meaning
  }

  /// Sets its value in the current record.
  @inline(__always)
  mutating func set(_ value: Double, in records: inout RecordTable) {
    if number < 0 { number = records.column(name, meaning) }
    records.set(number, value)
  }
}
