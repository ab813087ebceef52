/// Turns pieces of a log into phases that follow one another without gaps.
struct PhaseDrafting {
  let rows: RateRows
  let interval: Int
  /// A warm-up before the first piece; nil when the first piece has all there is.
  var warmup: SparseWarmup?

  /// The drafts of pieces, each with the curve chosen for it.
  ///
  /// - Parameters:
  ///   - pieces: the pieces, in order.
  ///   - choice: for each piece which of its curves to take.
  /// - Returns: the drafts, contiguous and in order.
  func drafts(of pieces: [RatePiece], choice: [Int]) -> [PhaseDraft] {
    var drafts: [PhaseDraft] = []
    for (piece, choice) in zip(pieces, choice) {
      guard let draft = draft(of: piece, choice: choice, after: drafts.last) else { continue }
      // A piece that only hid the beginning of this one.
      while let last = drafts.last, last.begin >= draft.begin { drafts.removeLast() }
      if !drafts.isEmpty { drafts[drafts.count - 1].end = draft.begin }
      drafts.append(draft)
    }
    join(&drafts)
    return finished(drafts)
  }

  private func draft(
    of piece: RatePiece, choice: Int, after before: PhaseDraft?
  ) -> PhaseDraft? {
    let first = rows.steps[piece.range.lowerBound]
    let gap = piece.range.lowerBound > 0 ? Int(rows.steps[piece.range.lowerBound - 1]) + 1 : 0
    var draft = PhaseDraft(
      curve: nil, parameters: RateCurveParameters(), begin: 0, end: 0, rows: piece.range)
    switch piece.form {
    case .level(let rate):
      draft.parameters[RateCurveLane.startRate] = rate
      draft.begin = levelBegin(rate, piece.range, gap: gap, after: before)
    case .curve(let curves):
      guard curves.indices.contains(choice) else { return nil }
      draft.curve = curves[choice].curve
      draft.parameters = curves[choice].parameters
      draft.begin = curveBegin(draft, gap: gap, after: before)
    case .loose:
      guard before != nil else {
        draft.parameters[RateCurveLane.startRate] = rows.rates[piece.range.lowerBound]
        break
      }
      let previous = piece.range.lowerBound - 1
      draft.curve = RateCurve(name: .linear, rises: rows.rates[previous + 1] > rows.rates[previous])
      draft.parameters[RateCurveLane.startRate] = rows.rates[previous]
      draft.parameters[RateCurveLane.endRate] = rows.rates[previous + 1]
      draft.parameters[RateCurveLane.start] = rows.steps[previous]
      draft.parameters[RateCurveLane.end] = first
      draft.begin = Int(rows.steps[previous])
    }
    return draft
  }

  /// Where a level begins: where the curve before ends at it, else a round step behind the last row.
  private func levelBegin(
    _ rate: Double, _ range: Range<Int>, gap: Int, after before: PhaseDraft?
  ) -> Int {
    let first = Int(rows.steps[range.lowerBound])
    guard let before else { return warmup?.end ?? 0 }
    if let curve = before.curve, !curve.name.isOpenEnded,
      before.parameters[RateCurveLane.endRate] == rate
    {
      let end = Int(before.parameters[RateCurveLane.end].rounded(.up))
      let isCovered = range.allSatisfy { row in
        rows.steps[row] >= Double(end)
          || abs(before.rate(at: rows.steps[row]) - rows.rates[row]) <= rows.tolerances[row]
      }
      if isCovered, end > before.begin { return end }
    }
    return RoundNumbers.integers(
      from: Double(gap), through: Double(first), limit: 1
    ).first ?? first
  }

  /// Where a curve's phase begins: at the curve's own start unless rows before it say otherwise.
  private func curveBegin(_ draft: PhaseDraft, gap: Int, after before: PhaseDraft?) -> Int {
    let first = Int(rows.steps[draft.rows.lowerBound])
    let start = Int(min(max(draft.parameters[RateCurveLane.start], 0), 1e13).rounded(.up))
    guard let before else { return start <= first ? start : 0 }
    var row = draft.rows.lowerBound
    while row > 0, rows.steps[row - 1] >= Double(start),
      abs(draft.rate(at: rows.steps[row - 1]) - rows.rates[row - 1]) <= rows.tolerances[row - 1]
    {
      row -= 1
    }
    let explainsOverlap = row == 0 || rows.steps[row - 1] < Double(start)
    if start <= first, explainsOverlap { return start }
    if before.curve != nil, let crossing = crossing(before, draft, from: gap - 1, through: first) {
      return crossing
    }
    return RoundNumbers.integers(
      from: Double(gap), through: Double(first), limit: 1
    ).first ?? first
  }

