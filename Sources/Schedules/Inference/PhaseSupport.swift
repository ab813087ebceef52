/// How many rows each phase of an inferred schedule rests on.
struct PhaseSupport {
  let schedule: Schedule
  /// What is added to a row's step to give its position.
  let offset: Int
  /// The steps of the rows, ascending.
  let steps: [Int]

  /// A phase that other phases could stand for as well.
  struct Weak: Hashable {
    /// Its number, from 1.
    var phase: Int
    /// The rows that it rests on.
    var rows: Int
  }

  /// The phases with no more rows than numbers that the rows must tell, and rows that do not have
  /// all of its steps.
  var weak: [Weak] {
    var result: [Weak] = []
    var row = 0
    let phases = schedule.phases
    for (index, phase) in phases.enumerated() {
      let first = phase.firstStep
      // A row on the end of a curve tells where it ends, and none of the phase behind.
      let end = phase.kind == .stable ? phase.endStep - 1 : phase.endStep
      while row < steps.count, steps[row] + offset < first { row += 1 }
      var last = row
      while last < steps.count, steps[last] + offset <= end { last += 1 }
      let start = row + (row < last && steps[row] + offset <= first && isKnown(index) ? 1 : 0)
      let count = max(last - start, 0)
      let isWhole = last - row >= min(phase.steps, max((steps.last ?? 0) + offset - first, 0))
      // A phase that ends on the first row is not logged at all.
      let isBefore = index == 0 && phase.endStep == (steps.first ?? 0) + offset
      let numbers = isBefore ? 0 : numbers(of: phase, index)
      if count <= numbers, !isWhole, numbers > 0 {
        result.append(Weak(phase: index + 1, rows: count))
      }
      if phase.kind != .stable, last > row, steps[last - 1] + offset == end { row = last - 1 }
    }
    return result
  }

  /// Whether a phase begins at a rate that the phase before has, or at 0.
  private func isKnown(_ index: Int) -> Bool {
    let phase = schedule.phases[index]
    guard index > 0 else { return phase.kind == .warmup && phase.startRate == 0 }
    let before = schedule.phases[index - 1]
    return before.kind == .stable && phase.kind != .stable && before.endRate == phase.startRate
  }

  /// How many numbers of a phase its rows must tell: where it ends, its rates unless a neighbour has
  /// them, and those of its shape.
  private func numbers(of phase: SchedulePhase, _ index: Int) -> Int {
    let phases = schedule.phases
    let before = index > 0 ? phases[index - 1] : nil
    let after = index + 1 < phases.count ? phases[index + 1] : nil
    if climbsAgain(phase, before) { return 0 }
    var count = 0
    if phase.kind != .stable || after != nil { count += 1 }
    // The peak of a warm-up is counted with the phase behind it.
    let isPeakBefore = before?.kind == .warmup
    if phase.kind == .warmup {
      if phase.startRate != before?.endRate ?? 0 { count += 1 }
      if after?.startRate != phase.target { count += 1 }
    } else if before?.endRate != phase.startRate || isPeakBefore {
      count += 1
    }
    if phase.kind == .decay, phase.target != 0, after?.startRate != phase.target { count += 1 }
    if phase.skipped != 0 { count += 1 }
    if phase.shapeSteps != phase.skipped + Double(phase.steps), !phase.shape.name.isOpenEnded {
      count += 1
    }
    return count
  }

  /// Whether a phase is only the other half of a cosine's period.
  private func climbsAgain(_ phase: SchedulePhase, _ before: SchedulePhase?) -> Bool {
    guard let before else { return false }
    return phase.kind == .warmup && phase.shape.name == .cosine && before.shape.name == .cosine
      && phase.startRate == before.target && phase.target == before.startRate
  }
}
