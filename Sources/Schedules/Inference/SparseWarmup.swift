/// A linear warm-up from 0 that hands over between two rows; the log may have few of its rows.
struct SparseWarmup {
  /// Its rows, the first of the log.
  var rows: Range<Int>
  /// The step where the next phase begins, as the rows count.
  var end: Int

  /// The warm-up as a phase up to some step and rate.
  func draft(to rate: Double, at end: Int) -> PhaseDraft {
    var parameters = RateCurveParameters()
    parameters[RateCurveLane.endRate] = rate
    parameters[RateCurveLane.end] = Double(max(end, 1))
    return PhaseDraft(
      curve: RateCurve(name: .linear, rises: true), parameters: parameters, begin: 0, end: end,
      rows: rows)
  }
}

/// Looks for warm-ups whose rows leave open where they end.
///
/// A line through a few rising rows and the first row behind the peak explains them as well as the
/// warm-up does. So the rows behind are explained first; the warm-up then goes from 0 to the place
/// where it meets them, in each way of counting.
struct SparseWarmupSearch {
  let finder: RatePieceFinder
  /// The usual distance of rows, in steps.
  let interval: Int

  /// A warm-up and the pieces behind it.
  typealias Candidate = (warmup: SparseWarmup, pieces: [RatePiece])

  /// As many ends as are tried where no row tells the end.
  private static let mostGuesses = 3

  private var rows: RateRows { finder.rows }

  /// The candidates; each is still to be compared with all rows.
  ///
  /// - Parameter pieces: the pieces found without such a warm-up.
  /// - Returns: the candidates.
  func candidates(besides pieces: [RatePiece]) -> [Candidate] {
    let stretches = RateStretches(rows: rows, levels: finder.levels)
    return rowCounts(stretches).flatMap { count in
      switch stretches.stretch(from: count) {
      case .level(let range):
        return levelCandidates(count, range, besides: pieces)
      case .moving(let range):
        return curveCandidates(count, range, besides: pieces, stretches)
      }
    }
  }

  /// How many rows the warm-up may have: the highest rate may be its last or the next phase's first.
  private func rowCounts(_ stretches: RateStretches) -> [Int] {
    guard rows.steps.count > 2, rows.steps[0] <= Double(interval),
      case .moving(let range) = stretches.stretch(from: 0)
    else { return [] }
    let end = range.upperBound
    let rises =
      end > 1
      ? rows.rates[end - 1] > rows.rates[0]
      : end < rows.rates.count && rows.rates[end] > rows.rates[0]
    let counts = rises ? [end, end - 1] : [0, 1]
    return counts.filter { $0 < rows.steps.count - 1 }
  }

  private func levelCandidates(
    _ count: Int, _ range: Range<Int>, besides pieces: [RatePiece]
  ) -> [Candidate] {
    let rate = finder.level(of: range)
    guard count > 0, rate > 0 else { return [] }
    let piece = RatePiece(range: range, form: .level(rate))
    guard let rest = rest(after: piece, besides: pieces) else { return [] }
    return ends(count, following: { _ in rate }).prefix(1).map {
      (SparseWarmup(rows: 0..<count, end: $0), [piece] + rest)
    }
  }

  private func curveCandidates(
    _ count: Int, _ range: Range<Int>, besides pieces: [RatePiece], _ stretches: RateStretches
  ) -> [Candidate] {
    guard range.count > 1, rows.rates[range.lowerBound] > rows.rates[range.upperBound - 1] else {
      return []
    }
    var result: [Candidate] = []
    for curve in RateCurve.falling where curve.name != .power {
      guard let rough = finder.rough(curve, from: range) else { continue }
      let rate = { (step: Double) in
        var onward = curve
        onward.goesOn = !curve.tellsStart
        return onward.rate(at: step, rough.parameters)
      }
      let found =
        tellsEnd(count)
        ? ends(count, following: rate) : guesses(count, curve, rough.parameters, following: rate)
      for end in found {
        guard
          let piece = finder.piece(
            of: range, from: CurveBegin(curve: curve, step: end), stretches),
          let rest = rest(after: piece, besides: pieces)
        else { continue }
        result.append((SparseWarmup(rows: 0..<count, end: end), [piece] + rest))
      }
      // A line leaves little to say for curves.
      if curve.name == .linear, !result.isEmpty, range.count > 2 { break }
    }
    return result
  }

