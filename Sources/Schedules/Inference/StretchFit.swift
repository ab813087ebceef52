/// Explains a stretch of rows by single curves.
struct StretchFit {
  /// All rows of the stretch.
  let rows: RateRows
  /// What stands beside it.
  let context: StretchContext
  /// What the search may cost.
  let budget: FitBudget

  /// As many rows as are fitted; all are checked.
  static let sampleSize = 60

  /// As many fits as one curve may take.
  private static let mostTrials = 250

  private var first: Double { rows.steps[0] }
  private var last: Double { rows.steps[rows.steps.count - 1] }

  /// The curves that explain every row, rounded, the cheapest first.
  func candidates() -> [FittedCurve] {
    let sample = rows.thinned(to: Self.sampleSize)
    let loosened = sample.loosened(to: leastError)
    let search = CurveSearch(sample: loosened, context: context, budget: budget)
    var found: [FittedCurve] = []
    for curve in curves
    where rows.steps.count < 6
      || lefts(of: curve).contains(where: {
        explains(curve, $0, count: rows.steps.count, within: 2.2)
      })
    {
      var best: FittedCurve?
      var trials = Self.mostTrials
      for option in options(of: curve) where trials > 0 {
        let free = order(option.free(of: curve))
        guard let rough = search.fit(curve, option) else { continue }
        let fit = RateCurveFit(curve, to: sample, from: rough.parameters, free: free)
        var rounding = CurveRounding(
          curve: curve, sample: sample, loosened: loosened, rows: rows, top: context.top,
          budget: budget, trials: trials)
        let before = rounding.trials
        var result = rounding.round(fit, free: free)
        trials -= before - rounding.trials
        if result == nil, best == nil, isPrinted, rows.steps.count > 4,
          loosened.worst(of: curve, fit.parameters) <= 2.2
        {
          result = closely(curve, fit, free: free, sample: sample, loosened: loosened)
        }
        guard let rounded = result, isSane(rounded) else { continue }
        var cost = CurveRounding.cost(of: curve, rounded, option: option, top: context.top)
        // Taking a rate over from a curve is a little less plain than a round one.
        if option.startRate != nil, context.curveBefore != nil { cost += 2 }
        if let end = option.endRate, end != context.levelAfter, end > 0 { cost += 2 }
        if cost < best?.cost ?? .max {
          best = FittedCurve(curve: curve, parameters: rounded, cost: cost)
        }
        // What joins both neighbours needs no other ends.
        if option.startRate != nil, option.endRate == context.levelAfter, option.end == nil {
          break
        }
      }
      if let best { found.append(best) }
      // A line leaves little to say for curves.
      if curve.name == .linear, best != nil, rows.steps.count > 2 { break }
    }
    return found.sorted { $0.cost < $1.cost }
  }

  /// The order in which parameters are rounded: round rates tell steps where printing leaves doubt,
  /// whole steps tell rates to all their digits where it does not.
  private func order(_ free: [Int]) -> [Int] {
    let steps = [RateCurveLane.start, RateCurveLane.end]
    return hasRounding ? free : steps.filter(free.contains) + free.filter { !steps.contains($0) }
  }

  /// A rounding from a fit that keeps within the tolerance of every row.
  private func closely(
    _ curve: RateCurve, _ fit: RateCurveFit, free: [Int], sample: RateRows, loosened: RateRows
  ) -> RateCurveParameters? {
    guard budget.spend(MinimaxFit.price),
      let close = MinimaxFit.fit(curve, to: rows, from: fit, free: free)
    else { return nil }
    var rounding = CurveRounding(
      curve: curve, sample: sample, loosened: loosened, rows: rows, top: context.top,
      budget: budget, trials: 20)
    return rounding.roundClosely(close, free: free)
  }

  /// Whether rounding leaves more doubt than the arithmetic of a fit.
  private var hasRounding: Bool {
    rows.tolerances.contains { $0 > 1e-8 * context.top } && rows.steps.count > 4
  }

  /// Whether digits are missing at all.
  private var isPrinted: Bool { rows.tolerances.contains { $0 > 1e-11 * context.top } }

