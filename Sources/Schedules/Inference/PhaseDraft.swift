/// A phase in the making, with steps as the log's rows count them.
struct PhaseDraft {
  /// The curve; nil for a constant rate.
  var curve: RateCurve?
  /// The curve's parameters; of a constant rate only the first counts.
  var parameters: RateCurveParameters
  /// The step where the phase begins.
  var begin: Int
  /// The step after the phase.
  var end: Int
  /// The first and last row that it is to explain.
  var rows: Range<Int>

  /// The rate where the curve begins, or the constant one.
  var startRate: Double { parameters[RateCurveLane.startRate] }

  /// The rate at a step along the phase, which is thought to go on at both ends.
  func rate(at step: Double) -> Double {
    guard var curve else { return startRate }
    curve.goesOn = true
    return curve.rate(at: step, parameters)
  }

  /// The phase of a schedule whose positions are the steps plus `shift`.
  ///
  /// - Parameters:
  ///   - shift: what is added to a step to give the position.
  ///   - first: the position where the phase begins.
  ///   - startRate: the rate that the phase before hands on, taken where it is as good as equal.
  ///   - slack: what is as good as equal.
  /// - Returns: the phase; nil when it would have no step, or its curve does not reach so far.
  func phase(shift: Int, from first: Int, after startRate: Double?, slack: Double) -> SchedulePhase?
  {
    let steps = end + shift - first
    guard steps >= 1 else { return nil }
    func joined(_ rate: Double) -> Double {
      startRate.map { abs($0 - rate) <= slack ? $0 : rate } ?? rate
    }
    guard let curve else {
      let rate = joined(self.startRate)
      return SchedulePhase(
        kind: .stable, shape: .constant, firstStep: first, steps: steps, startRate: rate,
        target: rate)
    }
    let skipped = Double(first - shift) - parameters[RateCurveLane.start]
    let length = parameters[RateCurveLane.end] - parameters[RateCurveLane.start]
    guard skipped >= 0, length > 0 else { return nil }
    let shape = curve.shape(parameter: parameters[RateCurveLane.parameter])
    let isOpen = curve.name.isOpenEnded
    guard curve.name != .power || skipped == 0 else { return nil }
    guard isOpen || length >= skipped + Double(steps - 1) else { return nil }
    let rate = skipped == 0 ? joined(self.startRate) : self.startRate
    return SchedulePhase(
      kind: curve.rises ? .warmup : .decay, shape: shape, firstStep: first, steps: steps,
      startRate: rate, target: parameters[RateCurveLane.endRate], skipped: skipped,
      shapeSteps: isOpen ? nil : length)
  }
}
