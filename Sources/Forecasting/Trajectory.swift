public import ScalingLaws
public import Schedules
public import TrainingLogs

/// Which rows of runs are fitted or scored, and how warm-ups count.
public struct RowSelection: Sendable, Hashable {
  /// The first step to use; nil: the end of the warm-up.
  public var from: Double?
  /// The last step to use; nil: the last row.
  public var to: Double?
  /// Length of a linear warm-up that logs do not show, in steps; nil: none is assumed.
  public var warmupSteps: Int?
  /// How first warm-ups enter the areas.
  public var warmup: WarmupArea
  /// What is left as the log has it: found and reported, but not treated.
  public var kept: Set<CleaningKind>

  /// Creates a selection.
  public init(
    from: Double? = nil, to: Double? = nil, warmupSteps: Int? = nil, warmup: WarmupArea = .actual,
    kept: Set<CleaningKind> = []
  ) {
    self.from = from
    self.to = to
    self.warmupSteps = warmupSteps
    self.warmup = warmup
    self.kept = kept
  }
}

/// A run located on its learning rate: the rows to fit, their losses and the path.
public struct Trajectory: Sendable {
  /// The run's name.
  public var name: String
  /// The file it was read from.
  public var file: String
  /// Updates done at each row, strictly ascending.
  public var positions: [Int]
  /// The loss of each row, finite.
  public var losses: [Double]
  /// The learning rate over steps; nil when neither log nor user gives one.
  public var path: LearningRatePath?
  /// What else is known of the run.
  public var facts: RunFacts
  /// The last step that the run shares with the one it was branched from; nil: it was not.
  public var branch: Int?
  /// What was found in the log, and what was done about it.
  public var cleaning: [CleaningFinding]
  /// Remarks on how the rows and the path came about.
  public var warnings: [String]

  /// The largest learning rate; nil without a path.
  public var peak: Double? { path?.peak }

  /// The least learning rate of the rows; nil without a path.
  var lowestRate: Double? { path.flatMap { path in positions.map(path.learningRate).min() } }

  /// Locates a run.
  ///
  /// The learning rate is the schedule when one is given, else the logged one, linear between rows.
  /// Rows before the end of the warm-up are outside every law and left out unless `selection.from`
  /// asks for them. Spikes, a divergence, means over windows and late rates are treated as
  /// ``CleaningKind`` says unless `selection.kept` has them.
  ///
  /// - Parameters:
  ///   - run: the run as read.
  ///   - schedule: replaces the logged learning rate.
  ///   - facts: what else is known of the run.
  ///   - selection: which rows to use.
  /// - Throws: ``TrajectoryError``.
  public init(
    run: Run, schedule: Schedule? = nil, facts: RunFacts = RunFacts(),
    selection: RowSelection = RowSelection()
  )
    throws(TrajectoryError)
  {
    var late: CleaningFinding?
    var path: LearningRatePath?
    if let schedule {
      let last = run.steps.last.flatMap(Position.of) ?? 0
      path = schedule.path(through: max(last, schedule.totalSteps ?? 0))
    } else {
      let logged = try LoggedPath(run, selection: selection)
      (path, late) = (logged.path, logged.finding)
    }
    try self.init(run: run, path: path, facts: facts, selection: selection)
    if let late {
      cleaning.append(late)
      warnings += [late].remarks
    }
    warnOfHiddenStart(run: run, schedule: schedule, selection: selection)
  }

  /// Locates a run on a path.
  ///
  /// - Parameters:
  ///   - run: the run as read; its logged learning rate is not used.
  ///   - path: the learning rate; nil: it is not known.
  ///   - facts: what else is known of the run.
  ///   - selection: which rows to use.
  /// - Throws: ``TrajectoryError``.
  public init(
    run: Run, path: LearningRatePath?, facts: RunFacts = RunFacts(),
    selection: RowSelection = RowSelection()
  ) throws(TrajectoryError) {
    name = run.name
    file = run.file
    self.path = path
    self.facts = facts
    self.facts.tokensPerStep = facts.tokensPerStep ?? run.tokensPerStep
    let start = selection.from ?? Double(path?.warmupEnd ?? 0)
    let rows = FittedRows(run: run, path: path, facts: facts, selection: selection, start: start)
    positions = rows.positions
    losses = rows.losses
    cleaning = rows.findings
    warnings = rows.findings.remarks
    guard !positions.isEmpty else {
      let finite = zip(run.steps, run.loss).filter { $1.isFinite }.map(\.0)
      throw TrajectoryError(
        run: run.name,
        reason: .noRows(
          finiteRows: finite.count, steps: finite.first.map { [$0, finite.last ?? $0] } ?? [],
          warmupEnd: path?.warmupEnd ?? 0))
    }
  }

  private mutating func warnOfHiddenStart(run: Run, schedule: Schedule?, selection: RowSelection) {
    guard schedule == nil, selection.warmupSteps == nil, let path, path.warmupEnd == 0,
      let first = run.steps.first, first > 0, let last = run.steps.last, first > 0.01 * last
    else { return }
    warnings.append(
      "the log starts at step \(Position.text(first)) and shows no warm-up: its first learning rate is taken "
        + "to hold from step 0; if there was a warm-up, give its length with --warmup-steps")
  }
}

/// Why a run cannot be located.
public struct TrajectoryError: Error, Sendable, Hashable {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// No row has a finite loss in the range asked for.
    case noRows(finiteRows: Int, steps: [Double], warmupEnd: Int)
    /// The logged learning rates make no path.
    case learningRate(LoggedRatesError)
  }

  /// The run.
  public var run: String
  /// What is wrong.
  public var reason: Reason
}

extension TrajectoryError: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch reason {
    case .noRows(let finiteRows, let steps, let warmupEnd):
      if finiteRows == 0 { return "no row has a finite loss" }
      let range = steps.map(Position.text).joined(separator: "–")
      if warmupEnd > 0, let last = steps.last, last <= Double(warmupEnd) {
        return "the learning rate rises to the end (step \(warmupEnd)): there is no row after the "
          + "warm-up to fit; give the first step to use with --from"
      }
      return "none of the \(finiteRows) rows with a finite loss (steps \(range)) is in the range "
        + "asked for; change --from or --to (steps count updates, from 1)"
    case .learningRate(.allZero):
      return "the learning rate is 0 in every row; choose another column with --lr or give the "
        + "schedule with --schedule"
    case .learningRate(.negative(let step, let rate)):
      return "the learning rate is negative (\(rate)) at step \(step); choose another column with "
        + "--lr or give the schedule with --schedule"
    case .learningRate(.noRates):
      return "the learning-rate column has no numbers"
    }
  }
}
