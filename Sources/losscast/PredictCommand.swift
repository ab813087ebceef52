import ArgumentParser
import Forecasting
import Foundation
import Reports
import Schedules
import TrainingLogs

/// Forecasts proposed schedules from a model, or scores the model against real runs.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Forecast the loss of a schedule or a size, or score a model against real runs.",
    discussion: """
      EXAMPLES:
        losscast predict model.json --schedule 'peak=1e-3,warmup:150,decay:2400'
        losscast predict model.json --schedule plan.txt --chart forecast.svg
        losscast predict model.json --continue run.csv --schedule 'from=last,decay:2k'
        losscast predict model.json --parameters 7e9 --tokens 1.4e11
        losscast predict model.json --against other-run.csv
        losscast predict model.json --against --runs runs.csv --json
      """)

  @Argument(help: "The model file that losscast fit wrote.")
  var model: String

  @Argument(help: "Logs to score the model against: files, directories, patterns, or -.")
  var logs: [String] = []

  @Option(
    help: ArgumentHelp(
      "A schedule to forecast, or a file that holds one; may be given several times.",
      valueName: "expression|file"))
  var schedule: [String] = []

  @Option(
    name: .customLong("continue"),
    help: ArgumentHelp(
      "The log of the run that schedules with from= branch off.", valueName: "file"))
  var continued: String?

  @Option(help: "The step to forecast; without it the end of the schedule.")
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "The tokens to forecast, for a law of size and data; such laws need no schedule.",
      valueName: "count"))
  var tokens: Double?

  @Flag(help: "Score the model against the logs named, or those of --runs.")
  var against = false

  @Option(help: "The level of intervals.")
  var level = 0.9

  @Flag(help: "Print the whole predicted curve as well.")
  var curve = false

  @Option(
    help: ArgumentHelp("Draw the forecast to this SVG or PNG file.", valueName: "file.svg|file.png")
  )
  var chart: String?

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var factOptions: FactOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard level > 0, level < 1 else {
      throw ValidationError("--level must lie between 0 and 1, but is \(level).")
    }
    if let steps, steps < 1 || steps > 1_000_000_000_000_000 {
      throw ValidationError("--steps must lie between 1 and 10^15, but is \(steps).")
    }
    if let tokens, !(tokens > 0 && tokens.isFinite) {
      throw ValidationError("--tokens must be positive, but is \(tokens).")
    }
    guard !schedule.isEmpty || against || namesRun else {
      throw ValidationError(
        "Give a --schedule to forecast, --tokens (or --steps) for a law that needs none, or runs to "
          + "score with --against.")
    }
    guard !curve || !schedule.isEmpty || against else {
      throw ValidationError("--curve goes with --schedule or --against.")
    }
    guard tokens == nil || schedule.isEmpty && !against else {
      throw ValidationError("--tokens forecasts a finished run, without --schedule and --against.")
    }
    guard against == (!logs.isEmpty || selection.runs != nil) else {
      throw ValidationError(
        against
          ? "Name the logs to score against after --against, or a manifest with --runs."
          : "Runs to score the model against come after --against.")
    }
    guard continued == nil || !schedule.isEmpty else {
      throw ValidationError(
        "--continue names the run that a --schedule branches off, as in 'from=last,decay:1000'.")
    }
    guard chart == nil || schedule.count == 1 else {
      throw ValidationError("--chart draws one --schedule.")
    }
  }

  /// Whether a run is named without a schedule.
  private var namesRun: Bool { tokens != nil || steps != nil }

  func run() async throws {
    if let chart { try PictureFile.check(chart) }
    let forecaster = try ModelFile.read(model)
    if schedule.isEmpty, !against {
      return try RunForecast(
        steps: steps, tokens: tokens, facts: factOptions.facts, level: level,
        forecaster: forecaster
      ).print(to: printing)
    }
    let loaded = against ? try await loadRuns(forecaster) : nil
    if !schedule.isEmpty {
      try forecastSchedules(
        forecaster, observed: loaded?.inputs ?? [], continuing: try await continuedRun(forecaster))
    }
    if let loaded { try score(forecaster, against: loaded) }
  }

  /// The run named with --continue.
  private func continuedRun(_ forecaster: Forecaster) async throws -> LoggedRates? {
    guard let continued else { return nil }
    return try await LoggedRates.read(
      continued, columns: selection.columns.choice,
      selection: selection.selection(following: forecaster.model), console: printing.console)
  }

  /// The runs named with --against or --runs.
  private func loadRuns(_ forecaster: Forecaster) async throws -> InputLoader.Loaded {
    let loader = InputLoader(
      columns: selection.columns.choice,
      selection: selection.selection(following: forecaster.model),
      usualWarmupSteps: forecaster.model.warmup.steps, facts: factOptions.facts,
      console: printing.console)
    return try await loader.loadSome(paths: logs, manifest: selection.runs)
  }
}

// MARK: Schedules

