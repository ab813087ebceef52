/// Rounds the parameters of a fitted curve one after the other, the others fitted again each time.
struct CurveRounding {
  let curve: RateCurve
  /// A few rows to fit.
  let sample: RateRows
  /// The same with errors at least as large as the arithmetic of a fit leaves.
  let loosened: RateRows
  /// All rows, which the rounded curve must explain.
  let rows: RateRows
  /// The highest rate of the log.
  let top: Double
  /// What the whole search may cost.
  let budget: FitBudget
  /// The fits that are left to try.
  private(set) var trials: Int

  /// What a fit may deviate in tolerances while some parameters are not rounded yet.
  private static let slack = 1.7
  /// As many fits as one option may take.
  private static let mostTrials = 70

  init(
    curve: RateCurve, sample: RateRows, loosened: RateRows, rows: RateRows, top: Double,
    budget: FitBudget, trials: Int
  ) {
    self.curve = curve
    self.sample = sample
    self.loosened = loosened
    self.rows = rows
    self.top = top
    self.budget = budget
    self.trials = min(trials, Self.mostTrials)
  }

  /// A rounding near a fit that leaves no row out of its tolerance.
  ///
  /// Each rounded parameter is close to the fit's, and the others are brought within all tolerances
  /// again. What cannot be rounded stays as it is, steps only where the curve may turn between two.
  mutating func roundClosely(_ fit: RateCurveFit, free: [Int]) -> RateCurveParameters? {
    guard let lane = free.first else {
      return rows.explained(by: curve, fit.parameters) ? fit.parameters : nil
    }
    let rest = Array(free.dropFirst())
    for value in closeCandidates(of: lane, in: fit) {
      var start = fit.parameters
      start[lane] = value
      trials -= 1
      guard trials >= 0, budget.spend(MinimaxFit.price) else { return nil }
      let refit = RateCurveFit(curve, to: sample, from: start, free: rest)
      guard let close = MinimaxFit.fit(curve, to: rows, from: refit, free: rest) else { continue }
      if let rounded = roundClosely(close, free: rest) { return rounded }
    }
    return nil
  }

  private func closeCandidates(of lane: Int, in fit: RateCurveFit) -> [Double] {
    let value = fit.parameters[lane]
    let spread = fit.spread[lane].isFinite ? fit.spread[lane] : 0
    if lane == RateCurveLane.start || lane == RateCurveLane.end {
      guard abs(value) < 1e15 else { return [] }
      let reach = max(0.3 * spread, 0.6)
      var steps = RoundNumbers.integers(from: value - reach, through: value + reach, limit: 2)
      for near in [value.rounded(), value.rounded(.down), value.rounded(.up)]
      where !steps.contains(Int(near)) {
        steps.append(Int(near))
      }
      return steps.map(Double.init)
    }
    let reach = 0.2 * spread
    guard lane != RateCurveLane.parameter || value > 0 else { return [value] }
    return RoundNumbers.decimals(
      from: max(0, value - reach), through: max(0, value + reach), limit: 2) + [value]
  }

  /// The first rounding that explains every row; nil when none does.
  mutating func round(_ fit: RateCurveFit, free: [Int]) -> RateCurveParameters? {
    guard let lane = free.first else {
      return rows.explained(by: curve, fit.parameters) ? fit.parameters : nil
    }
    guard loosened.worst(of: curve, fit.parameters) <= Self.slack else { return nil }
    let rest = Array(free.dropFirst())
    for value in candidates(of: lane, in: fit, left: rest.count) {
      var start = fit.parameters
      start[lane] = value
      guard !rest.isEmpty else {
        if rows.explained(by: curve, start) { return start }
        continue
      }
      trials -= 1
      guard trials >= 0, budget.spend() else { return nil }
      let refit = RateCurveFit(curve, to: sample, from: start, free: rest)
      if let rounded = round(refit, free: rest) { return rounded }
    }
    return nil
  }

