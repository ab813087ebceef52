import ArgumentParser
import Forecasting
import Reports
import ScalingLaws
import Schedules
import TrainingLogs

/// Says when a run is long enough that a law's idea of where it ends can be believed.
struct ConvergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "converge",
    abstract: "Fit growing prefixes of a run: when is its end foreseeable?",
    discussion: """
      A law is fitted to longer and longer parts of the run. Once the loss that it approaches, \
      the asymptote, is steady, forecasts mean something; once the curve is closer to it than \
      --threshold where it last crossed the one before, more training changes little.

      EXAMPLES:
        losscast converge run.csv
        losscast converge run.csv --law mmf --threshold 0.05
        losscast converge run.csv --at 1000,2000,4000,8000 --json
      """)

  @Argument(help: "Logs: files, directories, patterns, or - for standard input.")
  var logs: [String] = []

  @Option(
    help: ArgumentHelp(
      "A law with an asymptote, as power-steps (pow3), pow4, exp3, weibull or mmf.",
      valueName: "name"))
  var law = "pow3"

  @Option(
    help: ArgumentHelp(
      "How far, in nats, a converged curve may be from its asymptote.", valueName: "nats"))
  var threshold = 0.01

  @Option(
    help: ArgumentHelp(
      "How far a steady asymptote may move with every doubling of the steps.",
      valueName: "nats"))
  var steadiness = 0.03

  @Option(
    help: ArgumentHelp(
      "For how many further prefixes the asymptote must be steady.", valueName: "count"))
  var lookAhead = 3

  @Option(
    help: ArgumentHelp(
      "The last steps of the prefixes, with commas between; else each is √2 times the one before.",
      valueName: "steps"))
  var at: String?

  @Option(
    help: ArgumentHelp(
      "The learning-rate schedule of logs that have none, for laws that need it.",
      valueName: "expression"))
  var schedule: String?

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var factOptions: FactOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard !logs.isEmpty || selection.runs != nil else {
      throw ValidationError("Name a log, or a manifest with --runs.")
    }
    for (name, value) in [("--threshold", threshold), ("--steadiness", steadiness)] {
      guard value > 0, value.isFinite else {
        throw ValidationError("\(name) must be positive, but is \(value).")
      }
    }
    guard (1...1000).contains(lookAhead) else {
      throw ValidationError("--look-ahead must lie between 1 and 1000, but is \(lookAhead).")
    }
    _ = try FittingOptions.law(named: law)
    _ = try ends()
  }

  /// The steps of `--at`.
  private func ends() throws -> [Int]? {
    try at?.split(separator: ",").map { text in
      guard let step = Int(text), step > 0 else {
        throw ValidationError(
          "--at takes whole steps from 1 with commas between, but got '\(text)'.")
      }
      return step
    }
  }

  func run() async throws {
    let console = printing.console
    let selected = selection.selection()
    let law = try FittingOptions.law(named: law)
    let procedure: GrowingPrefixes
    do throws(ConvergenceError) {
      procedure = try GrowingPrefixes(
        law: law, warmup: .init(area: selected.warmup, steps: selected.warmupSteps),
        threshold: threshold, steadiness: steadiness, lookAhead: lookAhead)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
    let loader = InputLoader(
      columns: selection.columns.choice, selection: selected, facts: factOptions.facts,
      schedule: try schedule.map { try ScheduleArgument.parse($0) }, console: console)
    let loaded = try await loader.loadSome(paths: logs, manifest: selection.runs)
    for issue in loaded.inputs.flatMap(\.issues) { console.warn(issue.description) }
    let group = RunGroup(loaded.inputs)
    var failures = group.leftOut.map { "\($0.file): \($0.reason)" }
    var reports: [ConvergenceReport] = []
    for trajectory in group.trajectories {
      for warning in trajectory.warnings { console.warn("\(trajectory.name): \(warning)") }
      do {
        reports.append(
          try procedure.report(
            on: trajectory, ends: try ends(), leavingOutTransient: !selection.keepEarly))
      } catch let error as ConvergenceError {
        failures.append("\(trajectory.file): \(error)")
      }
    }
    guard !reports.isEmpty else {
      throw CommandFailure(.unusableData, failures.joined(separator: "\n"))
    }
    for failure in failures { Console.fail(failure) }
    if printing.json {
      console.result(try JSONText.render(Document(runs: reports)))
    } else {
      console.result(reports.map(ConvergenceText.text(of:)).joined(separator: "\n\n"))
    }
    if !failures.isEmpty || !loaded.failures.isEmpty {
      throw ExitCode(CommandFailure.Code.partial.rawValue)
    }
  }

  private struct Document: Encodable {
    var runs: [ConvergenceReport]
  }
}
