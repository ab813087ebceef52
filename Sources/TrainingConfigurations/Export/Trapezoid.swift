import Schedules

/// What most frameworks' settings can say: a rise, a hold, one decay, and a hold behind it.
struct Trapezoid {
  /// The peak, held between rise and decay.
  let peak: Double
  /// The rate of update 0.
  let initialRate: Double
  /// Updates that hold the first rate before the rise begins: DeepSpeed's late start.
  let delay: Double
  /// The rise's shape; nil without a rise.
  let rise: ScheduleShape?
  /// Where the rise's shape ends, in updates.
  let riseEnd: Double
  /// The decay's shape; nil without a decay.
  let decay: ScheduleShape?
  /// The first update of the decay; 0 without one.
  let firstDecayUpdate: Int
  /// Where the decay's shape begins and ends, in updates.
  let decayBegin: Double
  let decayEnd: Double
  /// Where the decay ends, or what it approaches.
  let floor: Double
  /// The number of updates.
  let total: Double

  /// The trapezoid of a schedule.
  ///
  /// - Throws: `notExpressible` with the first phase that does not fit.
  init(_ schedule: Schedule, format: ConfigurationFormat) throws(ConfigurationError) {
    var pieces = schedule.updatePieces[...]
    initialRate = schedule.learningRate(at: 0)
    var delay = 0.0
    if let first = pieces.first, first.phase.kind == .stable, pieces.count > 1,
      first.phase.startRate < schedule.peak
    {
      delay = Double(first.count)
      pieces.removeFirst()
    }
    self.delay = delay
    var peak = schedule.peak
    if let first = pieces.first, first.phase.kind == .warmup {
      rise = first.phase.shape
      riseEnd = first.shapeEnd
      peak = first.phase.target
      pieces.removeFirst()
    } else {
      rise = nil
      riseEnd = delay
    }
    if let first = pieces.first, first.phase.kind == .stable, first.phase.startRate == peak {
      pieces.removeFirst()
    }
    if let first = pieces.first, first.phase.kind == .decay, first.phase.startRate == peak {
      decay = first.phase.shape
      firstDecayUpdate = first.first
      (decayBegin, decayEnd, floor) = (first.shapeBegin, first.shapeEnd, first.phase.target)
      pieces.removeFirst()
    } else {
      decay = nil
      firstDecayUpdate = 0
      (decayBegin, decayEnd, floor) = (riseEnd, riseEnd, peak)
    }
    if let first = pieces.first, first.phase.kind == .stable { pieces.removeFirst() }
    self.peak = peak
    if let first = pieces.first {
      throw ConfigurationError(
        .notExpressible,
        "the settings of '\(format.rawValue)' know a rise, a hold, one decay and a hold; "
          + "\(schedule.phaseText(at: first.first)) does not fit, \(ScheduleExporter.remedy)")
    }
    guard let total = schedule.totalSteps else {
      throw ConfigurationError(
        .missing, "the schedule has no end; give it a length, as in total=1000,stable:rest")
    }
    self.total = Double(total)
  }
}
