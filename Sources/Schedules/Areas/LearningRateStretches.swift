import RealModule

/// A learning-rate path cut into stretches of steps over which the rate hardly changes.
///
/// Sums over steps of functions of the rate become sums over stretches: over a line that falls to a
/// thousandth there are about 1,400 of them, however many steps it has; over a constant rate there
/// is one between two positions.
///
/// Over a stretch the rate goes from its first to its last value in a nearly straight line, and
/// changes by at most 0.5 %. Sums of η^κ as the stretch's steps times (mean rate)^κ are then off
/// by a relative κ|κ-1|/8 · 0.005² at most: 8e-7 for κ ≤ 1, 2.4e-6 for κ ≤ 1.5.
///
/// The first position's rate is the first term, as in ``LearningRateAreas``.
public struct LearningRateStretches: Sendable {
  /// The steps of each stretch.
  public private(set) var counts: [Double] = []
  /// log(η/r) at the first step of each stretch, r the reference rate.
  public private(set) var firstLogs: [Double] = []
  /// log(η/r) at the last step of each stretch.
  public private(set) var lastLogs: [Double] = []
  /// log of the mean rate of each stretch over r.
  public private(set) var meanLogs: [Double] = []
  /// Whether a stretch belongs to the first warm-up.
  public private(set) var isWarmup: [Bool] = []
  /// For each position, how many stretches end at or before it.
  public private(set) var ends: [Int] = []
  /// log(η/r) at the end of the first warm-up.
  public let warmupLog: Double

  /// What stands for log(η/r) at rate zero: (η/r)^0.1 is 1e-13 then, and no power up to 2 underflows.
  public static let lowestLog = -300.0
  /// The largest relative change of the rate over a stretch.
  static let tolerance = 0.005
  /// How far the rate may be off the straight line, relative to the first: as an exponential is that
  /// changes by the tolerance.
  static let bend = tolerance * tolerance / 8

  /// Cuts a path.
  ///
  /// - Parameters:
  ///   - path: the learning rate over steps.
  ///   - positions: where sums will be wanted, ascending, at least the path's first position.
  ///   - reference: r, a rate by which rates are divided; positive.
  /// - Complexity: O(stretches) in linear pieces, O(steps) in sampled ones.
  public init(path: LearningRatePath, positions: [Int], reference: Double) {
    precondition(reference > 0, "reference is not positive")
    precondition(
      positions.first.map { $0 >= path.firstPosition } ?? true, "positions start before the path")
    warmupLog = Self.log(path.learningRate(at: path.warmupEnd), reference)
    let hasWarmup = path.warmupEnd > path.firstPosition
    var position = path.firstPosition - 1
    var index = 0
    ends.reserveCapacity(positions.count)
    for target in positions {
      while position < target {
        let piece = path.pieces[index]
        let isLast = index + 1 == path.pieces.count
        let end = piece.start + piece.count
        if position + 1 >= end, !isLast {
          index += 1
          continue
        }
        var last = isLast ? target : min(target, end - 1)
        if position < path.warmupEnd { last = min(last, path.warmupEnd) }
        let offset = position + 1 - piece.start
        let count = piece.stretch(from: offset, atMost: last - position)
        append(
          piece, offset: offset, count: count, reference: reference,
          isWarmup: hasWarmup && last <= path.warmupEnd)
        position += count
      }
      ends.append(counts.count)
    }
  }

  private mutating func append(
    _ piece: LearningRatePath.Piece, offset: Int, count: Int, reference: Double, isWarmup: Bool
  ) {
    let first = piece.rate(at: offset)
    let last = piece.rate(at: offset + count - 1)
    let mean = piece.mean(from: offset, count: count)
    let firstLog = Self.log(first, reference)
    counts.append(Double(count))
    firstLogs.append(firstLog)
    lastLogs.append(last == first ? firstLog : Self.log(last, reference))
    meanLogs.append(mean == first ? firstLog : Self.log(mean, reference))
    self.isWarmup.append(isWarmup)
  }

  private static func log(_ rate: Double, _ reference: Double) -> Double {
    rate > 0 ? max(.log(rate / reference), lowestLog) : lowestLog
  }
}

extension LearningRatePath.Piece {
  /// How many steps from `index` on make one stretch.
  fileprivate func stretch(from index: Int, atMost limit: Int) -> Int {
    // Past its end a piece keeps its last rate.
    guard index < count - 1 else { return limit }
    let longest = min(limit, count - index)
    let first = rate(at: index)
    switch shape {
    case .linear(_, let slope):
      guard slope != 0 else { return limit }
      let steps = LearningRateStretches.tolerance * first / abs(slope)
      return min(longest, 1 + Int(min(max(steps, 0), 1e15)))
    case .sampled(let rates):
      return rates.withUnsafeBufferPointer { rates in
        nearlyStraight(UnsafeBufferPointer(rebasing: rates[index..<(index + longest)]))
      }
    }
  }

  /// How many rates from the first on are within the tolerance of it, and near the line from it to
  /// the last of them.
  private func nearlyStraight(_ rates: UnsafeBufferPointer<Double>) -> Int {
    let first = rates[0]
    let bend = LearningRateStretches.bend * first
    // Slopes of lines from the first rate that pass near all rates so far.
    var (least, most) = (-Double.infinity, Double.infinity)
    for length in 1..<max(rates.count, 1) {
      let change = rates[length] - first
      guard abs(change) <= LearningRateStretches.tolerance * first else { return length }
      let distance = 1 / Double(length)
      guard change * distance >= least, change * distance <= most else { return length }
      least = max(least, (change - bend) * distance)
      most = min(most, (change + bend) * distance)
    }
    return rates.count
  }

  fileprivate func mean(from index: Int, count length: Int) -> Double {
    switch shape {
    case .linear: return 0.5 * (rate(at: index) + rate(at: index + length - 1))
    case .sampled(let rates):
      guard length > 1, index + length <= count else { return rate(at: index) }
      var sum = 0.0
      for step in index..<(index + length) { sum += rates[step] }
      return sum / Double(length)
    }
  }
}
