/// Brings the largest deviation of a curve down, where rounding leaves little room.
///
/// Least squares finds the curve through the middle of the rounding errors, whose largest deviation
/// may exceed half a printed unit though a near-by curve stays within it everywhere. Lawson's
/// algorithm weighs the rows anew by their deviations until the largest is small enough.
enum MinimaxFit {
  private static let iterations = 15
  private static let rounds = 3
  private static let sampleSize = 120

  /// What one fit takes of a search's budget.
  static let price = 60

  /// A fit within the tolerance of every row; nil when none is found.
  ///
  /// - Parameters:
  ///   - curve: the curve.
  ///   - rows: all rows.
  ///   - start: where to begin.
  ///   - free: the lanes to change.
  /// - Returns: the fit, or nil.
  static func fit(
    _ curve: RateCurve, to rows: RateRows, from start: RateCurveFit, free: [Int]
  ) -> RateCurveFit? {
    var sample = rows.thinned(to: sampleSize)
    var best = start
    for _ in 0..<rounds {
      best = lowered(curve, sample, from: best, free: free)
      let violated = rows.violated(by: curve, best.parameters, limit: 20)
      if violated.steps.isEmpty { return best }
      sample = sample.merged(with: violated)
    }
    return nil
  }

  private static func lowered(
    _ curve: RateCurve, _ rows: RateRows, from start: RateCurveFit, free: [Int]
  ) -> RateCurveFit {
    var best = start
    var least = rows.worst(of: curve, start.parameters)
    var current = start
    var weighted = rows
    var weights = rows.steps.map { _ in 1.0 }
    for _ in 0..<iterations where least > 0.98 {
      var sum = 0.0
      for row in rows.steps.indices {
        let deviation = abs(curve.rate(at: rows.steps[row], current.parameters) - rows.rates[row])
        weights[row] *= max(deviation / rows.tolerances[row], 1e-3)
        sum += weights[row]
      }
      guard sum > 0, sum.isFinite else { break }
      let scale = Double(weights.count) / sum
      for row in weights.indices {
        weights[row] = max(weights[row] * scale, 1e-6)
        weighted.tolerances[row] = rows.tolerances[row] / weights[row].squareRoot()
      }
      current = RateCurveFit(curve, to: weighted, from: current.parameters, free: free)
      let worst = rows.worst(of: curve, current.parameters)
      if worst < least { (best, least) = (current, worst) }
    }
    return best
  }
}

extension RateRows {
  /// The rows furthest out of their tolerance, at most `limit`.
  fileprivate func violated(
    by curve: RateCurve, _ parameters: RateCurveParameters, limit: Int
  ) -> RateRows {
    var found: [(excess: Double, row: Int)] = []
    for row in steps.indices {
      let deviation = abs(curve.rate(at: steps[row], parameters) - rates[row]) / tolerances[row]
      if !(deviation <= 1) { found.append((deviation, row)) }
    }
    found.sort { $0.excess > $1.excess }
    let kept = found.prefix(limit).map(\.row).sorted()
    return RateRows(
      steps: kept.map { steps[$0] }, rates: kept.map { rates[$0] },
      tolerances: kept.map { tolerances[$0] })
  }

  /// These rows and others, in order of steps.
  fileprivate func merged(with other: RateRows) -> RateRows {
    let all = RateRows(
      steps: steps + other.steps, rates: rates + other.rates,
      tolerances: tolerances + other.tolerances)
    let order = all.steps.indices.sorted { all.steps[$0] < all.steps[$1] }
    return RateRows(
      steps: order.map { all.steps[$0] }, rates: order.map { all.rates[$0] },
      tolerances: order.map { all.tolerances[$0] })
  }
}
