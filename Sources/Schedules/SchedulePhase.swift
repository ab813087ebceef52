internal import RealModule

/// A stretch of a schedule with one shape, all lengths in steps and all rates absolute.
struct SchedulePhase: Sendable, Hashable {
  /// What the phase does.
  var kind: SchedulePhaseKind
  /// How it does it.
  var shape: ScheduleShape
  /// The position where it begins.
  var firstStep: Int
  /// How many positions it owns, at least 1.
  var steps: Int
  /// The nominal rate where it begins.
  var startRate: Double
  /// The nominal rate that it ends with and hands to the next phase.
  var endRate: Double

  /// The position after its last.
  var endStep: Int { firstStep + steps }

  /// Whether the rate is linear in the step.
  var isLinear: Bool {
    kind == .stable || shape == .linear || shape == .constant
      || (startRate == endRate && shape.remainder(elapsed: 0, steps: 1) != nil)
  }

  /// What the rate gains each step when `isLinear`.
  func slope(_ convention: ScheduleConvention) -> Double {
    guard shape == .linear else { return 0 }
    let shift = kind == .warmup ? convention.warmupDenominatorShift : 0
    return (endRate - startRate) / Double(steps + shift)
  }

  /// The rate after `elapsed` steps of the phase, 0 ..< steps.
  func rate(elapsed: Int, _ convention: ScheduleConvention) -> Double {
    switch kind {
    case .stable: startRate
    case .warmup: warmupRate(elapsed: elapsed, convention)
    case .decay: decayRate(elapsed: Double(elapsed))
    }
  }

  private func warmupRate(elapsed: Int, _ convention: ScheduleConvention) -> Double {
    let progress =
      Double(elapsed + convention.warmupNumeratorShift)
      / Double(steps + convention.warmupDenominatorShift)
    let rise = shape.rise(progress: progress, elapsed: Double(elapsed), steps: Double(steps))
    return Self.blend(startRate, endRate, rise)
  }

  /// The rate of a decay after `elapsed` steps, up to and with its end.
  private func decayRate(elapsed: Double) -> Double {
    let length = Double(steps)
    if let remainder = shape.remainder(elapsed: elapsed, steps: length) {
      return Self.blend(endRate, startRate, remainder)
    }
    let done = elapsed / length
    let ratio = endRate / startRate
    switch shape {
    case .exponential: return startRate * .pow(ratio, done)
    case .inverse: return startRate * ratio / ((length - elapsed) / length * ratio + done)
    default: return openEndedRate(elapsed: elapsed)
    }
  }

  /// The rate of a shape without an end.
  private func openEndedRate(elapsed: Double) -> Double {
    switch shape {
    case .halfLife(let steps): startRate * .exp2(-elapsed / steps)
    case .inverseSquareRoot(let timescale): startRate / (1 + elapsed / timescale).squareRoot()
    case .power(let exponent): startRate * .pow(1 + elapsed / Double(firstStep), exponent)
    default: startRate
    }
  }

  /// The phase with the end rate that an open-ended shape reaches.
  func withComputedEnd() -> SchedulePhase {
    guard shape.name.isOpenEnded else { return self }
    var copy = self
    copy.endRate = openEndedRate(elapsed: Double(steps))
    return copy
  }

  /// `from` at part 0, `to` at part 1, exact at both and where the two are the same.
  private static func blend(_ from: Double, _ to: Double, _ part: Double) -> Double {
    from == to ? from : from * (1 - part) + to * part
  }
}