  /// Whether the curve's ends are not far beyond anything that the log shows.
  private func isSane(_ parameters: RateCurveParameters) -> Bool {
    let reach = 1e3 * max(last, 1)
    return max(parameters[RateCurveLane.startRate], parameters[RateCurveLane.endRate])
      <= 4 * context.top && parameters[RateCurveLane.start] >= -reach
      && parameters[RateCurveLane.end] <= last + reach
  }

  /// The curves that go the stretch's way; with few rows only a line.
  private var curves: [RateCurve] {
    if let begin = context.begin { return [begin.curve] }
    let ahead = context.levelAfter ?? rows.rates[rows.rates.count - 1]
    let behind = context.levelBefore ?? rows.rates[0]
    let rises =
      rows.steps.count > 1 ? rows.rates[rows.rates.count - 1] > rows.rates[0] : ahead > behind
    let all = rises ? RateCurve.rising : RateCurve.falling
    guard rows.steps.count > 3 else { return Array(all.prefix(1)) }
    let onward = context.stepAfter == nil && !rises
    let bend = rows.bend
    return all.filter { $0.bend == nil || bend == nil || $0.bend == bend }
      + (onward ? [RateCurve(name: .cosine, rises: false, goesOn: true)] : [])
  }

  /// What may be known of a curve's ends, the best known first.
  private func options(of curve: RateCurve) -> [CurveOption] {
    (lefts(of: curve) + crossings(of: curve)).flatMap { left in
      rights(of: curve).map { right in
        CurveOption(
          startRate: left.startRate, endRate: right.endRate, start: left.start, end: right.end)
      }
    }
  }

  private func lefts(of curve: RateCurve) -> [CurveOption] {
    if let begin = context.begin { return [CurveOption(start: Double(begin.step))] }
    var options: [CurveOption] = []
    if let level = context.levelBefore {
      options.append(CurveOption(startRate: level))
      if rows.steps.count <= 2, let before = context.stepBefore {
        options += RoundNumbers.integers(from: Double(before), through: first, limit: 1).map {
          CurveOption(startRate: level, start: Double($0))
        }
      }
    }
    if curve.tellsStart { options.append(CurveOption()) }
    if let before = context.stepBefore {
      options += RoundNumbers.integers(from: Double(before) + 1, through: first, limit: 1).map {
        CurveOption(start: Double($0))
      }
    } else if curve.name != .power {
      // A row may have the rate of its own update or of the one before.
      options += [CurveOption(start: 0)] + (first >= 1 ? [CurveOption(start: 1)] : [])
      if curve.rises, first >= 1 { options.append(CurveOption(startRate: 0, start: 1)) }
      // Warm-ups that count from 1.
      if curve.rises, curve.name == .linear { options.append(CurveOption(startRate: 0, start: -1)) }
    } else if first > 0 {
      options.append(CurveOption(start: first))
    }
    return options
  }

  private func rights(of curve: RateCurve) -> [CurveOption] {
    if curve.name.isOpenEnded {
      let end = context.stepAfter.map(Double.init) ?? (last + 1)
      return [CurveOption(endRate: 0, end: end)]
        + (curve.name == .power ? [] : [CurveOption(end: end)])
    }
    var options: [CurveOption] = []
    if let level = context.levelAfter {
      if curve.name.needsPositiveEnds && level <= 0 { return [] }
      options.append(CurveOption(endRate: level))
      if rows.steps.count <= 2, let after = context.stepAfter {
        options += RoundNumbers.integers(from: last + 1, through: Double(after), limit: 1).map {
          CurveOption(endRate: level, end: Double($0))
        }
      }
    } else if !curve.name.needsPositiveEnds, !curve.rises {
      options.append(CurveOption(endRate: 0))
    }
    if curve.tellsEnd { options.append(CurveOption()) }
    if context.stepAfter == nil, !curve.tellsEnd, !curve.rises {
      // The log may end before the decay: then its end is where its rate is a usual part.
      options += [0.5, 0.2, 0.1, 0.05, 0.01].map {
        CurveOption(endRate: $0 * (context.levelBefore ?? context.top))
      }
    }
    return options + roundEnds().map { CurveOption(end: Double($0)) }
  }

