import ArgumentParser
import Reports
import Schedules

/// Works with schedules by themselves.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Look at a learning-rate schedule.",
    subcommands: [ScheduleShowCommand.self, ScheduleRefineCommand.self])
}

/// Shows the learning rates of a schedule.
struct ScheduleShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the learning rate of a schedule at some steps.",
    discussion: """
      The step is the index of an update, from 0.

      EXAMPLES:
        losscast schedule show 'peak=3e-4,warmup:300,stable:20000,decay:4000'
        losscast schedule show plan.txt --at 0,1,50 --json
      """)

  @Argument(help: "The schedule, or a file that holds one.")
  var schedule: String

  @Option(help: ArgumentHelp("Steps to show, with commas between.", valueName: "steps"))
  var at: String?

  @OptionGroup var printing: OutputOptions

  func run() throws {
    let schedule = try ScheduleArgument.parse(schedule)
    let values = try steps(of: schedule).map {
      Value(step: $0, learningRate: schedule.learningRate(at: $0))
    }
    if printing.json {
      let document = Document(schedule: schedule.description, values: values)
      printing.console.result(try JSONText.render(document))
      return
    }
    var table = TextTable([">STEP", ">LEARNING RATE"])
    for value in values {
      table.add(["\(value.step)", NumberFormat.significant(value.learningRate, digits: 8)])
    }
    printing.console.result("\(schedule)\n\n\(table.text)")
  }

  /// The steps asked for, or the schedule's ends and eleven steps between.
  private func steps(of schedule: Schedule) throws -> [Int] {
    guard let at else {
      guard let total = schedule.totalSteps, total > 1 else { return [0] }
      return (0...12).map { $0 * (total - 1) / 12 }
    }
    return try at.split(separator: ",").map { text in
      guard let step = Int(text), step >= 0 else {
        throw CommandFailure(
          .usage, "--at takes whole steps from 0 with commas between, but got '\(text)'")
      }
      return step
    }
  }

  private struct Document: Encodable {
    var schedule: String
    var values: [Value]
  }

  private struct Value: Encodable {
    var step: Int
    var learningRate: Double
  }
}
