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
}
