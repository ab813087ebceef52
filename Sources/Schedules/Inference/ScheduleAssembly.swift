/// A schedule made of drafts, and how its positions stand to the log's steps.
struct AssembledSchedule {
  /// The schedule.
  var schedule: Schedule
  /// What is added to a row's step to give the update whose rate it has.
  var offset: Int
  /// How much it takes to say it.
  var cost: Int
}

/// Puts drafts together in all ways of counting that loggers and frameworks have.
struct ScheduleAssembly {
  let rows: RateRows
  let drafts: [PhaseDraft]
  let top: Double
  /// The distance of rows, in steps.
  let interval: Int
  /// Whether the first draft is a warm-up found from what follows it.
  var isSparse = false

  /// How rows and updates may be counted: row s has the rate of update s, s - 1 or s + 1.
  static let offsets = [0, -1, 1]
  /// How a warm-up may count its updates.
  static let conventions: [ScheduleConvention] = [.hf, .llmc, .nanogpt]

  /// The schedules, the plainest first; whether they explain the rows is to be checked.
  func schedules() -> [AssembledSchedule] {
    var result: [AssembledSchedule] = []
    for offset in Self.offsets {
      if let plain = assembled(drafts, offset: offset, .hf) { result.append(plain) }
      for warmup in linearWarmups(offset: offset) {
        if let other = assembled(warmup.drafts, offset: offset, warmup.convention) {
          result.append(other)
        }
        if isSparse,
          let other = assembled(
            rowCounted(warmup.drafts, offset: offset, warmup.convention), offset: 0, .hf)
        {
          result.append(other)
        }
      }
    }
    return result.sorted { $0.cost < $1.cost }
  }

  private func assembled(
    _ drafts: [PhaseDraft], offset: Int, _ convention: ScheduleConvention
  ) -> AssembledSchedule? {
    var phases: [SchedulePhase] = []
    var cost = offset == 0 ? (convention == .hf ? 0 : 1) : 1
    if convention == .nanogpt { cost += 1 }
    for (index, draft) in drafts.enumerated() {
      var draft = draft
      let isOpenLevel = draft.curve == nil && index == drafts.count - 1
      if isOpenLevel { draft.end = end(ofLevelFrom: draft.begin, offset: offset) }
      let first = phases.last?.endStep ?? 0
      if draft.curve == nil, draft.end + offset <= first { continue }
      let slack = draft.rows.isEmpty ? 1e-9 * top : rows.tolerances[draft.rows.lowerBound]
      guard
        let phase = draft.phase(
          shift: offset, from: first, after: phases.last?.endRate, slack: slack)
      else {
        // The first phase may vanish when updates are counted from one step later.
        if phases.isEmpty, draft.end + offset < 1 { continue }
        return nil
      }
      cost += self.cost(
        of: phase, after: phases.last, isOpen: isOpenLevel, isHidden: draft.rows.isEmpty)
      phases.append(phase)
    }
    let peak = phases.map { max($0.startRate, $0.target) }.max() ?? 0
    guard peak > 0, let last = phases.last, last.endStep <= ScheduleResolver.stepLimit else {
      return nil
    }
    let schedule = Schedule(peak: peak, convention: convention, phases: phases)
    return AssembledSchedule(schedule: schedule, offset: offset, cost: cost)
  }

  /// A round step about the log's end where a constant rate may end.
  private func end(ofLevelFrom begin: Int, offset: Int) -> Int {
    let last = Int(rows.steps[rows.steps.count - 1])
    let low = max(last + offset, begin + offset + 1)
    let round = RoundNumbers.integers(
      from: Double(low), through: Double(max(low, last + offset + interval)), limit: 1)
    return (round.first ?? low) - offset
  }