  /// Steps where a curve may end whose rows do not say where.
  private func roundEnds() -> [Int] {
    if let after = context.stepAfter {
      return RoundNumbers.integers(from: last + 1, through: Double(after), limit: 2)
    }
    var ends = [Int(last) + 1, Int(last)]
    for unit in [10, 50, 100, 500, 1000, 5000, 10_000] {
      let next = (Int(last) / unit + 1) * unit
      if Double(next) - first <= 1.3 * max(last - first, 1), !ends.contains(next) {
        ends.append(next)
      }
    }
    return ends
  }
}

extension StretchFit {
  private func sample(of rows: RateRows) -> RateRows {
    rows.thinned(to: Self.sampleSize).loosened(to: leastError)
  }

  /// What the arithmetic of a fit may leave; the rounded curve is exact again.
  private var leastError: Double { 2e-10 * context.top }

  /// Where the curve before may hand over to one whose rows do not tell where it begins: whole steps
  /// about the place where the two cross.
  private func crossings(of curve: RateCurve) -> [CurveOption] {
    guard let before = context.curveBefore, let stepBefore = context.stepBefore, !curve.tellsStart
    else { return [] }
    var onward = before.curve
    onward.goesOn = true
    let reach = 3 * (first - Double(stepBefore))
    let low = max(before.start + 1, Double(stepBefore) - reach)
    var option = CurveOption(start: max(low, 1))
    if !curve.tellsEnd { option.end = last + 1 }
    if curve.name == .power { option.endRate = 0 }
    guard
      let fit = CurveSearch(sample: sample(of: rows), context: context, budget: budget).fit(
        curve, option)
    else { return [] }
    let gap = { (step: Double) in
      onward.rate(at: step, before.parameters) - curve.rate(at: step, fit.parameters)
    }
    var (left, right) = (max(low, 1), first + 1)
    guard gap(left) * gap(right) <= 0 else { return [] }
    for _ in 0..<60 {
      let middle = (left + right) / 2
      if gap(left) * gap(middle) <= 0 { right = middle } else { left = middle }
    }
    let slope = abs(gap(left + 0.5) - gap(left - 0.5))
    let doubt = slope > 0 ? min(2 * (rows.tolerances.first ?? 0) / slope, reach) : reach
    let spread = max(doubt, 1.2)
    var steps = RoundNumbers.integers(from: left - spread, through: left + spread, limit: 4)
    for near in [left.rounded(.down), left.rounded(.up)] where !steps.contains(Int(near)) {
      steps.append(Int(near))
    }
    return steps.filter { Double($0) <= first }.flatMap { step in
      let start = Double(step)
      let joined = onward.rate(at: start, before.parameters)
      return [CurveOption(start: start), CurveOption(startRate: joined, start: start)]
    }
  }

  /// How many rows from the start on some one curve explains; at least 1.
  func longestPrefix() -> Int {
    var longest = 1
    for curve in curves {
      for option in lefts(of: curve) {
        // From long to short: on few rows a search for a long curve's parameters may find no end.
        var (low, high) = (rows.steps.count, rows.steps.count)
        while low > longest, !explains(curve, option, count: low) {
          (low, high) = (low / 2, low - 1)
        }
        guard low > longest else { continue }
        while low < high {
          let middle = (low + high + 1) / 2
          if explains(curve, option, count: middle) { low = middle } else { high = middle - 1 }
        }
        longest = max(longest, low)
      }
    }
    return longest
  }

  private func explains(
    _ curve: RateCurve, _ left: CurveOption, count: Int, within limit: Double = 1.5
  ) -> Bool {
    rough(curve, left, count: count, within: limit) != nil
  }

  /// A fit of a curve to the first rows that leaves them within some tolerances; nil when none does.
  func rough(
    _ curve: RateCurve, _ left: CurveOption, count: Int, within limit: Double = 1.5
  ) -> RateCurveFit? {
    let part = rows.prefix(count)
    let sample = sample(of: part)
    var option = left
    if !curve.tellsEnd { option.end = part.steps[count - 1] + 1 }
    if curve.name == .power { option.endRate = 0 }
    var context = context
    context.levelAfter = nil
    context.stepAfter = count < rows.steps.count ? Int(rows.steps[count]) : context.stepAfter
    guard let fit = CurveSearch(sample: sample, context: context, budget: budget).fit(curve, option)
    else {
      return nil
    }
    return part.loosened(to: leastError).worst(of: curve, fit.parameters) <= limit ? fit : nil
  }
}
