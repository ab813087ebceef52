import Schedules

/// Where a schedule may bend: positions dense towards the end, with straight lines between them.
///
/// A schedule is given by its heights, rates over the peak, at the knots after the first; at the
/// first, the end of the warm-up, the height is 1.
struct RateKnots: Sendable {
  let limits: RateLimits
  /// Ascending, from the end of the warm-up to the last step.
  let positions: [Int]

  /// Spreads knots.
  ///
  /// - Parameters:
  ///   - limits: what schedules keep to.
  ///   - growth: the distance of a knot from the end over that of the next one, at least; above 1.
  init(limits: RateLimits, growth: Double) {
    self.limits = limits
    var distances = [0]
    while let last = distances.last, last < limits.steps {
      let next = max(last + 1, Int((Double(last) * growth).rounded()))
      distances.append(min(next, limits.steps))
    }
    positions = distances.reversed().map { limits.total - $0 }
  }

  private init(limits: RateLimits, positions: [Int]) {
    self.limits = limits
    self.positions = positions
  }

  /// How many knots have a height to be found.
  var count: Int { positions.count - 1 }

  /// Heights from a function of the part of the steps that is still to go.
  func heights(_ height: (Double) -> Double) -> [Double] {
    positions.dropFirst().map {
      min(max(height(Double(limits.total - $0) / Double(limits.steps)), limits.lowestHeight), 1)
    }
  }

  /// The heights of a schedule, which may not rise.
  func heights(of schedule: Schedule) -> [Double] {
    var least = 1.0
    return positions.dropFirst().map {
      least = min(least, max(schedule.learningRate(at: $0) / limits.peak, limits.lowestHeight))
      return least
    }
  }

  /// The rates at all knots.
  func rates(of heights: [Double]) -> [Double] {
    [limits.peak] + heights.map { $0 * limits.peak }
  }

  /// Knots with one more in the middle of each interval over which the height falls by more than a
  /// part of its range, and the heights there; nil where there is none to halve.
  func refined(
    _ heights: [Double], where largest: Double
  ) -> (knots: RateKnots, heights: [Double])? {
    let range = 1 - limits.lowestHeight
    var finer = [positions[0]]
    var values: [Double] = []
    var last = 1.0
    for (index, height) in heights.enumerated() {
      let (left, right) = (positions[index], positions[index + 1])
      if last - height > largest * range, right - left > 1 {
        finer.append(left + (right - left) / 2)
        values.append(0.5 * (last + height))
      }
      finer.append(right)
      values.append(height)
      last = height
    }
    guard finer.count > positions.count else { return nil }
    return (RateKnots(limits: limits, positions: finer), values)
  }

  /// The path through rates at the knots, but for a jump half way between two steps.
  func withJump(
    from high: Double, to low: Double, between first: Int, and last: Int, rates: [Double]
  ) -> LearningRatePath {
    let middle = first + (last - first) / 2
    let before = positions.prefix { $0 <= first && $0 < middle }
    let after = positions.drop { $0 < last || $0 <= middle + 1 }
    let knots = RateKnots(limits: limits, positions: before + [middle, middle + 1] + after)
    return knots.path(
      through: rates.prefix(before.count) + [high, low] + rates.suffix(after.count))
  }

  /// The warm-up and straight lines between the rates at the knots.
  func path(through rates: [Double]) -> LearningRatePath {
    var pieces = limits.warmupPieces
    for index in 0..<(positions.count - 1) {
      let count = positions[index + 1] - positions[index]
      let slope = (rates[index + 1] - rates[index]) / Double(count)
      let shape = LearningRatePath.Piece.Shape.linear(first: rates[index], slope: slope)
      if slope == 0, let last = pieces.last, last.shape == shape {
        pieces[pieces.count - 1].count += count
      } else {
        pieces.append(.init(start: positions[index], count: count, shape: shape))
      }
    }
    pieces.append(
      .init(
        start: positions[positions.count - 1], count: 1,
        shape: .linear(first: rates[positions.count - 1], slope: 0))
    )
    return LearningRatePath(pieces: pieces, warmupEnd: limits.warmup)
  }
}
