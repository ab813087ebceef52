/// Running counts of one column, as the file has it.
struct ColumnTally {
  /// A place in the file and what stands there.
  struct Place {
    var line: Int
    var step: Double
    var text = ""
  }

  private(set) var count = 0
  private(set) var nonFinite = 0
  private(set) var stepsBackwards = 0
  private(set) var textCount = 0
  private(set) var firstText: Place?
  private(set) var firstNonFinite: Place?
  private(set) var firstNegative: Place?
  private var first = (step: 0.0, value: 0.0)
  private var last = (step: -Double.infinity, value: 0.0)
  /// Whether every step is greater than all before it.
  private(set) var isAscending = true
  /// The steps of the values, once they are not ascending; empty where the table has them.
  private var ownSteps: [Double] = []
  /// The rows with a value, a bit each; nil as long as every row has one.
  private var presence: [UInt64]?

  /// Steps equal to the one right before.
  private var repeats = 0
  /// Whether the table does not keep the steps of all rows.
  private var isThinned = false

  /// Whether the column is made of numbers.
  var isNumeric: Bool { count > textCount }
  /// Values that are finite.
  var finiteCount: Int { count - nonFinite }

  /// Adds the value of a row.
  @inline(__always)
  mutating func add(_ value: Double, step: Double, row: Int, line: Int) {
    if count == 0 { first = (step, value) }
    count &+= 1
    if step <= last.step { noteOrder(step) }
    last = (step, value)
    if !(value >= 0) { noteNegative(value, step: step, line: line) }
    if !value.isFinite { noteNonFinite(step: step, line: line) }
    if presence != nil { mark(row) }
  }

  /// Adds the values of a chunk's rows, of which the first is the table's row `row`.
  mutating func add(
    _ values: UnsafeBufferPointer<Double>, isDense: Bool, steps: ChunkSteps, row: Int,
    lines: LineTable, isThinned: Bool
  ) {
    self.isThinned = isThinned
    guard isDense, steps.isAscending, steps.first > last.step, let end = values.last else {
      return addEach(values, steps: steps, row: row, lines: lines)
    }
    if count == 0 { first = (steps.first, values[0]) }
    count &+= values.count
    last = (steps[values.count - 1], end)
    if firstNegative == nil, values.contains(where: { $0 < 0 }),
      let index = values.firstIndex(where: { $0 < 0 })
    {
      noteNegative(values[index], step: steps[index], line: lines[index])
    }
    if presence != nil { for index in values.indices { mark(row + index) } }
  }

  private mutating func addEach(
    _ values: UnsafeBufferPointer<Double>, steps: ChunkSteps, row: Int, lines: LineTable
  ) {
    for (index, value) in values.enumerated() {
      if RowTable.isMissing(value) {
        skip(row: row &+ index)
        continue
      }
      let needsLine = !(value >= 0) || !value.isFinite
      add(
        value, step: steps[index], row: row &+ index, line: needsLine ? lines[index] : 0)
    }
  }

  /// Keeps the step of a value that was added, for columns that have rows of their own; needed only
  /// where the steps are not ascending.
  mutating func keep(_ step: Double) { ownSteps.append(step) }

  /// Notes a row without a value.
  @inline(__always)
  mutating func skip(row: Int) {
    if presence == nil, !isThinned { startPresence(rows: row) }
  }

  /// Notes a row whose cell is no number.
  mutating func addText(_ text: String, step: Double, line: Int) {
    if firstText == nil { firstText = Place(line: line, step: step, text: text) }
    textCount += 1
  }

  /// What the file says of the column; `steps` has the step of every row.
  func summary(name: String, role: SeriesRole, steps: [Double]) -> SeriesSummary {
    SeriesSummary(
      name: name, role: role, count: count, first: point(first), last: point(last),
      nonFinite: nonFinite, duplicateSteps: duplicateSteps(steps),
      stepsBackwards: stepsBackwards)
  }

  private func point(_ pair: (step: Double, value: Double)) -> SeriesSummary.Point? {
    guard count > 0 else { return nil }
    return SeriesSummary.Point(step: pair.step, value: pair.value.isFinite ? pair.value : nil)
  }

  private func duplicateSteps(_ steps: [Double]) -> Int {
    guard !isAscending else { return 0 }
    guard !isThinned else { return repeats }
    let own =
      ownSteps.isEmpty
      ? steps.indices.filter(isPresent).map { steps[$0] }.sorted() : ownSteps.sorted()
    return zip(own, own.dropFirst()).count { $0 == $1 }
  }

  private func isPresent(_ row: Int) -> Bool {
    guard let presence else { return true }
    return row >> 6 < presence.count && presence[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  private mutating func noteOrder(_ step: Double) {
    guard count > 1 else { return }
    isAscending = false
    if step < last.step { stepsBackwards += 1 } else { repeats += 1 }
  }

  private mutating func noteNegative(_ value: Double, step: Double, line: Int) {
    if firstNegative == nil, value < 0, value.isFinite {
      firstNegative = Place(line: line, step: step)
    }
  }

  private mutating func noteNonFinite(step: Double, line: Int) {
    if nonFinite == 0 { firstNonFinite = Place(line: line, step: step) }
    nonFinite += 1
  }

  private mutating func startPresence(rows: Int) {
    presence = Array(repeating: .max, count: rows >> 6) + [(1 << UInt64(rows & 63)) - 1]
  }

  private mutating func mark(_ row: Int) {
    let word = row >> 6
    let missing = word + 1 - (presence?.count ?? 0)
    if missing > 0 { presence?.append(contentsOf: repeatElement(0, count: missing)) }
    presence?[word] |= 1 << UInt64(row & 63)
  }
}
