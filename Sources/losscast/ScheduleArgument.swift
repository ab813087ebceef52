import Foundation
import Schedules

/// A schedule on the command line: an expression, or a file that holds one.
enum ScheduleArgument {
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
}
