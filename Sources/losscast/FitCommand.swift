import ArgumentParser
import Forecasting
import Reports
import ScalingLaws
import Schedules
import TrainingLogs

/// Fits one law jointly to runs and writes the model.
struct FitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit one law jointly to the given runs.",
    discussion: """
      EXAMPLES:
        losscast fit constant.csv cosine.csv -o model.json
        losscast fit runs/ --law annealing --fix lambda=0.999
        losscast fit runs/ --law auto -o model.json
        losscast fit run.csv --loss eval/loss --from 2000
        losscast fit --table finished.csv --law chinchilla
      """)

  @Argument(help: "Logs: files, directories, patterns, or - for standard input.")
  var logs: [String] = []

  @Option(name: .shortAndLong, help: "Write the model to this file.")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "In place of logs, a table of finished runs: CSV with parameters, tokens and loss.",
      valueName: "file"))
  var table: String?

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var factOptions: FactOptions
  @OptionGroup var fitting: FittingOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard !logs.isEmpty || selection.runs != nil || table != nil else {
      throw ValidationError("Name at least one log, a manifest with --runs, or a --table.")
    }
    guard table == nil || logs.isEmpty && selection.runs == nil else {
      throw ValidationError("A --table is fitted by itself, without logs and --runs.")
    }
    guard table == nil || factOptions.switchStep == nil else {
      throw ValidationError("--switch-step is about logs; a --table has finished runs.")
    }
    guard table == nil || fitting.law != FittingOptions.auto else {
      throw ValidationError("--law auto compares curves; name the law of a --table.")
    }
    if table != nil,
      let option = selection.optionOfLogs ?? fitting.schedule.map({ _ in "--schedule" })
    {
      throw ValidationError("\(option) is about logs; a --table has finished runs.")
    }
  }

  func run() async throws {
    let console = printing.console
    if let output { try OutputFile.check(output) }
    if let table { return try fitTable(table) }
    let loader = InputLoader(
      columns: selection.columns.choice, selection: selection.selection(),
      facts: factOptions.facts,
      schedule: try fitting.parsedSchedule(), console: console)
    let loaded = try await loader.loadSome(paths: logs, manifest: selection.runs)
    for issue in loaded.inputs.flatMap(\.issues) { console.warn(issue.description) }
    let fit = try await GroupFit(
      inputs: loaded.inputs, analysis: fitting.analysis(keepEarly: selection.keepEarly),
      console: console)
    for warning in fit.warnings { console.warn(warning) }
    if let output { try OutputFile.write(try JSONText.render(fit.model), to: output) }
    if printing.json {
      console.result(try JSONText.render(Document(model: fit.model, runs: fit.scores)))
    } else {
      console.result(text(of: fit))
      if let output { console.note("model written to \(output)") }
    }
    if !loaded.failures.isEmpty || fit.hasFailures {
      throw ExitCode(CommandFailure.Code.partial.rawValue)
    }
  }

  private func text(of fit: GroupFit) -> String {
    let model = fit.model
    var runs = TextTable([
      "RUN", ">ROWS", ">STEPS", ">MEAN ERROR", ">WORST", ">FINAL", ">FITTED",
    ])
    for (score, source) in zip(fit.scores, model.data) {
      runs.add([
        score.run, "\(score.points)", source.steps.map(String.init).joined(separator: "–"),
        NumberFormat.percent(score.metrics.meanRelativeError),
        NumberFormat.percent(score.metrics.worstRelativeError),
        NumberFormat.loss(score.final.actual), NumberFormat.loss(score.final.predicted),
      ])
    }
    let correlated = NumberFormat.significant(model.residuals.autocorrelationSteps, digits: 2)
    let choice = model.selection.map { RankingText(ranking: $0).text + "\n\n" } ?? ""
    return choice + """
      \(model.law) law, fitted to \(model.data.count) \(model.data.count == 1 ? "run" : "runs"), \
      \(model.residuals.count) rows

      \(ParameterText.table(model, level: fitting.level))

      \(runs.text)

      residual scale \(NumberFormat.percent(model.residuals.relativeScale)), correlated over \
      \(correlated) steps; the rows are worth \
      \(NumberFormat.significant(model.residuals.effectiveCount, digits: 3)) independent ones
      """
  }

  /// The model with the errors on the rows fitted.
  private struct Document: Encodable {
    var model: FittedLaw
    var runs: [Score]

    private enum CodingKeys: CodingKey { case runs }

    func encode(to encoder: any Encoder) throws {
      try model.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(runs, forKey: .runs)
    }
  }
}
