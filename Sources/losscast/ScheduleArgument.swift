import Foundation
import Schedules

/// A schedule on the command line: an expression, or a file that holds one.
enum ScheduleArgument {
  /// Reads what the user typed.
  static func parse(_ text: String) throws -> Schedule {
    var expression = text
    if FileManager.default.fileExists(atPath: text),
      let contents = try? String(contentsOfFile: text, encoding: .utf8)
    {
      expression = contents.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    do {
      return try Schedule(parsing: expression)
    } catch {
      throw CommandFailure(.usage, "the schedule cannot be read\n\(error)")
    }
  }

  /// Reads a schedule to fit or forecast along, which must not be too long to list.
  static func parsePath(_ text: String) throws -> Schedule {
    let schedule = try parse(text)
    if let refusal = refusal(of: schedule) { throw CommandFailure(.usage, refusal) }
    return schedule
  }

  /// Why a schedule is too long to follow; nil when it is not.
  static func refusal(of schedule: Schedule) -> String? {
    guard schedule.curvedSteps > Schedule.mostCurvedSteps else { return nil }
    return "the curved phases of '\(schedule)' have \(schedule.curvedSteps) steps; at most "
      + "\(Schedule.mostCurvedSteps / 1_000_000) million steps of phases that are neither constant "
      + "nor linear can be followed"
  }
}
