/// Cuts logged rates into constant levels and stretches where the rate moves one way.
struct RateStretches {
  /// A range of rows.
  enum Stretch: Hashable {
    /// One rate.
    case level(Range<Int>)
    /// The rate rises or falls.
    case moving(Range<Int>)
  }

  private let rows: RateRows
  /// For each row, the end of the level that begins there; nil elsewhere.
  private let levelEnds: [Int: Int]

  /// Cuts rows.
  ///
  /// - Parameters:
  ///   - rows: the rows.
  ///   - levels: those of them that have one rate, as ``levels(of:)`` finds them.
  init(rows: RateRows, levels: [Range<Int>]) {
    self.rows = rows
    levelEnds = Dictionary(levels.map { ($0.lowerBound, $0.upperBound) }) { $1 }
  }

  /// The stretch that begins at a row, up to the next level or turn.
  func stretch(from first: Int) -> Stretch {
    if let end = levelEnds[first] { return .level(first..<end) }
    var end = first + 1
    var (highest, lowest) = (first, first)
    while end < rows.steps.count, levelEnds[end] == nil {
      let slack = 2.5 * max(rows.tolerances[end], rows.tolerances[end - 1])
      let rate = rows.rates[end]
      // The rate has turned back from its highest or lowest row.
      if rate < rows.rates[highest] - slack, rows.rates[highest] > rows.rates[first] + slack {
        return .moving(first..<highest + 1)
      }
      if rate > rows.rates[lowest] + slack, rows.rates[lowest] < rows.rates[first] - slack {
        return .moving(first..<lowest + 1)
      }
      if rate > rows.rates[highest] { highest = end }
      if rate < rows.rates[lowest] { lowest = end }
      end += 1
    }
    return .moving(first..<end)
  }

  /// Rows of equal rates, unless they are only the steps that rounding makes of a slope.
  static func levels(of rows: RateRows) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = 0
    for row in 1...rows.rates.count {
      if row < rows.rates.count,
        abs(rows.rates[row] - rows.rates[first]) <= rows.tolerances[first]
      {
        continue
      }
      runs.append(first..<row)
      first = row
    }
    var levels: [Range<Int>] = []
    for (index, run) in runs.enumerated() where run.count > 1 {
      let before = index > 0 ? runs[index - 1] : nil
      let after = index + 1 < runs.count ? runs[index + 1] : nil
      let neighbours = [before, after].compactMap { $0 }
      let jumps = neighbours.contains { other in
        let distance = abs(rows.rates[other.lowerBound] - rows.rates[run.lowerBound])
        return distance > 5.2
          * max(rows.tolerances[other.lowerBound], rows.tolerances[run.lowerBound])
      }
      let longest = neighbours.map { span(of: $0, rows) }.max() ?? 0
      if jumps || span(of: run, rows) >= 2.5 * longest { levels.append(run) }
    }
    return levels
  }

  /// The steps from the first row of a run to the row after it.
  private static func span(of run: Range<Int>, _ rows: RateRows) -> Double {
    let end = min(run.upperBound, rows.steps.count - 1)
    return rows.steps[end] - rows.steps[run.lowerBound]
  }
}