  /// The first whole step where two phases have the same rate, between two rows.
  private func crossing(
    _ left: PhaseDraft, _ right: PhaseDraft, from low: Int, through high: Int
  ) -> Int? {
    let gap = { (step: Int) in left.rate(at: Double(step)) - right.rate(at: Double(step)) }
    var (below, above) = (low, high)
    guard low >= 0, low < high, gap(low) * gap(high) <= 0 else { return nil }
    let sign = gap(low) > 0
    while above - below > 1 {
      let middle = below + (above - below) / 2
      if (gap(middle) > 0) == sign { below = middle } else { above = middle }
    }
    return above
  }

  /// Lets curves whose rows do not say where they end hand over to what follows.
  private func join(_ drafts: inout [PhaseDraft]) {
    for index in drafts.indices.dropLast() {
      guard let curve = drafts[index].curve, !curve.name.isOpenEnded else { continue }
      let (old, next) = (drafts[index], drafts[index + 1])
      let end = Double(next.begin)
      guard old.parameters[RateCurveLane.end] != end, !curve.tellsEnd else { continue }
      let reached = old.rate(at: end)
      var joined = old
      joined.parameters[RateCurveLane.end] = end
      let reach = rows.tolerances[old.rows.upperBound - 1]
      let shared =
        abs(next.startRate - reached) <= 3 * reach && next.rate(at: end) == next.startRate
      let round = RoundNumbers.decimals(from: reached - reach, through: reached + reach, limit: 1)
      for rate in (shared ? [next.startRate] : []) + round + [reached] {
        joined.parameters[RateCurveLane.endRate] = rate
        guard explains(joined) else { continue }
        let isShorter =
          (shared && rate == next.startRate)
          || DecimalDigits(rate).count
            <= DecimalDigits(old.parameters[RateCurveLane.endRate]).count
        if isShorter || old.parameters[RateCurveLane.end] < end { drafts[index] = joined }
        break
      }
    }
  }

  private func explains(_ draft: PhaseDraft) -> Bool {
    for row in draft.rows where rows.steps[row] < Double(draft.end) {
      guard abs(draft.rate(at: rows.steps[row]) - rows.rates[row]) <= rows.tolerances[row] else {
        return false
      }
    }
    return true
  }

  /// Fills what lies between phases with constant rates, and ends the last one.
  private func finished(_ drafts: [PhaseDraft]) -> [PhaseDraft] {
    var result: [PhaseDraft] = []
    let last = Int(rows.steps[rows.steps.count - 1])
    func level(_ rate: Double, from begin: Int, to end: Int) -> PhaseDraft {
      var parameters = RateCurveParameters()
      parameters[RateCurveLane.startRate] = rate
      return PhaseDraft(curve: nil, parameters: parameters, begin: begin, end: end, rows: 0..<0)
    }
    if let first = drafts.first, first.begin > 0 {
      result.append(
        warmup?.draft(to: first.startRate, at: first.begin)
          ?? level(first.startRate, from: 0, to: first.begin))
    }
    for (index, draft) in drafts.enumerated() {
      var draft = draft
      let isLast = index == drafts.count - 1
      let shapeEnd = Int(min(draft.parameters[RateCurveLane.end], 1e13).rounded(.up))
      if isLast { draft.end = lastEnd(of: draft, lastRow: last, shapeEnd: shapeEnd) }
      guard let curve = draft.curve, !curve.name.isOpenEnded, shapeEnd < draft.end else {
        result.append(draft)
        continue
      }
      let end = draft.end
      draft.end = max(shapeEnd, draft.begin + 1)
      result.append(draft)
      if curve.goesOn, curve.name == .cosine {
        result.append(climbing(draft, to: end))
      } else {
        result.append(level(draft.parameters[RateCurveLane.endRate], from: draft.end, to: end))
      }
    }
    return result
  }

  private func lastEnd(of draft: PhaseDraft, lastRow: Int, shapeEnd: Int) -> Int {
    let round =
      RoundNumbers.integers(
        from: Double(max(lastRow, draft.begin + 1)), through: Double(lastRow + interval), limit: 1
      ).first ?? (lastRow + 1)
    guard let curve = draft.curve, !curve.name.isOpenEnded else { return round }
    // A row on the end itself is explained by the rate that holds there.
    return shapeEnd >= lastRow ? shapeEnd : lastRow + 1
  }

  /// The other half of a cosine's period, as PyTorch's CosineAnnealingLR has past T_max.
  private func climbing(_ draft: PhaseDraft, to end: Int) -> PhaseDraft {
    var climb = draft
    let (from, to) = (RateCurveLane.startRate, RateCurveLane.endRate)
    climb.curve = RateCurve(name: .cosine, rises: true)
    climb.parameters[from] = draft.parameters[to]
    climb.parameters[to] = draft.parameters[from]
    let start = draft.parameters[RateCurveLane.end]
    climb.parameters[RateCurveLane.end] = 2 * start - draft.parameters[RateCurveLane.start]
    climb.parameters[RateCurveLane.start] = start
    climb.begin = draft.end
    climb.end = end
    return climb
  }
}
