/// The rows of a log that a search looks at.
struct ThinnedRows {
  /// The rows.
  let rows: RateRows
  /// Ranges of these rows that have one rate.
  let levels: [Range<Int>]

  /// As many parts as a long log is cut into.
  private static let parts = 1500
  /// With more levels than this a long log is searched without them.
  private static let mostLevels = 2000

  /// Takes all rows of a short log; of a long one some spread evenly, the ends of levels, and where
  /// the rate bends sharply.
  init(_ all: RateRows) {
    let found = RateStretches.levels(of: all)
    guard all.steps.count > 4 * Self.parts else {
      (rows, levels) = (all, found)
      return
    }
    let used = found.count > Self.mostLevels ? [] : found
    var kept = Set(
      used.flatMap { [$0.lowerBound, $0.upperBound - 1, $0.lowerBound - 1, $0.upperBound] })
    for part in 0..<Self.parts {
      let first = part * (all.steps.count - 1) / Self.parts
      let end = (part + 1) * (all.steps.count - 1) / Self.parts
      kept.insert(first)
      guard let turn = Self.sharpestBend(of: all, from: first, to: end) else { continue }
      kept.formUnion(turn - 1...turn + 1)
    }
    kept.insert(all.steps.count - 1)
    let order = kept.filter { all.steps.indices.contains($0) }.sorted()
    rows = RateRows(
      steps: order.map { all.steps[$0] }, rates: order.map { all.rates[$0] },
      tolerances: order.map { all.tolerances[$0] })
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    levels = used.compactMap { level in
      guard let first = places[level.lowerBound], let last = places[level.upperBound - 1] else {
        return nil
      }
      return first..<last + 1
    }
  }

  /// The row of some where the rate bends most, by more than rounding.
  private static func sharpestBend(of all: RateRows, from first: Int, to end: Int) -> Int? {
    var (turn, most): (Int?, Double) = (nil, 0)
    for row in max(first, 1)..<max(end, max(first, 1)) {
      let bend = abs(all.rates[row + 1] - 2 * all.rates[row] + all.rates[row - 1])
      if bend > most, bend > 8 * all.tolerances[row] { (turn, most) = (row, bend) }
    }
    return turn
  }
}
