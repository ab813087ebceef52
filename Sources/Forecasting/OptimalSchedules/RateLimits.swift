import RealModule
import Schedules

/// What a schedule to be found must keep to.
public struct RateLimits: Sendable, Hashable {
  /// The last step.
  public let total: Int
  /// The steps of the linear warm-up from 0 to the peak.
  public let warmup: Int
  /// The rate after the warm-up.
  public let peak: Double
  /// The least rate after it.
  public let minimum: Double

  /// The steps after the warm-up that a schedule needs at least.
  static let fewestSteps = 8
  /// The most steps of a schedule.
  public static let mostSteps = 10_000_000

  /// Creates limits.
  ///
  /// - Throws: ``OptimalScheduleError/limits(_:)`` when no schedule keeps to them.
  public init(
    total: Int, warmup: Int, peak: Double, minimum: Double = 0
  ) throws(OptimalScheduleError) {
    guard total > 0, total <= Self.mostSteps else {
      throw .limits("the steps must lie between 1 and \(Self.mostSteps), but are \(total)")
    }
    guard warmup >= 0, warmup <= total - Self.fewestSteps else {
      throw .limits(
        "a warm-up of \(warmup) of \(total) steps leaves fewer than \(Self.fewestSteps) steps after it"
      )
    }
    guard peak > 0, peak.isFinite else {
      throw .limits("the peak learning rate must be positive, but is \(peak)")
    }
    guard minimum >= 0, minimum < peak else {
      throw .limits(
        "the least learning rate must lie between 0 and the peak, \(peak), but is \(minimum)")
    }
    self.total = total
    self.warmup = warmup
    self.peak = peak
    self.minimum = minimum
  }
}

extension RateLimits {
  /// The steps after the warm-up.
  var steps: Int { total - warmup }

  /// The least rate that sums are taken at: a rate of zero is the limit of small ones.
  var floor: Double { lowestHeight * peak }

  /// The least height, a rate over the peak.
  var lowestHeight: Double { max(minimum / peak, 1e-7) }

  /// The pieces of the warm-up, up to but without its last position.
  var warmupPieces: [LearningRatePath.Piece] {
    guard warmup > 0 else { return [] }
    return [
      .init(start: 0, count: warmup, shape: .linear(first: 0, slope: peak / Double(warmup)))
    ]
  }
}
