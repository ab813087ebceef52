import RealModule

/// A learning-rate path cut into stretches of steps over which the rate hardly changes.
///
/// Sums over steps of functions of the rate become sums over stretches: over a curve that falls to
/// a thousandth there are about 1,400 of them, however many steps it has; over a constant rate there
/// is one between two positions.
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

  /// What stands for log(η/r) at rate zero: with it, positive powers are as good as zero.
  public static let lowestLog = -60.0
  /// The largest relative change of the rate over a stretch.
  static let tolerance = 0.005

  /// Cuts a path.
  ///
  /// - Parameters:
  ///   - path: the learning rate over steps.
  ///   - positions: where sums will be wanted, ascending, at least the path's first position.
  ///   - reference: r, a rate by which rates are divided; positive.
  /// - Complexity: O(stretches) in linear pieces, O(steps) in sampled ones.
  public init(path: LearningRatePath, positions: [Int], reference: Double) {
    precondition(reference > 0, "reference is not positive")
    warmupLog = Self.log(path.learningRate(at: path.warmupEnd), reference)
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
        let count = piece.nearlyConstant(from: offset, atMost: last - position)
        append(
          piece, offset: offset, count: count, reference: reference,
          isWarmup: last <= path.warmupEnd && path.warmupEnd > path.firstPosition)
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
    counts.append(Double(count))
    firstLogs.append(Self.log(first, reference))
    lastLogs.append(last == first ? firstLogs[firstLogs.count - 1] : Self.log(last, reference))
    let mean = piece.mean(from: offset, count: count)
    meanLogs.append(last == first ? firstLogs[firstLogs.count - 1] : Self.log(mean, reference))
    self.isWarmup.append(isWarmup)
  }

  private static func log(_ rate: Double, _ reference: Double) -> Double {
    rate > 0 ? max(.log(rate / reference), lowestLog) : lowestLog
  }
}

extension LearningRatePath.Piece {
  /// How many steps from `index` on have nearly the rate of the first of them.
  fileprivate func nearlyConstant(from index: Int, atMost limit: Int) -> Int {
    let first = rate(at: index)
    switch shape {
    case .linear(_, let slope):
      // Past its end a piece keeps its last rate.
      guard slope != 0, index < count - 1 else { return limit }
      let steps = LearningRateStretches.tolerance * first / abs(slope)
      return min(limit, count - index, steps < 1 ? 1 : 1 + Int(min(steps, 1e15)))
    case .sampled(let rates):
      guard index < count - 1 else { return limit }
      var length = 1
      while length < limit, index + length < count,
        abs(rates[index + length] - first) <= LearningRateStretches.tolerance * first
      {
        length += 1
      }
      return length
    }
  }

  fileprivate func mean(from index: Int, count length: Int) -> Double {
    switch shape {
    case .linear: return 0.5 * (rate(at: index) + rate(at: index + length - 1))
    case .sampled(let rates):
      guard index + length <= count, index >= 0 else { return rate(at: index) }
      var sum = 0.0
      for step in index..<(index + length) { sum += rates[step] }
      return sum / Double(length)
    }
  }
}
