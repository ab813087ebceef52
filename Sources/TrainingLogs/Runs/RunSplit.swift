/// Splits the rows of a log into the runs that were appended to it, over all its streams.
///
/// Training and validation rows may stand in streams of their own (``RowStreams``), each of which
/// goes back by itself. The stream with the most rows says where runs begin; a start of another
/// stream belongs to the run whose rows stand around it in the file, else to the one of the same
/// number.
struct RunSplit {
  /// A start that was too short to be a run.
  struct FalseStart {
    /// Its first row.
    var row: Int
    /// Its rows.
    var rows: Int
    /// Its first and last step.
    var steps: ClosedRange<Double>
  }

  /// The rows of each run, in the file's order.
  private(set) var runs: [[Int]] = []
  private(set) var falseStarts: [FalseStart] = []

  /// Splits rows, each of which has a value.
  init(_ rows: [Int], of table: RowTable) {
    let streams = RowStreams.split(rows, of: table).map { own in
      Self.starts(own, table.steps)
    }
    let kept = streams.map { starts in
      let longest = starts.map(\.span).max() ?? 0
      return starts.filter { $0.span >= RunStarts.falseShare * longest }
    }
    for (all, kept) in zip(streams, kept) where all.count > kept.count {
      noteFalseStarts(all, kept, table)
    }
    let main = kept.max {
      $0.reduce(0) { $0 + $1.rows.count } < $1.reduce(0) { $0 + $1.rows.count }
    }
    guard let main, main.count > 1 else {
      runs = [kept.flatMap { $0.flatMap(\.rows) }.sorted()]
      return
    }
    var parts: [[Int]] = main.map { _ in [] }
    for starts in kept {
      for (number, start) in starts.enumerated() {
        let index = Self.run(of: start, number: number, among: main, same: starts.count)
        parts[index] += start.rows
      }
    }
    runs = parts.map { $0.sorted() }
  }

  /// The starts of a stream; rows in no order are one.
  private static func starts(_ rows: [Int], _ steps: [Double]) -> [RunStarts.Start] {
    guard RowMerger.isUnsorted(rows, steps: steps) else {
      return RunStarts(rows: rows, steps: steps).starts
    }
    let own = rows.map { steps[$0] }
    return [RunStarts.Start(rows: rows, first: own.min() ?? 0, last: own.max() ?? 0)]
  }

  /// The run that a start of any stream belongs to.
  private static func run(
    of start: RunStarts.Start, number: Int, among main: [RunStarts.Start], same count: Int
  ) -> Int {
    guard let first = start.rows.first, let last = start.rows.last else { return 0 }
    let isApart = main.allSatisfy { other in
      guard let from = other.rows.first, let to = other.rows.last else { return true }
      return last < from || first > to
    }
    if count == main.count, isApart || number == 0 { return number }
    // The rows of a validation may stand just before those of the run they belong to.
    let middle = start.rows[start.rows.count / 2]
    return main.lastIndex { ($0.rows.first ?? .max) <= middle } ?? 0
  }

  private mutating func noteFalseStarts(
    _ all: [RunStarts.Start], _ kept: [RunStarts.Start], _ table: RowTable
  ) {
    let keptRows = Set(kept.compactMap(\.rows.first))
    for start in all {
      guard let first = start.rows.first, !keptRows.contains(first) else { continue }
      falseStarts.append(
        FalseStart(row: first, rows: start.rows.count, steps: start.first...start.last))
    }
  }
}
