import ArgumentParser
import Forecasting
import Foundation
import Reports
import ScalingLaws
import Schedules
import TrainingLogs

/// Fits laws to forecasting tasks and scores their forecasts.
struct BenchmarkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Score laws on forecasting tasks: fit some runs, forecast others.",
    discussion: """
      EXAMPLES:
        losscast benchmark curves/tasks.json
        losscast benchmark tasks.json --runs runs.csv --laws annealing,power-steps
        losscast benchmark tasks.json --left-out --per-run --markdown scores.md
        losscast benchmark tasks.json --laws noise-floor --fix kappa=1 --fix delta=1
      """)

  @Argument(help: "The tasks file; runs.csv is looked for beside it.")
  var tasks: String

  @Option(help: "The manifest of the runs that the tasks name.")
  var runs: String?

  @Option(
    help: ArgumentHelp(
      "The laws to score; without it all. The name auto is the law that a back-test on the fit rows "
        + "chooses.", valueName: "name,name,…"))
  var laws: String?

  @Option(
    help: ArgumentHelp(
      "The laws that auto chooses from; without it the usual ones.", valueName: "name,name,…"))
  var candidates: String?

  @Option(help: "The level of intervals.")
  var level = 0.9

  @Option(
    help: ArgumentHelp(
      "How the first warm-up counts: actual rates, as if at the peak, or full with its rises.",
      valueName: "actual|peak|full"), transform: SelectionOptions.warmupArea)
  var warmupArea: WarmupArea = .actual

  @OptionGroup var keeping: KeepOptions

  @Option(
    name: .customLong("fix"),
    help: ArgumentHelp(
      "Hold a parameter in the laws that have it, as in kappa=1.", valueName: "name=value"))
  var fixed: [String] = []

  @Flag(help: "Take nothing as known of parameters before the fits, where a law has such priors.")
  var noPriors = false

  @Flag(
    help: ArgumentHelp(
      "Score all rows from the first fitted one on, not those that the tasks name."))
  var wholeCurves = false

  @Flag(
    help: "Leave out each fit run in turn as well, and score the fit to the others on it.")
  var leftOut = false

  @Flag(help: "Print the errors of every run as well.")
  var perRun = false

  @Option(help: ArgumentHelp("Write the tables to this file as Markdown.", valueName: "file.md"))
  var markdown: String?

  @Option(help: "How many fits to work on at once; without it one for each core.")
  var jobs: Int?

  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard level > 0, level < 1 else {
      throw ValidationError("--level must lie between 0 and 1, but is \(level).")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    let known = Set(
      try chosenLaws().flatMap { entrant in
        if case .law(let law) = entrant { return law.parameters.map(\.name) }
        return []
      })
    for name in try FittingOptions.values(ofFixed: fixed).keys.sorted() where !known.contains(name)
    {
      throw ValidationError("--fix \(name): none of the laws has that parameter.")
    }
  }

  func run() async throws {
    if let markdown { try OutputFile.check(markdown) }
    let suite = try BenchmarkFile.read(tasks)
    let runner = try await runner(for: suite)
    let result = try await result(of: suite, runner: runner)
    guard result.tasks.contains(where: { $0.laws.contains { !$0.cases.isEmpty } }) else {
      throw CommandFailure(.unusableData, "\(tasks): no task can be scored")
    }
    if let markdown {
      try OutputFile.write(BenchmarkTables.markdown(result, perRun: perRun), to: markdown)
    }
    if printing.json {
      printing.console.result(try JSONText.render(result))
    } else {
      printing.console.result(text(of: BenchmarkTables.sections(result, perRun: perRun)))
    }
    if result.tasks.contains(where: { !$0.faults.isEmpty }) {
      throw ExitCode(CommandFailure.Code.partial.rawValue)
    }
  }

  private func chosenLaws() throws -> [BenchmarkRunner.Entrant] {
    let named = try FittingOptions.candidates(named: candidates)
    guard let laws else { return LawCatalogue.all.map { .law($0) } }
    var entrants: [BenchmarkRunner.Entrant] = []
    for part in laws.split(separator: ",") {
      let name = part.trimmingCharacters(in: .whitespaces)
      let entrant: BenchmarkRunner.Entrant =
        name == FittingOptions.auto
        ? .selection(named) : .law(try FittingOptions.law(named: name))
      if !entrants.contains(where: { $0.name == entrant.name }) { entrants.append(entrant) }
    }
    guard !entrants.isEmpty else { throw ValidationError("--laws names no law.") }
    return entrants
  }

  private func runner(for suite: BenchmarkSuite) async throws -> BenchmarkRunner {
    let names = suite.tasks.flatMap(\.cases).flatMap { $0.fit + $0.predict }.map(\.run)
    let folder = tasks.lastIndex(of: "/").map { tasks[...$0] } ?? ""
    let loaded = try await BenchmarkRuns.read(
      runs ?? "\(folder)runs.csv", named: Set(names), keeping: keeping.kinds,
      jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, console: printing.console)
    for issue in loaded.issues { printing.console.warn(issue.description) }
    return BenchmarkRunner(
      runs: loaded.runs, unusable: loaded.unusable,
      options: BenchmarkRunner.Options(
        level: level, warmup: warmupArea, leavesOutTransient: !keeping.keepsEarly,
        scoresWholeCurves: wholeCurves, leavesRunsOut: leftOut,
        fixed: try FittingOptions.values(ofFixed: fixed), usesPriors: !noPriors,
        kept: keeping.kinds),
      clock: BenchmarkCommand.threadSeconds)
  }

  /// CPU seconds of the calling thread.
  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// A law and a case to ask it.
  private struct Question: Sendable {
    var law: BenchmarkRunner.Entrant
    var task: Int
    var binRows: Int
    var question: BenchmarkCase
  }

  private func result(
    of suite: BenchmarkSuite, runner: BenchmarkRunner
  ) async throws -> BenchmarkResult {
    let laws = try chosenLaws()
    var faults = suite.tasks.map { _ in [BenchmarkResult.Fault]() }
    var questions: [Question] = []
    for (index, task) in suite.tasks.enumerated() {
      for question in task.cases {
        if let fault = runner.fault(of: question) {
          faults[index].append(.init(name: question.name, reason: fault.description))
          Console.fail("\(tasks): \(task.name), \(question.name): \(fault)")
          continue
        }
        questions += laws.map {
          Question(law: $0, task: index, binRows: task.binRows, question: question)
        }
      }
    }
    let answers = try await OrderedTasks.map(
      questions, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, label: "fitting",
      console: printing.console
    ) { runner.result(of: $0.law, on: $0.question, binRows: $0.binRows) }
    let results = suite.tasks.enumerated().map { index, task in
      let ofTask = zip(questions, answers).filter { $0.0.task == index }
      let perLaw = laws.map { law in
        (name: law.name, cases: ofTask.filter { $0.0.law.name == law.name }.map(\.1))
      }
      return BenchmarkResult.Task(task, laws: perLaw, faults: faults[index])
    }
    return BenchmarkResult(tasks: results, options: runner.options)
  }

  private func text(of sections: [BenchmarkTables.Section]) -> String {
    sections.map { section in
      let tables = section.tables.map { table in
        var text = TextTable(table.columns.map { $0.isNumber ? ">\($0.title)" : $0.title })
        for row in table.rows { text.add(row) }
        return text.text
      }
      let notes = section.notes.joined(separator: "\n")
      return ([section.title] + section.remarks).joined(separator: "\n") + "\n\n"
        + (tables + [notes]).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }.joined(separator: "\n\n\n")
  }
}
