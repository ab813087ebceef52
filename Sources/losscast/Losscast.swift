import ArgumentParser
import Foundation

/// The command line's entry: parses, runs, and turns every error into words and an exit code.
@main
struct Losscast: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "losscast",
    abstract: "Fit the laws that loss curves obey and forecast where a training run will end.",
    discussion: """
      EXAMPLES:
        losscast inspect run.csv               what is in a log
        losscast fit runs/ -o model.json       one law for all runs
        losscast predict model.json \\
          --schedule 'peak=1e-3,warmup:150,stable:9600,decay:2400'
        losscast report runs/ -o report.html   every run fitted, in one file
        losscast converge run.csv              is the run's end foreseeable yet?

      EXIT CODES:
        0   all well
        2   finished, but some input failed and was reported
        64  wrong arguments
        65  data that cannot be used
        66  input not found
        74  output not written
      """,
    version: "0.1.0",
    subcommands: [
      InspectCommand.self, FitCommand.self, PredictCommand.self, ReportCommand.self,
      BenchmarkCommand.self, ConvergeCommand.self, LawsCommand.self, ScheduleCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      Console.fail(failure.message)
      Foundation.exit(failure.code.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}
