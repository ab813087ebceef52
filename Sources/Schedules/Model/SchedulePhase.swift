internal import RealModule

/// A stretch of a schedule with one shape, all lengths in steps and all rates absolute.
///
/// As a rule the phase goes through its whole shape. It may also begin `skipped` steps into a shape
/// that is `shapeSteps` long, and end before the shape does: then `startRate` and `target` are the
/// rates at the ends of the shape, not of the phase.
package struct SchedulePhase: Sendable, Hashable {
  /// What the phase does.
  package var kind: SchedulePhaseKind
  /// How it does it.
  package var shape: ScheduleShape
  /// The position where it begins.
  package var firstStep: Int
  /// How many positions it owns, at least 1.
  package var steps: Int
  /// The nominal rate where its shape begins.
  package var startRate: Double
  /// The nominal rate where its shape ends; what an open-ended shape approaches.
  package var target: Double
  /// How many steps of the shape have gone when the phase begins.
  package var skipped: Double
  /// The length of the whole shape.
  package var shapeSteps: Double

  /// Creates a phase that goes through the whole of its shape, unless `skipped` or `shapeSteps` say
  /// otherwise.
  package init(
    kind: SchedulePhaseKind, shape: ScheduleShape, firstStep: Int, steps: Int, startRate: Double,
    target: Double, skipped: Double = 0, shapeSteps: Double? = nil
  ) {
    self.kind = kind
    self.shape = shape
    self.firstStep = firstStep
    self.steps = steps
    self.startRate = startRate
    self.target = target
    self.skipped = skipped
    self.shapeSteps = shapeSteps ?? (skipped + Double(steps))
  }

  /// The position after its last.
  package var endStep: Int { firstStep + steps }

  /// The nominal rate that the phase ends with and hands to the next.
  package var endRate: Double {
    let elapsed = skipped + Double(steps)
    guard !shape.name.isOpenEnded else { return openEndedRate(elapsed: elapsed) }
    guard elapsed < shapeSteps else { return target }
    guard kind == .warmup else { return kind == .stable ? startRate : decayRate(elapsed: elapsed) }
    let rise = shape.rise(progress: elapsed / shapeSteps, elapsed: elapsed, steps: shapeSteps)
    return Self.blend(startRate, target, rise)
  }

  /// Whether the rate is linear in the step.
  package var isLinear: Bool {
    kind == .stable || shape == .linear || shape == .constant
      || (startRate == target
        && (shape.name.isOpenEnded || shape.remainder(elapsed: 0, steps: 1) != nil))
  }

  /// What the rate gains each step when `isLinear`.
  func slope(_ convention: ScheduleConvention) -> Double {
    guard shape == .linear else { return 0 }
    let shift = kind == .warmup ? convention.warmupDenominatorShift : 0
    return (target - startRate) / (shapeSteps + Double(shift))
  }

  /// The rate after `elapsed` steps of the phase, 0 ..< steps.
  func rate(elapsed: Int, _ convention: ScheduleConvention) -> Double {
    rate(elapsed: Double(elapsed), convention)
  }

  /// The rate after `elapsed` steps of the phase, whole or between two steps.
  func rate(elapsed: Double, _ convention: ScheduleConvention) -> Double {
    // A last position that stands on the shape's end may pass it by a rounding error.
    let passed = skipped + elapsed
    let elapsed = shape.name.isOpenEnded ? passed : min(passed, shapeSteps)
    return switch kind {
    case .stable: startRate
    case .warmup: warmupRate(elapsed: elapsed, convention)
    case .decay:
      shape.name.isOpenEnded ? openEndedRate(elapsed: elapsed) : decayRate(elapsed: elapsed)
    }
  }

  private func warmupRate(elapsed: Double, _ convention: ScheduleConvention) -> Double {
    let progress = min(
      1,
      (elapsed + Double(convention.warmupNumeratorShift))
        / (shapeSteps + Double(convention.warmupDenominatorShift)))
    let rise = shape.rise(progress: progress, elapsed: elapsed, steps: shapeSteps)
    return Self.blend(startRate, target, rise)
  }

  /// The rate of a shape that has an end, after `elapsed` of its steps.
  private func decayRate(elapsed: Double) -> Double {
    if let remainder = shape.remainder(elapsed: elapsed, steps: shapeSteps) {
      return Self.blend(target, startRate, remainder)
    }
    let done = elapsed / shapeSteps
    let ratio = target / startRate
    switch shape {
    case .exponential: return startRate * .pow(ratio, done)
    case .inverse: return startRate * ratio / ((shapeSteps - elapsed) / shapeSteps * ratio + done)
    default: return startRate
    }
  }

  /// The rate of a shape without an end.
  private func openEndedRate(elapsed: Double) -> Double {
    let remainder: Double =
      switch shape {
      case .halfLife(let steps): .exp2(-elapsed / steps)
      case .inverseSquareRoot(let timescale): 1 / (1 + elapsed / timescale).squareRoot()
      case .power(let exponent): .pow(1 + elapsed / Double(firstStep), exponent)
      default: 1
      }
    return Self.blend(target, startRate, remainder)
  }

  /// `from` at part 0, `to` at part 1, exact at both and where the two are the same.
  private static func blend(_ from: Double, _ to: Double, _ part: Double) -> Double {
    from == to ? from : from * (1 - part) + to * part
  }
}