  /// Values to try, the roundest first: few while many parameters are left, many for the last,
  /// whose values need no further fit.
  private func candidates(of lane: Int, in fit: RateCurveFit, left: Int) -> [Double] {
    let value = fit.parameters[lane]
    let isStep = lane == RateCurveLane.start || lane == RateCurveLane.end
    let isRate = lane == RateCurveLane.startRate || lane == RateCurveLane.endRate
    let least = isStep ? 1e-3 : isRate ? 1e-10 * top : 1e-8 * abs(value)
    let spread = fit.spread[lane].isFinite ? fit.spread[lane] : 0
    let close = 2.5 * spread
    let reach = max(close, least)
    let parts = left == 0 ? 40 : left == 1 ? 8 : 1
    if isStep {
      var whole: [Int] = []
      for (low, high) in intervals(value, reach, close, parts) {
        for step in RoundNumbers.integers(from: low, through: high, limit: parts > 1 ? 1 : 3)
        where !whole.contains(step) {
          whole.append(step)
        }
      }
      if abs(value) < 1e15, !whole.contains(Int(value.rounded())) {
        whole.append(Int(value.rounded()))
      }
      whole.sort { RoundNumbers.digits($0) < RoundNumbers.digits($1) }
      // A scheduler that counts samples or parts of a run may turn between two steps.
      return whole.map(Double.init) + (reach < 0.3 ? [value] : [])
    }
    // What no round number explains stays as it was fitted.
    let sign = value < 0 && !isRate ? -1.0 : 1.0
    var found: [Double] = []
    for (low, high) in intervals(sign * value, reach, close, parts) {
      for rate in RoundNumbers.decimals(
        from: max(0, low), through: max(0, high), limit: parts > 1 ? 1 : 3)
      where !found.contains(rate) && (isRate || rate > 0) {
        found.append(rate)
      }
    }
    let digits = found.map { ($0, RoundNumbers.digits($0, peak: isRate ? top : 1)) }
    let sorted = digits.sorted { $0.1 < $1.1 }.map { sign * $0.0 }
    return sorted + (value >= 0 || !isRate ? [value] : [])
  }

  /// The whole interval, then the parts of a closer one.
  private func intervals(
    _ value: Double, _ reach: Double, _ close: Double, _ parts: Int
  ) -> [(low: Double, high: Double)] {
    let whole = (low: value - reach, high: value + reach)
    guard parts > 1, close > 0 else { return [whole] }
    return [whole]
      + (0..<parts).map { part in
        let low = value - close + 2 * close * Double(part) / Double(parts)
        return (low, low + 2 * close / Double(parts))
      }
  }

  /// How many digits a curve's parameters take, those not known from its neighbours.
  static func cost(
    of curve: RateCurve, _ parameters: RateCurveParameters, option: CurveOption, top: Double
  ) -> Int {
    var cost = curve.cost
    if option.startRate == nil {
      cost += RoundNumbers.digits(parameters[RateCurveLane.startRate], peak: top)
    }
    if option.endRate == nil {
      cost += RoundNumbers.digits(parameters[RateCurveLane.endRate], peak: top)
    }
    let start = parameters[RateCurveLane.start]
    let end = parameters[RateCurveLane.end]
    cost += digits(start)
    if !curve.name.isOpenEnded { cost += min(digits(end), digits(end - start)) }
    if !curve.parameterStarts(length: 1).isEmpty {
      cost += DecimalDigits(parameters[RateCurveLane.parameter]).count
    }
    return cost
  }

  /// The digits of a step, which may be counted from one more or less.
  private static func digits(_ step: Double) -> Int {
    guard step == step.rounded(), abs(step) < 1e15 else { return 10 }
    let whole = Int(step)
    return (-1...1).map { RoundNumbers.digits(whole + $0) }.min() ?? 10
  }
}

extension RateRows {
  /// Whether a curve is within the tolerance of every row.
  func explained(by curve: RateCurve, _ parameters: RateCurveParameters) -> Bool {
    for index in steps.indices {
      let deviation = abs(curve.rate(at: steps[index], parameters) - rates[index])
      guard deviation <= tolerances[index] else { return false }
    }
    return true
  }
}
