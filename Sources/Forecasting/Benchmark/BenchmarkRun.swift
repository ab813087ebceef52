public import ScalingLaws
public import Schedules
public import TrainingLogs

/// A run that benchmark tasks name.
public struct BenchmarkRun: Sendable {
  /// The run as read, with the loss to fit and forecast.
  public var run: Run
  /// SHA-256 of its file.
  public var sha256: String
  /// The learning rate of every step; nil when it is not known.
  public var path: LearningRatePath?
  /// What else is known of the run.
  public var facts: RunFacts
  /// The last step that the run shares with the one it was branched from; nil: it was not.
  public var branch: Int?

  /// Creates a run.
  public init(
    run: Run, sha256: String, path: LearningRatePath?, facts: RunFacts = RunFacts(),
    branch: Int? = nil
  ) {
    self.run = run
    self.sha256 = sha256
    self.path = path
    self.facts = facts
    self.branch = branch
  }

  /// The rows of a range of steps, without cleaning what is kept.
  ///
  /// - Throws: ``BenchmarkFailure`` when none of them has a loss.
  func trajectory(
    from: Double?, to: Double?, keeping kept: Set<CleaningKind>
  ) throws(BenchmarkFailure) -> Trajectory {
    do throws(TrajectoryError) {
      var trajectory = try Trajectory(
        run: run, path: path, facts: facts, selection: RowSelection(from: from, to: to, kept: kept))
      trajectory.branch = branch
      return trajectory
    } catch {
      let first = from ?? Double(path?.warmupEnd ?? 0)
      let last = to.map { " to \(Position.text($0))" } ?? " on"
      throw BenchmarkFailure(
        "\(run.name) has no row with a loss from step \(Position.text(first))\(last)")
    }
  }
}

/// Why a case gives no score.
public struct BenchmarkFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  /// Creates a failure.
  public init(_ description: String) { self.description = description }
}
