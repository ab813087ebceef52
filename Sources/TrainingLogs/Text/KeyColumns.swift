/// The columns that the keys of a log's records stand for.
struct KeyColumns {
  private var keys = KeyTable()
  /// The column of each key; -1 beyond the limit of columns.
  private var columns: [Int] = []

  /// The column of a key, which is made when the key is met for the first time.
  ///
  /// Its name is the prefix and the key's bytes, and it is what `meaning` says of that, or the name when
  /// that is nil.
  @inline(__always)
  mutating func column(
    of key: Range<Int>, in line: TextLine, _ records: inout RecordTable,
    prefix: String = "", meaning: (String) -> StatedMeaning? = { _ in nil }
  ) -> Int {
    let id = keys.id(of: key, in: line)
    guard id >= 0 else { return -1 }
    if id == columns.count {
      let name = prefix + line.text(key)
      columns.append(records.column(name, meaning(name)))
    }
    return id < columns.count ? columns[id] : -1
  }
}
