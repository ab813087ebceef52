import Foundation
import Schedules

/// A schedule on the command line: an expression, or a file that holds one.
enum ScheduleArgument {
  /// The expression that the user typed, or that stands in the file that the user named.
  static func expression(_ text: String) -> String {
    guard FileManager.default.fileExists(atPath: text),
      let contents = try? String(contentsOfFile: text, encoding: .utf8)
    else { return text }
    return contents.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Reads what the user typed.
  static func parse(_ text: String) throws -> Schedule {
    do {
      return try Schedule(parsing: expression(text))
    } catch {
      throw CommandFailure(.usage, "the schedule cannot be read\n\(error)")
    }
  }

  /// Reads a schedule, or a branch that continues a logged run.
  static func parse(_ text: String, continuing run: LoggedRates?) throws -> ResolvedSchedule {
    let expression = expression(text)
    guard let run, ScheduleBranch.isBranch(expression) else { return .whole(try parse(text)) }
    do {
      return .continued(
        try ScheduleBranch(parsing: expression).continuing(run.path, lastStep: run.lastStep))
    } catch {
      throw CommandFailure(.usage, "the schedule cannot continue '\(run.name)'\n\(error)")
    }
  }

  /// Reads a schedule to fit or forecast along, which must not be too long to list.
  static func parsePath(_ text: String) throws -> Schedule {
    let schedule = try parse(text)
    if let refusal = refusal(of: schedule) { throw CommandFailure(.usage, refusal) }
    return schedule
  }

  /// Reads a schedule or a branch to forecast along.
  static func parsePath(_ text: String, continuing run: LoggedRates?) throws -> ResolvedSchedule {
    let schedule = try parse(text, continuing: run)
    if let refusal = refusal(schedule.description, curvedSteps: schedule.curvedSteps) {
      throw CommandFailure(.usage, refusal)
    }
    return schedule
  }

  /// Why a schedule is too long to follow; nil when it is not.
  static func refusal(of schedule: Schedule) -> String? {
    refusal(schedule.description, curvedSteps: schedule.curvedSteps)
  }

  private static func refusal(_ schedule: String, curvedSteps: Int) -> String? {
    guard curvedSteps > Schedule.mostCurvedSteps else { return nil }
    return "the curved phases of '\(schedule)' have \(curvedSteps) steps; at most "
      + "\(Schedule.mostCurvedSteps / 1_000_000) million steps of phases that are neither constant "
      + "nor linear can be followed"
  }
}
