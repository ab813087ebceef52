/// Why logged learning rates make no path.
public enum LoggedRatesError: Error, Sendable, Hashable {
  /// There is no row with a finite rate.
  case noRates
  /// Every rate is zero: the law's areas would all be zero.
  case allZero
  /// A rate is negative at this step.
  case negative(step: Int, rate: Double)
}

extension LearningRatePath {
  /// A path through logged rows: linear between rows, the last rate held after them.
  ///
  /// Before the first row the path is completed down to position 0 by this rule:
  /// 1. With `warmupSteps`, a linear rise from 0 at position 0 to the first row's rate at
  ///    `warmupSteps`, then that rate up to the first row.
  /// 2. Else, when the first rows rise, the line through the first two rows is carried back to
  ///    position 0, but not below 0.
  /// 3. Else the first row's rate is held.
  ///
  /// The first warm-up ends at `warmupSteps`, or at the last row of the rise at the beginning.
  ///
  /// - Parameters:
  ///   - steps: updates done, strictly ascending, at least 0; one a row.
  ///   - rates: the learning rate of each row; rows with NaN are passed over.
  ///   - warmupSteps: length of a linear warm-up that the rows do not show, in steps.
  /// - Throws: ``LoggedRatesError`` when no row has a rate, all are zero, or one is negative.
  public init(
    loggedSteps steps: [Int], rates: [Double], warmupSteps: Int? = nil
  )
    throws(LoggedRatesError)
  {
    var knots: [(step: Int, rate: Double)] = []
    knots.reserveCapacity(steps.count + 2)
    for (step, rate) in zip(steps, rates) where rate.isFinite {
      guard rate >= 0 else { throw .negative(step: step, rate: rate) }
      knots.append((step, rate))
    }
    guard let first = knots.first else { throw .noRates }
    guard knots.contains(where: { $0.rate > 0 }) else { throw .allZero }

    var warmupEnd = 0
    if let warmupSteps, warmupSteps > 0 {
      warmupEnd = warmupSteps
      if first.step > warmupSteps { knots.insert((warmupSteps, first.rate), at: 0) }
      if knots[0].step > 0 { knots.insert((0, 0), at: 0) }
    } else {
      let top = LearningRatePath.endOfRise(knots.map(\.rate))
      if top > 0 { warmupEnd = knots[top].step }
      if first.step > 0 {
        knots.insert((0, top > 0 ? LearningRatePath.carriedBack(knots) : first.rate), at: 0)
      }
    }
    self.init(pieces: LearningRatePath.pieces(through: knots), warmupEnd: warmupEnd)
  }

  /// The index of the last row of the rise at the beginning; 0 when the rates do not rise there.
  private static func endOfRise(_ rates: [Double]) -> Int {
    var index = 0
    while index + 1 < rates.count, rates[index + 1] > rates[index] * (1 + 1e-9) { index += 1 }
    return index
  }

  /// The first two rows' line at position 0, between 0 and the first rate.
  private static func carriedBack(_ knots: [(step: Int, rate: Double)]) -> Double {
    let slope = (knots[1].rate - knots[0].rate) / Double(knots[1].step - knots[0].step)
    return min(max(knots[0].rate - slope * Double(knots[0].step), 0), knots[0].rate)
  }

  private static func pieces(through knots: [(step: Int, rate: Double)]) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(knots.count)
    for (left, right) in zip(knots, knots.dropFirst()) {
      let count = right.step - left.step
      let slope = (right.rate - left.rate) / Double(count)
      // A rate that stays is one piece however often it was logged.
      if slope == 0, let last = pieces.last, last.shape == .linear(first: left.rate, slope: 0) {
        pieces[pieces.count - 1].count += count
        continue
      }
      pieces.append(
        Piece(start: left.step, count: count, shape: .linear(first: left.rate, slope: slope)))
    }
    let last = knots[knots.count - 1]
    pieces.append(Piece(start: last.step, count: 1, shape: .linear(first: last.rate, slope: 0)))
    return pieces
  }
}
