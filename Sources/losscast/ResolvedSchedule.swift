import Schedules

/// A schedule that a command works with: whole, or a run's that a branch continues.
enum ResolvedSchedule: CustomStringConvertible {
  case whole(Schedule)
  case continued(ContinuedSchedule)

  /// The canonical text.
  var description: String {
    switch self {
    case .whole(let schedule): schedule.description
    case .continued(let schedule): schedule.description
    }
  }

  /// The step after the last phase; nil for a constant rate without a length.
  var totalSteps: Int? {
    switch self {
    case .whole(let schedule): schedule.totalSteps
    case .continued(let schedule): schedule.totalSteps
    }
  }

  /// The few numbers that describe it.
  var facts: ScheduleFacts? {
    switch self {
    case .whole(let schedule): schedule.facts
    case .continued(let schedule): schedule.facts
    }
  }

  /// The first step of a branch.
  var branchStep: Int? {
    guard case .continued(let schedule) = self else { return nil }
    return schedule.branchStep
  }

  /// The learning rate of an update.
  func learningRate(at position: Int) -> Double {
    switch self {
    case .whole(let schedule): schedule.learningRate(at: position)
    case .continued(let schedule): schedule.learningRate(at: position)
    }
  }

  /// The rates of the updates 0 through `last` as a path.
  func path(through last: Int) -> LearningRatePath {
    switch self {
    case .whole(let schedule): schedule.path(through: last)
    case .continued(let schedule): schedule.path(through: last)
    }
  }
}
