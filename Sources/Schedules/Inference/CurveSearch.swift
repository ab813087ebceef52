/// Finds the parameters of a curve for a stretch of rows, without a start from anybody.
struct CurveSearch {
  /// A few rows of the stretch.
  let sample: RateRows
  /// What stands beside the stretch.
  let context: StretchContext
  /// What the search may cost.
  let budget: FitBudget

  /// As many rows as starts are compared on.
  private static let scannedRows = 14

  private var first: Double { sample.steps[0] }
  private var last: Double { sample.steps[sample.steps.count - 1] }
  private var length: Double { max(last - first, 1) }

  /// The best fit of a curve with what an option leaves open; nil when the option makes no curve.
  func fit(_ curve: RateCurve, _ option: CurveOption) -> RateCurveFit? {
    let free = option.free(of: curve)
    guard free.count <= sample.steps.count, budget.spend() else { return nil }
    var starts: [(cost: Double, parameters: RateCurveParameters)] = []
    let scanned = sample.thinned(to: Self.scannedRows)
    let parameterStarts = curve.parameterStarts(length: length)
    for start in option.start.map({ [$0] }) ?? startsOfCurve(curve) {
      for end in option.end.map({ [$0] }) ?? endsOfCurve(curve) where end > start {
        for parameter in parameterStarts.isEmpty ? [0] : parameterStarts {
          var parameters = RateCurveParameters(repeating: 0)
          parameters[RateCurveLane.start] = start
          parameters[RateCurveLane.end] = end
          parameters[RateCurveLane.parameter] = parameter
          setRates(&parameters, curve, option, scanned)
          let cost = scanned.cost(of: curve, parameters)
          if cost.isFinite { starts.append((cost, parameters)) }
        }
      }
    }
    if let before = context.curveBefore, before.curve.name == curve.name {
      // The schedule may go on after updates that were skipped.
      var parameters = before.parameters
      for (lane, known) in [option.startRate, option.endRate, option.start, option.end].enumerated()
      {
        if let known { parameters[lane] = known }
      }
      let cost = scanned.cost(of: curve, parameters)
      if cost.isFinite { starts.append((cost, parameters)) }
    }
    starts.sort { $0.cost < $1.cost }
    var best: RateCurveFit?
    for start in starts.prefix(3) {
      let fit = RateCurveFit(curve, to: sample, from: start.parameters, free: free)
      if fit.cost < best?.cost ?? .infinity { best = fit }
      if let best, best.cost <= Double(sample.steps.count) { break }
    }
    return best
  }

  private func startsOfCurve(_ curve: RateCurve) -> [Double] {
    let low = context.stepBefore.map(Double.init) ?? first
    var starts = [low, (low + first) / 2, first]
    if curve.tellsStart { starts += [first - 0.3 * length, first - length] }
    return starts
  }

  private func endsOfCurve(_ curve: RateCurve) -> [Double] {
    let high = context.stepAfter.map(Double.init) ?? (last + 0.02 * length)
    var ends = [(last + high) / 2, high]
    if context.levelAfter == nil || curve.tellsEnd {
      ends += [0.1, 0.3, 1, 3].map { last + $0 * length }
    }
    return ends
  }

  /// The open rates by linear least squares; from the first and last row where the curve is not
  /// linear in them.
  private func setRates(
    _ parameters: inout RateCurveParameters, _ curve: RateCurve, _ option: CurveOption,
    _ sample: RateRows
  ) {
    let (from, to) = (RateCurveLane.startRate, RateCurveLane.endRate)
    parameters[from] = option.startRate ?? sample.rates[0]
    parameters[to] = option.endRate ?? sample.rates[sample.rates.count - 1]
    guard curve.name != .exponential, curve.name != .inverse else { return }
    guard option.startRate == nil || option.endRate == nil else { return }
    var unit = parameters
    (unit[from], unit[to]) = (1, 0)
    var (left, right, mixed, leftSide, rightSide) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in sample.steps.indices {
      let weight = 1 / sample.tolerances[index]
      let share = curve.rate(at: sample.steps[index], unit)
      let (a, b, side) = (share * weight, (1 - share) * weight, sample.rates[index] * weight)
      left += a * a
      right += b * b
      mixed += a * b
      leftSide += a * side
      rightSide += b * side
    }
    if let known = option.startRate {
      if right > 0 { parameters[to] = (rightSide - mixed * known) / right }
    } else if let known = option.endRate {
      if left > 0 { parameters[from] = (leftSide - mixed * known) / left }
    } else {
      let determinant = left * right - mixed * mixed
      guard determinant > 1e-14 * left * right else { return }
      parameters[from] = (leftSide * right - rightSide * mixed) / determinant
      parameters[to] = (rightSide * left - leftSide * mixed) / determinant
    }
  }
}

/// How many fits a search may still make, so that rates without a schedule take no longer than
/// others.
final class FitBudget {
  private var left: Int

  /// Creates a budget of so many fits.
  init(_ fits: Int) { left = fits }

  /// Takes fits from the budget; false when none is left.
  func spend(_ fits: Int = 1) -> Bool {
    left -= fits
    return left >= 0
  }
}
