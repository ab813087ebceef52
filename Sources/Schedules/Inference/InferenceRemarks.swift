/// What is said about an inferred schedule besides the schedule.
struct InferenceRemarks {
  let logged: LoggedRateRows
  let found: ScheduleSearch.Found

  /// The remarks, each a sentence.
  var all: [String] {
    [
      tooFewRows, notExact, weakPhases, jumps, counting, hiddenStart, hiddenEnd, climbing,
      steppedTooOften, skippedUpdates,
      repeats, units,
    ]
    .compactMap { $0 } + StairRemark(schedule: schedule).texts
  }

  private var schedule: Schedule { found.assembled.schedule }
  private var first: Int { logged.steps.first ?? 0 }
  private var last: Int { logged.steps.last ?? 0 }

  private var tooFewRows: String? {
    guard logged.steps.count < 3 else { return nil }
    return "\(logged.steps.count == 1 ? "one row tells" : "two rows tell") nothing of a schedule"
  }

  /// The phases that other phases could stand for as well.
  var weak: [PhaseSupport.Weak] {
    PhaseSupport(schedule: schedule, offset: found.assembled.offset, steps: logged.steps).weak
  }

  private var weakPhases: String? {
    let weak = weak
    guard !weak.isEmpty, logged.steps.count > 2 else { return nil }
    let shown = weak.prefix(4).map { weak in
      let rows = weak.rows == 0 ? "no row" : weak.rows == 1 ? "1 row" : "\(weak.rows) rows"
      return "phase \(weak.phase) rests on \(rows)"
    }
    let more = weak.count > 4 ? " and \(weak.count - 4) more on few" : ""
    return "\(shown.joined(separator: ", "))\(more): between the rows the rate may be another"
  }

  private var jumps: String? {
    let jumps = zip(schedule.phases, schedule.phases.dropFirst()).contains {
      abs($0.endRate - $1.startRate) > 1e-9 * logged.top
    }
    guard jumps, logged.interval > 1 else { return nil }
    return "where the rate jumps is known only to the \(logged.interval) steps between rows"
  }

  private var notExact: String? {
    let left = logged.steps.count - found.check.explained
    guard left > 0 else { return nil }
    let what = found.isPolyline ? "only lines through some rows; " : ""
    return "\(what)\(left) of \(logged.steps.count) rows deviate by more than rounding"
  }

  private var counting: String? {
    switch (found.assembled.offset, schedule.convention) {
    case (0, .hf): nil
    case (-1, _): "the row at step s has the rate of update s - 1, counted from 0"
    case (1, _): "the row at step s has the rate of update s + 1, counted from 0"
    default: "updates are counted as \(schedule.convention.rawValue) does"
    }
  }

  private var hiddenStart: String? {
    guard first > 1, let rate = logged.rates.first, let phase = schedule.phases.first,
      phase.endRate > 0
    else { return nil }
    let end = phase.endStep - found.assembled.offset
    if end <= first, schedule.phases.count > 1 {
      return phase.kind == .warmup
        ? "the rates before step \(first) are not in the log; a warm-up from 0 is taken for them"
        : "the rates before step \(first) are not in the log; \(phase.startRate) is taken for them"
    }
    guard schedule.warmupSteps < first, first > logged.interval || schedule.warmupSteps == 0 else {
      return nil
    }
    return "the rates before step \(first) are not in the log; \(rate) is taken for them"
  }

  private var hiddenEnd: String? {
    guard let phase = schedule.phases.last, phase.kind != .stable, climbing == nil,
      !phase.shape.name.isOpenEnded
    else { return nil }
    let end =
      phase.firstStep - found.assembled.offset + Int(min(phase.shapeSteps - phase.skipped, 1e13))
    guard end > last + logged.interval else { return nil }
    return "the log ends at step \(last), before the last phase ends at \(end); where and at what "
      + "rate it ends is the plainest guess that the rows allow"
  }

  private var climbing: String? {
    guard let phase = schedule.phases.last, schedule.phases.count > 1, phase.kind == .warmup,
      phase.shape.name == .cosine, phase.shapeSteps > Double(phase.steps)
    else { return nil }
    return "past its end the cosine climbs again, as PyTorch's CosineAnnealingLR does after T_max"
  }

  /// A scheduler that every process steps ends its schedule after a half, a quarter … of the run.
  private var steppedTooOften: String? {
    let phases = schedule.phases
    guard phases.count > 1, let tail = phases.last, tail.kind == .stable,
      let decay = phases.dropLast().last, decay.kind == .decay, last > 20
    else { return nil }
    let end = Double(tail.firstStep)
    for processes in [2.0, 3, 4, 8, 16, 32, 64]
    where abs(end * processes - Double(last)) <= 0.01 * Double(last) {
      return "the schedule ends after 1/\(Int(processes)) of the run; was the scheduler stepped by "
        + "each of \(Int(processes)) processes?"
    }
    return nil
  }

  /// A scheduler that rests while updates are skipped goes on along the same curve a little later.
  private var skippedUpdates: String? {
    var skips = 0
    for (left, right) in zip(schedule.phases, schedule.phases.dropFirst())
    where left.shape == right.shape && left.kind == .decay && right.kind == .decay
      && left.shapeSteps == right.shapeSteps && left.target == right.target
    {
      let missing = left.skipped + Double(left.steps) - right.skipped
      if missing > 0, missing < 0.02 * left.shapeSteps { skips += Int(missing.rounded()) }
    }
    guard skips > 0 else { return nil }
    return
      "the curve falls behind by \(skips) steps in all, as schedulers do that do not step when an "
      + "update is skipped"
  }

  private var repeats: String? {
    guard logged.repeats > 0 else { return nil }
    return "\(logged.repeats) rows repeat a step; the last row of a step counts"
  }

  private var units: String? {
    guard logged.top > 10 else { return nil }
    return "the highest rate is \(logged.top); is the column in another unit?"
  }
}

/// Constant rates of equal length one after another, as schedulers stepped once an epoch make them.
struct StairRemark {
  let schedule: Schedule

  /// One remark when the schedule has such stairs.
  var texts: [String] {
    let stairs = longestStairs
    guard stairs.count >= 5, let first = stairs.first else { return [] }
    let text = "the rate changes every \(first.steps) steps, as if once an epoch"
    let inference = try? ScheduleInference(
      steps: Array(stairs.indices), rates: stairs.map(\.startRate))
    guard let inference, inference.isExact, inference.schedule.phases.count <= 3 else {
      return [text]
    }
    return ["\(text): \(inference.schedule) in units of \(first.steps) steps"]
  }

  private var longestStairs: [SchedulePhase] {
    var (longest, current): ([SchedulePhase], [SchedulePhase]) = ([], [])
    for phase in schedule.phases {
      if phase.kind != .stable || current.last.map({ abs($0.steps - phase.steps) > 1 }) ?? false {
        // The last of some stairs may be cut off by the log's end.
        if phase.kind == .stable, phase.steps < current.last?.steps ?? 0,
          current.count > longest.count
        {
          longest = current + [phase]
        }
        current = []
      }
      if phase.kind == .stable { current.append(phase) }
      if current.count > longest.count { longest = current }
    }
    return longest
  }
}
