import ArgumentParser
import Forecasting
import Foundation
import Reports
import Schedules
import TrainingLogs

/// Fits every run and writes one report across them.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Fit every run and write one report: table, charts, forecasts.",
    discussion: """
      The format follows the ending of the output: .html, .md, .csv or .json;
      --format names several, each written with its own ending.

      EXAMPLES:
        losscast report runs/ -o report.html
        losscast report runs/ -o report.html \\
          --forecast 'peak=1e-3,warmup:150,stable:9600,decay:2400'
        losscast report --runs runs.csv -o report.html --format html,md,csv,json
      """)

  @Argument(help: "Logs: files, directories, patterns, or - for standard input.")
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The file to write.")
  var output = "report.html"

  @Option(
    help: ArgumentHelp("Formats to write: html, md, csv, json.", valueName: "list"))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "A schedule to forecast from the runs of each group, fitted jointly; may be given several "
        + "times.", valueName: "expression|file"))
  var forecast: [String] = []

  @Option(help: "The report's title.")
  var title = "Loss curves"

  @Option(help: "How many runs to work on at once; without it one for each core.")
  var jobs: Int?

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var factOptions: FactOptions
  @OptionGroup var fitting: FittingOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard !paths.isEmpty || selection.runs != nil else {
      throw ValidationError("Name at least one log or directory, or a manifest with --runs.")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    _ = try formats()
  }

  func run() async throws {
    let console = printing.console
    let targets = try formats().map { ($0, path(for: $0)) }
    for (_, path) in targets { try OutputFile.check(path) }
    let schedules = try forecast.map { try ScheduleArgument.parse($0) }
    let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    let loader = InputLoader(
      columns: selection.columns.choice, selection: selection.selection(),
      facts: factOptions.facts,
      schedule: try fitting.parsedSchedule(), console: console, jobs: jobs)
    let loaded = try await loader.loadSome(paths: paths, manifest: selection.runs)
    let report = try await analyse(loaded, schedules: schedules, jobs: jobs)
    for (format, path) in targets { try OutputFile.write(try format.render(report), to: path) }
    if printing.json {
      console.result(try JSONReport.render(report))
    } else {
      console.result(summary(of: report, written: targets.map(\.1)))
    }
    if !report.failures.isEmpty { throw ExitCode(CommandFailure.Code.partial.rawValue) }
  }

  private func analyse(
    _ loaded: InputLoader.Loaded, schedules: [Schedule], jobs: Int
  ) async throws
    -> BatchReport
  {
    let analysis = try fitting.analysis(keepEarly: selection.keepEarly)
    let reports = try await OrderedTasks.map(
      loaded.inputs, jobs: jobs, label: "fitting", console: printing.console
    ) { analysis.report(on: $0) }
    var failures = loaded.failures
    for (input, report) in zip(loaded.inputs, reports) where report == nil {
      failures.append(FailedInput(file: input.run.file, reason: "no row has a finite loss"))
    }
    if analysis.candidates != nil {
      printing.console.note(
        schedules.isEmpty
          ? "--law auto chooses the law of joint fits only, and there is no schedule to --forecast"
          : "--law auto chooses the law of the forecasts; each run by itself is fitted with the usual "
            + "law")
    }
    let forecasts = analysis.forecasts(
      of: schedules, from: loaded.inputs,
      rankings: schedules.isEmpty
        ? [:] : try await rankings(of: loaded.inputs, analysis: analysis, jobs: jobs))
    return BatchReport(
      title: title,
      runs: reports.compactMap { $0 }.sorted { $0.finalLoss.loss < $1.finalLoss.loss },
      forecasts: forecasts, failures: failures, level: fitting.level)
  }

  /// How candidate laws do on the runs of each group; empty when the law is not to be chosen.
  private func rankings(
    of inputs: [BatchInput], analysis: BatchAnalysis, jobs: Int
  ) async throws -> [String?: LawRanking] {
    var rankings: [String?: LawRanking] = [:]
    for group in analysis.groups(of: inputs) where !group.runs.trajectories.isEmpty {
      guard let selection = analysis.selection(for: group.runs) else { continue }
      rankings[group.name] = try await LawChoice.ranking(
        selection, of: group.runs.trajectories, jobs: jobs, console: printing.console)
    }
    return rankings
  }

  private func summary(of report: BatchReport, written: [String]) -> String {
    var table = TextTable([
      "RUN", "GROUP", ">FINAL", ">BEST", "LAW", ">FIT ERROR", ">WARNINGS",
    ])
    for run in report.runs {
      table.add([
        run.name, run.group ?? "", NumberFormat.loss(run.finalLoss.loss),
        NumberFormat.loss(run.bestLoss.loss), run.law ?? "not fitted",
        run.metrics.map { NumberFormat.percent($0.meanRelativeError) } ?? "–",
        "\(run.warnings.count)",
      ])
    }
    var lines = [table.text]
    for forecast in report.forecasts {
      let choice = forecast.selection.map { " by \($0.chosen), chosen by back-test" } ?? ""
      let source =
        (forecast.group.map { "group \($0)" } ?? "\(forecast.fittedRuns.count) runs") + choice
      if let curve = forecast.curve, let loss = curve.predicted.last, let lower = curve.lower.last,
        let upper = curve.upper.last
      {
        lines.append(
          "forecast from \(source), \(forecast.schedule): final loss \(NumberFormat.loss(loss)), "
            + "\(NumberFormat.significant(100 * report.level, digits: 3)) % interval "
            + "\(NumberFormat.loss(lower)) to \(NumberFormat.loss(upper))")
      } else {
        lines.append(
          "no forecast from \(source), \(forecast.schedule): \(forecast.refusal ?? "")")
      }
    }
    lines.append("written: \(written.joined(separator: ", "))")
    return lines.joined(separator: "\n\n")
  }
}

// MARK: Formats

extension ReportCommand {
  /// A format that reports are written in.
  private enum Format: String, CaseIterable {
    case html, md, csv, json

    func render(_ report: BatchReport) throws -> String {
      switch self {
      case .html: HTMLReport.render(report)
      case .md: MarkdownReport.render(report)
      case .csv: CSVReport.render(report)
      case .json: try JSONReport.render(report)
      }
    }
  }

  /// The formats asked for; without --format the one of the output's ending, else HTML.
  private func formats() throws -> [Format] {
    guard let format else { return [endingFormat ?? .html] }
    return try format.split(separator: ",").map { name in
      guard let known = Format(rawValue: name.trimmingCharacters(in: .whitespaces)) else {
        throw ValidationError("There is no format '\(name)'; choose from html, md, csv, json.")
      }
      return known
    }
  }

  /// The format that the output's ending names.
  private var endingFormat: Format? {
    Format(rawValue: URL(fileURLWithPath: output).pathExtension.lowercased())
  }

  /// The output for its own format, or for the only one; else the output with another ending.
  private func path(for format: Format) -> String {
    guard let endingFormat else {
      return self.format == nil ? output : "\(output).\(format.rawValue)"
    }
    guard format != endingFormat else { return output }
    return output.dropLast(endingFormat.rawValue.count) + format.rawValue
  }
}