  /// Whether the last rising row tells the slope.
  private func tellsEnd(_ count: Int) -> Bool { count > 0 && rows.steps[count - 1] >= 1 }

  /// The pieces behind one, those of the first search where they fit on.
  private func rest(after piece: RatePiece, besides pieces: [RatePiece]) -> [RatePiece]? {
    let end = piece.range.upperBound
    if let next = pieces.firstIndex(where: { $0.range.lowerBound == end }) {
      return Array(pieces[next...])
    }
    return finder.pieces(from: end, after: piece)
  }

  /// Whole steps where a warm-up through the rows meets what follows, in all ways of counting.
  private func ends(_ count: Int, following rate: @escaping (Double) -> Double) -> [Int] {
    let last = count - 1
    var found: [Int] = []
    for offset in ScheduleAssembly.offsets {
      for convention in ScheduleAssembly.conventions {
        let shift = Double(offset + convention.warmupNumeratorShift)
        let beyond = Double(offset + convention.warmupDenominatorShift)
        let position = rows.steps[last] + shift
        guard position > 0, rows.rates[last] > 0 else { continue }
        let slope = rows.rates[last] / position
        let doubt = rows.tolerances[last] / rows.rates[last]
        let agrees = (0..<last).allSatisfy { row in
          let expected = slope * max(rows.steps[row] + shift, 0)
          return abs(expected - rows.rates[row]) <= rows.tolerances[row] + 2 * doubt * expected
        }
        guard agrees else { continue }
        var (low, high) = (rows.steps[last] - 1, rows.steps[count] + 1)
        let gap = { (step: Double) in rate(step) - slope * (step + beyond) }
        guard gap(low) >= 0, gap(high) <= 0 else { continue }
        for _ in 0..<60 {
          let middle = (low + high) / 2
          if gap(middle) >= 0 { low = middle } else { high = middle }
        }
        let spread = max(0.02, 2 * doubt * low)
        let near = [Int(low.rounded())].filter { abs(Double($0) - low) <= spread }
        let round = RoundNumbers.integers(from: low - spread, through: low + spread)
        for end in near + round
        where !found.contains(end) && end >= 1 && Double(end) <= rows.steps[count] + 1 {
          found.append(end)
        }
      }
    }
    return found
  }

  /// Where no row tells, the steps where the curve begins, or where its rate is roundest.
  private func guesses(
    _ count: Int, _ curve: RateCurve, _ parameters: RateCurveParameters,
    following rate: (Double) -> Double
  ) -> [Int] {
    let first = Int(rows.steps[count])
    guard first > 1 else { return [] }
    if curve.tellsStart {
      let start = parameters[RateCurveLane.start]
      guard start > 0.5, start < Double(first) + 1 else { return [] }
      let near = [Int(start.rounded()), Int(start.rounded(.up)), Int(start.rounded(.down))]
      return near.enumerated().filter { near.firstIndex(of: $1) == $0 && $1 >= 1 }.map(\.1)
    }
    let tolerance = max(rows.tolerances[count], 1e-9 * finder.top)
    let steps = (1...min(first, 1000)).map { step in
      let value = rate(Double(step))
      let round = RoundNumbers.decimals(
        from: value - tolerance, through: value + tolerance, limit: 1)
      return (step: step, digits: round.first.map { DecimalDigits($0).count } ?? 99)
    }
    return steps.filter { $0.digits <= 3 }
      .sorted {
        ($0.digits, RoundNumbers.digits($0.step)) < ($1.digits, RoundNumbers.digits($1.step))
      }
      .prefix(Self.mostGuesses).map(\.step)
  }
}
