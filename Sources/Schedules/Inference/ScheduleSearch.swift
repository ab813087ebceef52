/// Searches for the plainest schedule that explains the rows of a log.
struct ScheduleSearch {
  /// A schedule and how well it explains the rows.
  struct Found {
    var assembled: AssembledSchedule
    var check: ScheduleCheck
    /// A schedule that explains the rows as well with the step as the update; nil when there is none.
    var plain: Schedule?
    /// Whether the schedule is only lines through some rows.
    var isPolyline = false
    /// The pieces that it was made of, and the warm-up before them.
    var pieces: [RatePiece] = []
    var warmup: SparseWarmup?

    /// Whether it begins with a warm-up from 0 to the rate of the next phase, or a constant rate.
    var beginsPlainly: Bool {
      let phases = assembled.schedule.phases
      guard let first = phases.first, phases.count > 1 else { return true }
      if first.kind == .stable { return pieces.first?.level != nil }
      return first.kind == .warmup && first.startRate == 0 && first.skipped == 0
        && first.shapeSteps == Double(first.steps) && first.target == phases[1].startRate
        && DecimalDigits(first.target).count <= 3
    }

    /// Whether it explains more rows than another, or as many more plainly.
    func isBetter(than other: Found) -> Bool {
      guard check.explained == other.check.explained else {
        return check.explained > other.check.explained
      }
      return !isPolyline && (other.isPolyline || assembled.cost < other.assembled.cost)
    }
  }

  private let logged: LoggedRateRows
  private let rows: RateRows
  private let finder: RatePieceFinder
  private let pieces: [RatePiece]?
  private let interval: Int
  /// Whether some constant rate has as few rows as are asked for.
  let hasShortLevels: Bool

  /// As many curves as may be fitted before the search ends.
  private static let mostFits = 8000

  /// Cuts the rows into pieces.
  ///
  /// - Parameters:
  ///   - logged: the rows.
  ///   - leavesOutFirst: whether the first row, of step 0, is not looked at.
  ///   - tolerance: the least tolerance, as a part of the highest rate.
  ///   - shortestLevel: as many rows as a constant rate has at least.
  init(
    _ logged: LoggedRateRows, leavesOutFirst: Bool = false, tolerance: Double = 0,
    shortestLevel: Int = 2
  ) {
    self.logged = logged
    var all = logged.all
    if leavesOutFirst { all = all.slice(1..<all.steps.count) }
    if tolerance > 0 { all = all.loosened(to: tolerance * logged.top) }
    let thinned = ThinnedRows(all)
    rows = thinned.rows
    interval = logged.interval
    finder = RatePieceFinder(
      rows: rows, levels: thinned.levels.filter { $0.count >= shortestLevel }, top: logged.top,
      budget: FitBudget(tolerance > 0 ? Self.mostFits / 8 : Self.mostFits))
    pieces = finder.pieces()
    hasShortLevels = thinned.levels.contains { $0.count == shortestLevel }
  }

  /// The plainest schedule that explains all rows, else the one that explains most.
  func best() -> Found {
    guard let pieces, var found = best(pieces, choice: pieces.map { _ in 0 }) else {
      return polyline()
    }
    guard !found.beginsPlainly || found.check.explained < logged.steps.count else { return found }
    var finder = finder
    finder.budget = FitBudget(Self.mostFits / 2)
    let search = SparseWarmupSearch(finder: finder, interval: interval)
    for (warmup, pieces) in search.candidates(besides: pieces) {
      guard let other = best(pieces, choice: pieces.map { _ in 0 }, warmup: warmup),
        other.isBetter(than: found)
      else { continue }
      found = other
    }
    return found
  }

  /// Schedules with the second-best curve for one piece that explain all rows too.
  func alternatives(to found: Found) -> [Schedule] {
    let pieces = found.pieces
    guard !found.isPolyline, found.check.explained == logged.steps.count else { return [] }
    var result: [Schedule] = []
    for (index, piece) in pieces.enumerated() {
      guard case .curve(let curves) = piece.form else { continue }
      for other in curves.indices.dropFirst().prefix(3) where result.count < 4 {
        var choice = pieces.map { _ in 0 }
        choice[index] = other
        guard let second = best(pieces, choice: choice, warmup: found.warmup),
          second.check.explained == logged.steps.count,
          second.assembled.schedule != found.assembled.schedule,
          !result.contains(second.assembled.schedule)
        else { continue }
        result.append(second.assembled.schedule)
      }
    }
    return result
  }

  private func best(
    _ pieces: [RatePiece], choice: [Int], warmup: SparseWarmup? = nil
  ) -> Found? {
    let drafts = PhaseDrafting(rows: rows, interval: interval, warmup: warmup)
      .drafts(of: pieces, choice: choice)
    let assembled = ScheduleAssembly(
      rows: rows, drafts: drafts, top: logged.top, interval: interval, isSparse: warmup != nil
    ).schedules()
    var best: Found?
    for candidate in assembled where isReadable(candidate.schedule) {
      let check = ScheduleCheck(candidate.schedule, offset: candidate.offset, rows: logged)
      if check.explained > best?.check.explained ?? -1 {
        best = Found(assembled: candidate, check: check, pieces: pieces, warmup: warmup)
      }
      if best?.check.explained == logged.steps.count { break }
    }
    guard var best else { return nil }
    best.plain =
      assembled.first {
        $0.offset == 0 && $0.schedule.convention == .hf && isReadable($0.schedule)
          && ScheduleCheck($0.schedule, offset: 0, rows: logged).explained >= best.check.explained
      }?.schedule
    return best
  }

  /// Whether the schedule's text gives the schedule back.
  private func isReadable(_ schedule: Schedule) -> Bool {
    (try? Schedule(parsing: schedule.description)) == schedule
  }

  /// Lines through the rows where the rate turns most.
  private func polyline() -> Found {
    let schedule = RatePolyline(rows: rows).schedule
    return Found(
      assembled: AssembledSchedule(schedule: schedule, offset: 0, cost: 0),
      check: ScheduleCheck(schedule, offset: 0, rows: logged), plain: schedule, isPolyline: true)
  }
}
