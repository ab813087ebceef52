public import ScalingLaws
public import Schedules
public import TrainingLogs

/// A run to be fitted or reported, with what is known of it beyond its log.
public struct BatchInput: Sendable {
  /// The run as read.
  public var run: Run
  /// SHA-256 of its file.
  public var sha256: String
  /// What reading it turned up.
  public var issues: [LogIssue]
  /// Replaces the logged learning rate.
  public var schedule: Schedule?
  /// Whether the losses end in values that are not finite.
  public var hasDiverged: Bool
  /// What is known of the run besides its learning rate.
  public var facts: RunFacts
  /// Which rows to use.
  public var selection: RowSelection
  /// The group it belongs to.
  public var group: String?
  /// Further facts to show.
  public var metadata: [RunReport.Field]

  /// Creates an input.
  public init(
    run: Run, sha256: String, issues: [LogIssue] = [], hasDiverged: Bool = false,
    schedule: Schedule? = nil, facts: RunFacts = RunFacts(),
    selection: RowSelection = RowSelection(), group: String? = nil,
    metadata: [RunReport.Field] = []
  ) {
    self.run = run
    self.sha256 = sha256
    self.issues = issues
    self.hasDiverged = hasDiverged
    self.schedule = schedule
    self.facts = facts
    self.selection = selection
    self.group = group
    self.metadata = metadata
  }
}

extension BatchInput {
  /// The run located on its learning rate.
  ///
  /// - Throws: ``TrajectoryError``.
  public func trajectory() throws(TrajectoryError) -> Trajectory {
    try Trajectory(run: run, schedule: schedule, facts: facts, selection: selection)
  }

  /// Why the run is not to be fitted although it can be located; nil when it is.
  ///
  /// The rows before a divergence are fitted where the run is by itself, but are no company for
  /// other runs.
  func exclusion(of trajectory: Trajectory, isAlone: Bool) -> String? {
    guard hasDiverged, selection.to == nil else { return nil }
    if isAlone, trajectory.cleaning.contains(where: { $0.kind == .divergence }) { return nil }
    return "the losses end in NaN or infinity, so the run has diverged; fit the part before that "
      + "with --to"
  }
}