extension PredictCommand {
  private func forecastSchedules(
    _ forecaster: Forecaster, observed: [BatchInput], continuing run: LoggedRates?
  ) throws {
    let console = printing.console
    let plans = try schedule.map { text in
      try SchedulePlan(
        ScheduleArgument.parse(text, continuing: run), steps: steps, facts: factOptions.facts,
        level: level,
        forecaster: forecaster)
    }
    if run != nil, plans.allSatisfy({ $0.schedule.branchStep == nil }) {
      console.warn("no schedule has from=, so the run of --continue is not used")
    }
    for plan in plans {
      for warning in plan.warnings { console.warn(warning) }
    }
    if let chart, let plan = plans.first { try draw(plan, observed: observed, to: chart) }
    if printing.json {
      let document = ForecastDocument(
        law: forecaster.model.law, level: level,
        schedules: plans.map { $0.document(withCurve: curve) })
      console.result(try JSONText.render(document))
    } else {
      let percent = NumberFormat.significant(100 * level, digits: 3)
      var table = TextTable([
        "SCHEDULE", ">STEPS", ">FINAL LOSS", ">\(percent) % INTERVAL",
      ])
      for plan in plans {
        table.add([
          plan.schedule.description, "\(plan.last)", NumberFormat.loss(plan.final.predicted),
          "\(NumberFormat.loss(plan.final.lower)) to \(NumberFormat.loss(plan.final.upper))",
        ])
      }
      console.result(table.text)
      for plan in plans where !plan.alternatives.isEmpty {
        let list = plan.alternatives.map { "\(NumberFormat.loss($0.predicted)) (\($0.law))" }
        console.result("laws as good give \(list.joined(separator: ", "))")
      }
      if curve {
        for plan in plans { console.result("\n" + plan.curveText) }
      }
    }
  }

  private func draw(_ plan: SchedulePlan, observed: [BatchInput], to path: String) throws {
    let curves = observed.map { input in
      ForecastChart.NamedCurve(
        name: input.run.name,
        curve: CurveThinning.thin(steps: input.run.steps, values: input.run.loss, limit: 600))
    }
    let svg = ForecastChart.svg(
      title: plan.schedule.description, observed: curves, forecast: plan.curve,
      learningRate: plan.learningRate, level: level)
    try PictureFile.write(svg, to: path)
    printing.console.note("chart written to \(path)")
  }

  private struct ForecastDocument: Encodable {
    var law: String
    var level: Double
    var schedules: [SchedulePlan.Document]
  }
}

// MARK: Scoring

extension PredictCommand {
  private func score(_ forecaster: Forecaster, against loaded: InputLoader.Loaded) throws {
    let console = printing.console
    var scores: [Score] = []
    var hasFailures = !loaded.failures.isEmpty
    for input in loaded.inputs {
      do {
        let trajectory = try input.trajectory()
        let predicted = try forecaster.forecast(
          at: trajectory.positions, path: trajectory.path, facts: trajectory.facts, level: level)
        var score = Score(
          run: trajectory.name, curve: predicted, losses: trajectory.losses, level: level)
        if curve { score.curve = predicted }
        score.cleaning = trajectory.cleaning.isEmpty ? nil : trajectory.cleaning
        scores.append(score)
        let last = trajectory.positions.last ?? 1
        let remarks =
          trajectory.warnings
          + forecaster.warnings(
            lastPosition: last, path: trajectory.path, facts: trajectory.facts)
        for remark in remarks { console.warn("\(trajectory.name): \(remark)") }
      } catch {
        hasFailures = true
        Console.fail("\(input.run.file): \(error)")
      }
    }
    guard !scores.isEmpty else {
      throw CommandFailure(.unusableData, "no run is left to compare with")
    }
    if printing.json {
      console.result(
        try JSONText.render(ScoreDocument(law: forecaster.model.law, runs: scores)))
    } else {
      console.result(text(of: scores))
    }
    if hasFailures { throw ExitCode(CommandFailure.Code.partial.rawValue) }
  }

  private func text(of scores: [Score]) -> String {
    let percent = NumberFormat.significant(100 * level, digits: 3)
    var table = TextTable([
      "RUN", ">POINTS", ">MEAN ERROR", ">WORST", ">IN \(percent) %", ">FINAL", ">PREDICTED",
      ">INTERVAL", ">ERROR",
    ])
    for score in scores {
      table.add([
        score.run, "\(score.points)", NumberFormat.percent(score.metrics.meanRelativeError),
        NumberFormat.percent(score.metrics.worstRelativeError),
        score.metrics.coverage.map { "\(Int((100 * $0.fraction).rounded())) %" } ?? "–",
        NumberFormat.loss(score.final.actual), NumberFormat.loss(score.final.predicted),
        "\(NumberFormat.loss(score.final.lower)) to \(NumberFormat.loss(score.final.upper))",
        String(format: "%+.2f %%", 100 * score.final.relativeError),
      ])
    }
    let mean = scores.map(\.metrics.meanRelativeError).reduce(0, +) / Double(scores.count)
    return table.text + "\n\nmean error over the runs: " + String(format: "%.3f %%", 100 * mean)
  }

  private struct ScoreDocument: Encodable {
    var law: String
    var runs: [Score]
  }
}
