import ArgumentParser
import Forecasting
import Reports
import TrainingLogs

/// Shows what a log holds, before anything is fitted.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what logs hold: columns and their roles, rows, ranges, problems.",
    discussion: """
      EXAMPLES:
        losscast inspect run.csv
        losscast inspect runs/ --json
        losscast inspect train.log --why
      """)

  @Argument(help: "Logs: files, directories, patterns, or - for standard input.")
  var logs: [String]

  @Flag(help: "Say why each file was read as the format that it was.")
  var why = false

  @OptionGroup var columns: ColumnOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var document = Document()
    var choice = columns.choice
    choice.judgesAllFormats = why
    var failures: [LogError] = []
    for path in logs {
      do throws(LogError) {
        for source in try LogSearch.sources(for: [path]) {
          do throws(LogError) {
            let reading = try LogReader.read(
              source, columns: choice, hashing: false)
            document.files.append(Document.File(reading, why: why))
            if !output.json { output.console.result(text(of: reading)) }
          } catch {
            failures.append(error)
          }
        }
      } catch {
        failures.append(error)
      }
    }
    document.failures = failures.map { FailedInput(file: $0.file, reason: $0.reason) }
    if output.json { output.console.result(try JSONText.render(document)) }
    guard !failures.isEmpty else { return }
    for failure in failures { Console.fail(failure.description) }
    guard !document.files.isEmpty else {
      throw ExitCode(
        (failures.contains(where: \.isMissingInput)
          ? CommandFailure.Code.inputNotFound : .unusableData).rawValue)
    }
    throw ExitCode(CommandFailure.Code.partial.rawValue)
  }

  private func text(of reading: LogReading) -> String {
    var lines = ["\(reading.file)  (\(reading.format))"]
    if why { lines.append(whyText(reading.choice)) }
    let isShared = Set(reading.entries.map(\.summaries)).count == 1
    for (number, entry) in reading.entries.enumerated() {
      lines.append(runText(entry))
      if !isShared || number == reading.entries.count - 1 {
        lines.append(seriesText(entry.summaries))
      }
    }
    if !reading.issues.isEmpty {
      lines.append("issues:")
      lines += reading.issues.map { "  \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func runText(_ entry: LogReading.Entry) -> String {
    let run = entry.run
    let range = run.steps.first.map {
      ", \(run.stepUnit.rawValue) \(NumberFormat.step($0))–"
        + NumberFormat.step(run.steps.last ?? $0)
    }
    let text =
      "run \(run.name): \(entry.rows) rows\(range ?? ""), fits column '\(run.lossName)'"
    var lines = [text]
    if let inferred = RunSchedule.logged(by: run), let schedule = inferred.schedule {
      lines.append("schedule: \(schedule)\(inferred.exact == true ? "" : "  (not exact)")")
    }
    lines += CleaningFinding.found(in: run).remarks.map { "cleaning: \($0)" }
    return lines.joined(separator: "\n")
  }

  private func seriesText(_ summaries: [SeriesSummary]) -> String {
    var table = TextTable([
      "COLUMN", "ROLE", ">VALUES", ">FIRST", ">LAST", ">NON-FINITE", ">REPEATED", ">BACK",
    ])
    for summary in summaries {
      table.add([
        summary.name, summary.role.rawValue, "\(summary.count)",
        summary.first?.value.map { NumberFormat.significant($0) } ?? "–",
        summary.last?.value.map { NumberFormat.significant($0) } ?? "–",
        "\(summary.nonFinite)", "\(summary.duplicateSteps)", "\(summary.stepsBackwards)",
      ])
    }
    return table.text
  }

  /// What was seen of each format; those of which there is nothing share a line.
  private func whyText(_ choice: FormatChoice) -> String {
    let seen = choice.candidates.filter { $0.isChosen || $0.reason != FormatChoice.nothing }
    var lines = seen.map {
      "  \($0.isChosen ? "→" : " ") \($0.format)"
        + ($0.title.map { title in " (\(title))" } ?? "") + ": \($0.reason)"
    }
    let others = choice.candidates.filter { !$0.isChosen && $0.reason == FormatChoice.nothing }
    if !others.isEmpty {
      lines.append("    nothing of: \(others.map(\.format).joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }

  private struct Document: Encodable {
    var files: [File] = []
    var failures: [FailedInput] = []

    struct File: Encodable {
      var file: String
      var format: String
      var runs: [RunSummary]
      var issues: [Issue]
      /// Why the format was chosen; nil unless asked for.
      var why: [Reason]?

      init(_ reading: LogReading, why: Bool) {
        file = reading.file
        format = reading.format
        runs = reading.entries.map {
          RunSummary(
            run: $0.run.name, rows: $0.rows, loss: $0.run.lossName, stepUnit: $0.run.stepUnit,
            points: $0.run.steps.count,
            steps: [$0.run.steps.first, $0.run.steps.last].compactMap { $0 },
            series: $0.summaries, schedule: RunSchedule.logged(by: $0.run)?.schedule,
            cleaning: CleaningFinding.found(in: $0.run), metadata: $0.run.metadata)
        }
        issues = reading.issues.map {
          Issue(line: $0.line, column: $0.column, code: $0.code, message: $0.message)
        }
        guard why else { return }
        self.why = reading.choice.candidates.map {
          Reason(
            format: $0.format, title: $0.title, reason: $0.reason, chosen: $0.isChosen)
        }
      }
    }

    struct RunSummary: Encodable {
      var run: String
      var rows: Int
      /// The column that is fitted.
      var loss: String
      /// What the steps count.
      var stepUnit: StepUnit
      /// Rows after restarts were resolved.
      var points: Int
      /// The first and the last step of these.
      var steps: [Double]
      var series: [SeriesSummary]
      /// The expression of the logged learning rates; nil when there are none.
      var schedule: String?
      /// What a fit would find to clean.
      var cleaning: [CleaningFinding]
      /// What the log says of the run besides: settings, results.
      var metadata: [Run.Fact]

      private enum CodingKeys: CodingKey {
        case run, rows, loss, stepUnit, points, steps, series, schedule, cleaning, metadata
      }

      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run, forKey: .run)
        try container.encode(rows, forKey: .rows)
        try container.encode(loss, forKey: .loss)
        try container.encode(stepUnit, forKey: .stepUnit)
        try container.encode(points, forKey: .points)
        try container.encode(steps, forKey: .steps)
        try container.encode(series, forKey: .series)
        // Only what logged rates say: hints of names and losses are no schedule.
        try container.encode(schedule, forKey: .schedule)
        try container.encode(cleaning, forKey: .cleaning)
        try container.encode(metadata, forKey: .metadata)
      }
    }

    struct Reason: Encodable {
      var format: String
      var title: String?
      var reason: String
      var chosen: Bool
    }

    struct Issue: Encodable {
      var line: Int
      var column: Int
      var code: LogIssue.Code
      var message: String
    }
  }
}
