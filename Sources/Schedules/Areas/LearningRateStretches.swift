import RealModule

/// A learning-rate path cut into stretches of steps over which the rate hardly changes.
///
/// Sums over steps of functions of the rate become sums over stretches: over a line that falls to a
/// thousandth, straight or not, there are about 1,400 of them, however many steps it has; over a
/// constant rate there is one between two positions.
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
  /// - Complexity: O(stretches); O(steps) in sampled pieces.
  public init(path: LearningRatePath, positions: [Int], reference: Double) {
    precondition(reference > 0, "reference is not positive")
    precondition(
      positions.first.map { $0 >= path.firstPosition } ?? true, "positions start before the path")
    warmupLog = Self.log(path.learningRate(at: path.warmupEnd), reference)
    let hasWarmup = path.warmupEnd > path.firstPosition
    var walk = PathWalk(path)
    var cut = SteadyStretch(
      change: LearningRateStretches.tolerance, bend: LearningRateStretches.bend)
    ends.reserveCapacity(positions.count)
    for target in positions {
      while let span = walk.next(to: target) {
        let piece = path.pieces[span.piece]
        var taken = 0
        while taken < span.count {
          let offset = span.offset + taken
          let count = cut.length(in: piece, from: offset, atMost: span.count - taken)
          append(
            piece, offset: offset, count: count, reference: reference,
            isWarmup: hasWarmup && span.isWarmup)
          taken += count
        }
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
