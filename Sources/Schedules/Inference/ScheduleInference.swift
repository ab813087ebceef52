/// A schedule recovered from the learning rates that a log has.
///
/// The rates are cut into constant levels and stretches that rise or fall; each is explained by the
/// shapes of the schedule language, whose parameters are rounded as far as every row allows. Of the
/// ways to count updates the one with the roundest numbers is taken. The result says how well it
/// explains the rows: an expression is exact only when every row agrees to the digits printed, and
/// every phase has more rows than numbers to tell.
public struct ScheduleInference: Sendable {
  /// The schedule.
  public let schedule: Schedule
  /// What is added to a row's step to give the update whose rate it has: 0, -1 or 1.
  public let offset: Int
  /// A schedule whose position s has the rate of the row at step s, with the `hf` convention where
  /// that is as good; nil when none was found.
  public let rowSchedule: Schedule?
  /// How finely the log writes its rates.
  public let precision: RatePrecision
  /// Rows with a rate.
  public let rows: Int
  /// Rows that the schedule gives to the digits printed.
  public let explainedRows: Int
  /// The largest deviation of a row, in the unit of the rates.
  public let largestDeviation: Double
  /// The step of that row.
  public let largestDeviationStep: Int
  /// Other schedules that explain every row, with the same offset or another.
  public let alternatives: [Schedule]
  /// What the rows do not tell, and what is odd about them, each a sentence.
  public let remarks: [String]

  /// Phases, counted from 1, with too few rows to tell them from others; every phase when the log
  /// has fewer than three rows.
  public let weakPhases: [Int]

  /// Whether every row agrees to the digits printed.
  public var agreesWithEveryRow: Bool { explainedRows == rows }
  /// Whether every row agrees to the digits printed and no phase rests on too few rows.
  public var isExact: Bool { agreesWithEveryRow && weakPhases.isEmpty }

  /// Infers a schedule from logged learning rates.
  ///
  /// - Parameters:
  ///   - steps: the rows' steps, updates done, in any order; of a step that repeats the last row
  ///     counts.
  ///   - rates: the learning rate of each row; rows with NaN are passed over.
  /// - Throws: ``ScheduleInferenceError`` when there is no rate to explain.
  public init(steps: [Int], rates: [Double]) throws(ScheduleInferenceError) {
    let logged = try LoggedRateRows(steps: steps, rates: rates)
    let (search, found) = Self.search(logged)
    precision = logged.precision
    rows = logged.steps.count
    explainedRows = found.check.explained
    largestDeviation = found.check.worst
    largestDeviationStep = found.check.worstStep
    schedule = found.assembled.schedule
    offset = found.assembled.offset
    rowSchedule = found.plain ?? (offset == 0 ? schedule : nil)
    alternatives = search.alternatives(to: found)
    let remarks = InferenceRemarks(logged: logged, found: found)
    weakPhases =
      rows < 3 ? Array(1...max(schedule.phases.count, 1)) : remarks.weak.map(\.phase)
    self.remarks = remarks.all
  }

  /// More phases than this are looked at twice.
  private static let manyPhases = 8

  /// The search that explains the rows best, and what it found.
  private static func search(
    _ logged: LoggedRateRows
  ) -> (search: ScheduleSearch, found: ScheduleSearch.Found) {
    var search = ScheduleSearch(logged)
    var found = search.best()
    let firstEnd = found.assembled.schedule.phases.first?.endStep ?? 0
    let isOddStart = found.check.explained < logged.steps.count || firstEnd <= logged.interval
    if logged.steps.count > 3, logged.steps[0] == 0, isOddStart {
      // Where row s has the rate of update s - 1, a row 0 has that of update 0.
      let other = ScheduleSearch(logged, leavesOutFirst: true)
      let second = other.best()
      if second.isBetter(than: found) { (search, found) = (other, second) }
    }
    if search.hasShortLevels, found.assembled.schedule.phases.count <= manyPhases {
      // Two equal rows may stand on either side of a peak.
      let other = ScheduleSearch(logged, shortestLevel: 3)
      let second = other.best()
      if second.isBetter(than: found) { (search, found) = (other, second) }
    }
    guard found.isPolyline || found.check.explained < logged.steps.count else {
      return (search, found)
    }
    // Nothing explains the rows to their digits; a plain schedule close to them says more than lines.
    for tolerance in [1e-4, 1e-3, 1e-2] {
      let coarse = ScheduleSearch(logged, tolerance: tolerance)
      let second = coarse.best()
      guard !second.isPolyline, second.assembled.schedule.phases.count <= manyPhases,
        second.check.worst <= 2 * tolerance * logged.top
      else { continue }
      let isPlainer =
        second.assembled.schedule.phases.count < found.assembled.schedule.phases.count
      if isPlainer || second.check.worst < found.check.worst { return (coarse, second) }
      break
    }
    return (search, found)
  }
}
