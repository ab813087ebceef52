/// How well a schedule explains logged rows.
struct ScheduleCheck {
  /// The largest deviation, in the unit of the rates.
  private(set) var worst = 0.0
  /// The step of the row with it.
  private(set) var worstStep = 0
  /// Rows whose deviation is within what printing explains.
  private(set) var explained = 0

  /// Compares the rates of all rows with a schedule's.
  ///
  /// - Parameters:
  ///   - schedule: the schedule.
  ///   - offset: what is added to a row's step to give the update whose rate it has.
  ///   - rows: the rows.
  init(_ schedule: Schedule, offset: Int, rows: LoggedRateRows) {
    let walk = ScheduleWalk(schedule)
    var phase = 0
    worstStep = rows.steps.first ?? 0
    for row in rows.steps.indices {
      let expected = walk.learningRate(at: max(0, rows.steps[row] + offset), phase: &phase)
      let deviation = abs(expected - rows.rates[row])
      if deviation <= rows.tolerance(of: row) { explained += 1 }
      if deviation > worst { (worst, worstStep) = (deviation, rows.steps[row]) }
    }
  }
}

/// Reads the rates of a schedule at ascending positions.
struct ScheduleWalk {
  private let schedule: Schedule

  init(_ schedule: Schedule) { self.schedule = schedule }

  /// The rate of an update.
  ///
  /// - Parameters:
  ///   - position: not before those asked for earlier.
  ///   - phase: the index of the phase to begin with; afterwards the position's.
  /// - Returns: the rate, as the schedule's convention counts.
  func learningRate(at position: Int, phase: inout Int) -> Double {
    let phases = schedule.phases
    let step = max(0, position + schedule.convention.shift)
    while phase < phases.count, step >= phases[phase].endStep { phase += 1 }
    guard phase < phases.count else { return phases.last?.endRate ?? schedule.peak }
    return phases[phase].rate(elapsed: step - phases[phase].firstStep, schedule.convention)
  }
}
