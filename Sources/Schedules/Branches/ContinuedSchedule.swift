/// A run's learning rate with a branch that goes on from it.
public struct ContinuedSchedule: Sendable, Hashable, CustomStringConvertible {
  /// The run's rates.
  let run: LearningRatePath
  /// The first step of the branch.
  public let branchStep: Int
  /// The run's rate at the branch.
  public let observedRate: Double
  /// The branch's phases after a constant one in place of the run.
  let schedule: Schedule

  /// The step after the last phase, counted from the run's beginning.
  public var totalSteps: Int { schedule.totalSteps ?? branchStep }

  /// The branch as text: its step, its peak, and every rate that is not usual.
  ///
  /// Read as a ``ScheduleBranch`` and continued from the same run, it gives an equal schedule.
  public var description: String {
    "from=\(branchStep)," + SchedulePrinter(schedule: schedule).text(withoutFirst: 1)
  }

  /// The learning rate of an update: the run's before the branch.
  ///
  /// - Parameter position: the update's index, at least 0.
  /// - Returns: the rate; past the last phase its end rate.
  public func learningRate(at position: Int) -> Double {
    position < branchStep
      ? run.learningRate(at: position) : schedule.learningRate(at: position)
  }

  /// The rates of the updates 0 through `last` as a path.
  ///
  /// - Parameter last: the last position, from 0 to `Int.max - 1`.
  /// - Returns: contiguous pieces; `warmupEnd` is the run's, at most the branch's step.
  public func path(through last: Int) -> LearningRatePath {
    guard last >= branchStep else { return run.held(after: last) }
    return run.followed(by: schedule.path(through: last), from: branchStep)
  }
}
