import ArgumentParser

/// Works with schedules by themselves.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Show, list, convert, infer and compute learning-rate schedules.",
    subcommands: [
      ScheduleShowCommand.self,
      ScheduleListCommand.self,
      ScheduleConvertCommand.self,
      ScheduleInferCommand.self,
      ScheduleRefineCommand.self,
      ScheduleOptimizeCommand.self,
    ])
}
