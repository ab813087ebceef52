/// A part of a log that one phase explains.
struct RatePiece {
  /// What explains it.
  enum Form {
    /// A constant rate.
    case level(Double)
    /// One of some curves, the cheapest first; at least one.
    case curve([FittedCurve])
    /// Nothing but a line from row to row.
    case loose
  }

  /// The rows.
  var range: Range<Int>
  /// What explains them.
  var form: Form

  /// The curve to take, when it is one.
  var curve: FittedCurve? {
    guard case .curve(let curves) = form else { return nil }
    return curves.first
  }

  /// The rate, when it is constant.
  var level: Double? {
    guard case .level(let rate) = form else { return nil }
    return rate
  }
}

/// Explains all rows of a log by pieces one after another.
struct RatePieceFinder {
  let rows: RateRows
  /// Ranges of rows with one rate.
  let levels: [Range<Int>]
  let top: Double
  var budget: FitBudget

  /// More pieces than this are no schedule that anybody wrote.
  static let mostPieces = 500
  /// A rate with more digits than these was not chosen for being round.
  private static let roundDigits = 8

  /// The pieces; nil when there are too many.
  ///
  /// - Parameters:
  ///   - first: the first row to explain.
  ///   - before: the piece that ends there.
  /// - Returns: the pieces.
  func pieces(from first: Int = 0, after before: RatePiece? = nil) -> [RatePiece]? {
    let stretches = RateStretches(rows: rows, levels: levels)
    var pieces: [RatePiece] = []
    var first = first
    var (looseRows, curves) = (0, 0)
    while first < rows.steps.count {
      guard pieces.count < Self.mostPieces, looseRows < 12, curves < 60 else { return nil }
      switch stretches.stretch(from: first) {
      case .level(let range):
        pieces.append(RatePiece(range: range, form: .level(level(of: range))))
        first = range.upperBound
      case .moving(let range):
        let piece = piece(of: range, after: pieces.last ?? before, stretches)
        if case .loose = piece.form { looseRows += piece.range.count } else { curves += 1 }
        pieces.append(piece)
        first = piece.range.upperBound
      }
    }
    return pieces
  }

  /// The rate of a level: a round one that its rows may have, else the logged one.
  func level(of range: Range<Int>) -> Double {
    let rate = rows.rates[range.lowerBound]
    let tolerance = rows.tolerances[range.lowerBound]
    let round = RoundNumbers.decimals(from: rate - tolerance, through: rate + tolerance, limit: 1)
    guard let value = round.first, DecimalDigits(value).count <= Self.roundDigits else {
      return rate
    }
    return value
  }

  /// The piece that begins a stretch where the rate moves.
  func piece(
    of range: Range<Int>, after before: RatePiece?, _ stretches: RateStretches
  ) -> RatePiece {
    let whole = fit(range, after: before, levelAfter: levelAfter(range, stretches))
    let curves = whole.candidates()
    if !curves.isEmpty { return RatePiece(range: range, form: .curve(curves)) }
    return prefixPiece(of: range, after: before, longest: whole.longestPrefix(), begin: nil)
      ?? RatePiece(range: range.lowerBound..<range.lowerBound + 1, form: .loose)
  }

  /// The piece of a curve that begins at a known step; nil when it explains too few rows.
  func piece(of range: Range<Int>, from begin: CurveBegin, _ stretches: RateStretches) -> RatePiece?
  {
    let whole = fit(range, after: nil, levelAfter: levelAfter(range, stretches), begin: begin)
    let curves = whole.candidates()
    if !curves.isEmpty { return RatePiece(range: range, form: .curve(curves)) }
    return prefixPiece(of: range, after: nil, longest: whole.longestPrefix(), begin: begin)
  }

  /// A fit of a curve to the rows from the first of a range on; nil when it explains too few.
  func rough(_ curve: RateCurve, from range: Range<Int>) -> RateCurveFit? {
    let whole = fit(range, after: nil, levelAfter: nil)
    // Before its start a curve has no rate of its own.
    let start = range.lowerBound > 0 ? max(rows.steps[range.lowerBound - 1] - 1, 0) : 0
    let option = curve.tellsStart ? CurveOption() : CurveOption(start: start)
    var count = range.count
    while count > 3 || count == range.count {
      if let fit = whole.rough(curve, option, count: count) { return fit }
      count = count * 3 / 4
    }
    return nil
  }

  private func levelAfter(_ range: Range<Int>, _ stretches: RateStretches) -> Double? {
    guard range.upperBound < rows.steps.count,
      case .level(let next) = stretches.stretch(from: range.upperBound)
    else { return nil }
    return level(of: next)
  }

  private func prefixPiece(
    of range: Range<Int>, after before: RatePiece?, longest: Int, begin: CurveBegin?
  ) -> RatePiece? {
    var count = min(longest, range.count)
    // The longest prefix may reach a row or two into what follows, which its parameters then show.
    for _ in 0..<6 where count > 2 {
      let part = range.lowerBound..<range.lowerBound + count
      let curves = fit(part, after: before, levelAfter: nil, begin: begin).candidates()
      if let curve = curves.first {
        let end = extended(part, by: curve, within: range)
        let longer = part.lowerBound..<end
        let better =
          end > part.upperBound
          ? fit(longer, after: before, levelAfter: nil, begin: begin).candidates() : []
        return RatePiece(range: longer, form: .curve(better.isEmpty ? curves : better))
      }
      count = count > 8 ? count * 9 / 10 : count - 1
    }
    return nil
  }

  /// The end of the rows that a curve found from fewer explains.
  private func extended(_ part: Range<Int>, by fitted: FittedCurve, within range: Range<Int>) -> Int
  {
    var curve = fitted.curve
    curve.goesOn = true
    var end = part.upperBound
    while end < range.upperBound,
      abs(curve.rate(at: rows.steps[end], fitted.parameters) - rows.rates[end])
        <= rows.tolerances[end]
    {
      end += 1
    }
    return end
  }

  private func fit(
    _ range: Range<Int>, after before: RatePiece?, levelAfter: Double?, begin: CurveBegin? = nil
  ) -> StretchFit {
    let next = range.upperBound
    return StretchFit(
      rows: rows.slice(range),
      context: StretchContext(
        levelBefore: before?.level, curveBefore: before?.curve, levelAfter: levelAfter,
        stepBefore: range.lowerBound > 0 ? Int(rows.steps[range.lowerBound - 1]) : nil,
        stepAfter: next < rows.steps.count ? Int(rows.steps[next]) : nil, top: top, begin: begin),
      budget: budget)
  }
}