  /// The digits of a phase's text; where a rate that holds to the log's end ends says nothing.
  private func cost(
    of phase: SchedulePhase, after before: SchedulePhase?, isOpen: Bool, isHidden: Bool
  ) -> Int {
    var cost =
      isOpen ? 1 : min(RoundNumbers.digits(phase.steps), RoundNumbers.digits(phase.endStep))
    // Nobody begins with one step of a constant rate, or a constant rate that is not logged.
    if before == nil, phase.kind == .stable, !isOpen, phase.steps == 1 || isHidden { cost += 2 }
    let usual = before?.endRate ?? (phase.kind == .warmup ? 0 : phase.startRate)
    if phase.startRate != usual { cost += 1 + RoundNumbers.digits(phase.startRate, peak: top) }
    if phase.target != phase.startRate {
      cost += RoundNumbers.digits(phase.target, peak: top)
    }
    if phase.skipped != 0 { cost += 3 + DecimalDigits(phase.skipped).count }
    if phase.shapeSteps != phase.skipped + Double(phase.steps) {
      cost += 1 + DecimalDigits(phase.shapeSteps).count
      // A rate above all logged ones that is never reached.
      if phase.kind == .warmup, phase.target > top { cost += 6 }
    }
    return cost
  }

  /// Other ways to count a first linear warm-up from 0.
  private func linearWarmups(
    offset: Int
  ) -> [(drafts: [PhaseDraft], convention: ScheduleConvention)] {
    // A row of update -1 may have put a step of constant rate before it.
    var drafts = drafts
    if drafts.count > 1, drafts[0].curve == nil, drafts[0].end == 1, drafts[0].rows.isEmpty {
      drafts.removeFirst()
    }
    guard let first = drafts.first, first.curve == RateCurve(name: .linear, rises: true),
      first.begin <= 1
    else { return [] }
    let peak = drafts.count > 1 ? drafts[1].startRate : first.parameters[RateCurveLane.endRate]
    var result: [(drafts: [PhaseDraft], convention: ScheduleConvention)] = []
    for convention in Self.conventions {
      let found = lengths(of: first.rows, peak: peak, offset: offset, convention)
      // Where no row tells, the warm-up lasts until the next phase begins.
      let isHidden = found.isEmpty && first.rows.allSatisfy { rows.rates[$0] == 0 }
      for length in isHidden ? [max(first.end + offset, 1)] : found {
        var changed = drafts
        changed[0].parameters[RateCurveLane.startRate] = 0
        changed[0].parameters[RateCurveLane.endRate] = peak
        changed[0].parameters[RateCurveLane.start] = Double(-offset)
        changed[0].parameters[RateCurveLane.end] = Double(length - offset)
        (changed[0].begin, changed[0].end) = (-offset, length - offset)
        if drafts.count > 1 {
          if drafts[1].curve == nil {
            changed[1].begin = length - offset
          } else {
            changed[0].end = drafts[1].begin
          }
        }
        result.append((changed, convention))
      }
    }
    return result
  }

  /// The same rates with the row's step as the update, counted from 0.
  private func rowCounted(
    _ drafts: [PhaseDraft], offset: Int, _ convention: ScheduleConvention
  ) -> [PhaseDraft] {
    var drafts = drafts
    let start = -(offset + convention.warmupNumeratorShift)
    let length =
      drafts[0].parameters[RateCurveLane.end] + Double(offset + convention.warmupDenominatorShift)
    drafts[0].parameters[RateCurveLane.start] = Double(start)
    drafts[0].parameters[RateCurveLane.end] = Double(start) + length
    drafts[0].begin = max(start, 0)
    if start > 0 {
      drafts.insert(
        PhaseDraft(
          curve: nil, parameters: RateCurveParameters(), begin: 0, end: start, rows: 0..<0), at: 0)
    }
    return drafts
  }

  /// The lengths that a warm-up from 0 to the peak may have for its rows.
  private func lengths(
    of range: Range<Int>, peak: Double, offset: Int, _ convention: ScheduleConvention
  ) -> [Int] {
    let shift = Double(offset + convention.warmupNumeratorShift)
    var (squares, products) = (0.0, 0.0)
    for row in range {
      let position = max(rows.steps[row] + shift, 0)
      let weight = 1 / (rows.tolerances[row] * rows.tolerances[row])
      squares += weight * position * position
      products += weight * position * rows.rates[row]
    }
    guard squares > 0, products > 0, peak > 0 else { return [] }
    let length = peak * squares / products
    let spread = max(3 * length * length / (peak * squares.squareRoot()), 1e-3)
    let beyond = Double(convention.warmupDenominatorShift)
    guard length.isFinite, length < 1e12, spread < length else { return [] }
    var found = RoundNumbers.integers(
      from: length - beyond - spread, through: length - beyond + spread)
    let nearest = Int((length - beyond).rounded())
    if !found.contains(nearest) { found.append(nearest) }
    return found.filter { $0 >= 1 }
  }
}
