/// The run that each row of a table names.
struct RunsOfRows {
  private var texts: [String] = []
  private var numbers: [String: UInt32] = [:]
  private var last = ""
  /// The run of each row, an index into the names.
  private(set) var ofRows: [UInt32] = []

  /// Adds the next row's run.
  mutating func append(_ name: String) {
    if let number = ofRows.last, name == last { return ofRows.append(number) }
    last = name
    if let number = numbers[name] { return ofRows.append(number) }
    let number = UInt32(texts.count)
    numbers[name] = number
    texts.append(name)
    ofRows.append(number)
  }

  /// The names of the runs; none when nearly every row has one of its own, so that they are no runs.
  func names(rows: Int) -> [String] {
    texts.count > 1 && texts.count * 2 > rows ? [] : texts
  }
}
