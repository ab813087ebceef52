/// Lines through some rows of a log, for rates that no shape explains.
struct RatePolyline {
  let rows: RateRows

  private static let mostLines = 24

  /// The schedule of lines.
  var schedule: Schedule {
    let knots = knots
    let peak = rows.rates.max() ?? 1
    var phases: [SchedulePhase] = []
    let start = Int(rows.steps[0])
    if start > 0 || knots.count < 2 {
      phases.append(
        SchedulePhase(
          kind: .stable, shape: .constant, firstStep: 0, steps: max(start, 1),
          startRate: rows.rates[0], target: rows.rates[0]))
    }
    for (left, right) in zip(knots, knots.dropFirst()) {
      let (from, to) = (rows.rates[left], rows.rates[right])
      let kind: SchedulePhaseKind = to > from ? .warmup : to < from ? .decay : .stable
      phases.append(
        SchedulePhase(
          kind: kind, shape: kind == .stable ? .constant : .linear,
          firstStep: phases.last?.endStep ?? 0, steps: Int(rows.steps[right] - rows.steps[left]),
          startRate: from, target: to))
    }
    return Schedule(peak: peak, convention: .hf, phases: phases)
  }

  /// The rows that the lines go through: each time the one furthest from them is added.
  private var knots: [Int] {
    var knots = rows.steps.count > 1 ? [0, rows.steps.count - 1] : [0]
    while knots.count > 1, knots.count <= Self.mostLines {
      var (furthest, most) = (0, 1.0)
      for (left, right) in zip(knots, knots.dropFirst()) {
        let slope =
          (rows.rates[right] - rows.rates[left]) / (rows.steps[right] - rows.steps[left])
        for row in left..<right {
          let line = rows.rates[left] + slope * (rows.steps[row] - rows.steps[left])
          let deviation = abs(line - rows.rates[row]) / rows.tolerances[row]
          if deviation > most { (furthest, most) = (row, deviation) }
        }
      }
      guard furthest > 0 else { break }
      knots.append(furthest)
      knots.sort()
    }
    return knots
  }
}
