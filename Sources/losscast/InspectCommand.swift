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
      """)

  @Argument(help: "Logs: files, directories, patterns, or - for standard input.")
  var logs: [String]

  @OptionGroup var columns: ColumnOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var document = Document()
    var failures: [LogError] = []
    for path in logs {
      do throws(LogError) {
        for file in try LogSearch.files(for: [path]) {
          do throws(LogError) {
            let reading = try LogReader.read(file, columns: columns.choice)
            document.files.append(Document.File(reading))
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
    for entry in reading.entries {
      let steps = entry.run.steps
      let range = steps.first.map {
        ", steps \(NumberFormat.step($0))–\(NumberFormat.step(steps.last ?? $0))"
      }
      lines.append(
        "run \(entry.run.name): \(entry.rows) rows\(range ?? ""), fits column "
          + "'\(entry.run.lossName)'")
      if let inferred = RunSchedule.logged(by: entry.run), let schedule = inferred.schedule {
        lines.append("schedule: \(schedule)\(inferred.exact == true ? "" : "  (not exact)")")
      }
      lines += CleaningFinding.found(in: entry.run).remarks.map { "cleaning: \($0)" }
      var table = TextTable([
        "COLUMN", "ROLE", ">VALUES", ">FIRST", ">LAST", ">NON-FINITE", ">REPEATED", ">BACK",
      ])
      for summary in entry.summaries {
        table.add([
          summary.name, summary.role.rawValue, "\(summary.count)",
          summary.first?.value.map { NumberFormat.significant($0) } ?? "–",
          summary.last?.value.map { NumberFormat.significant($0) } ?? "–",
          "\(summary.nonFinite)", "\(summary.duplicateSteps)", "\(summary.stepsBackwards)",
        ])
      }
      lines.append(table.text)
    }
    if !reading.issues.isEmpty {
      lines.append("issues:")
      lines += reading.issues.map { "  \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private struct Document: Encodable {
    var files: [File] = []
    var failures: [FailedInput] = []

    struct File: Encodable {
      var file: String
      var format: String
      var runs: [RunSummary]
      var issues: [Issue]

      init(_ reading: LogReading) {
        file = reading.file
        format = reading.format
        runs = reading.entries.map {
          RunSummary(
            run: $0.run.name, rows: $0.rows, series: $0.summaries,
            schedule: RunSchedule.logged(by: $0.run)?.schedule,
            cleaning: CleaningFinding.found(in: $0.run))
        }
        issues = reading.issues.map {
          Issue(line: $0.line, column: $0.column, code: $0.code, message: $0.message)
        }
      }
    }

    struct RunSummary: Encodable {
      var run: String
      var rows: Int
      var series: [SeriesSummary]
      /// The expression of the logged learning rates; nil when there are none.
      var schedule: String?
      /// What a fit would find to clean.
      var cleaning: [CleaningFinding]

      private enum CodingKeys: CodingKey { case run, rows, series, schedule, cleaning }

      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run, forKey: .run)
        try container.encode(rows, forKey: .rows)
        try container.encode(series, forKey: .series)
        // Only what logged rates say: hints of names and losses are no schedule.
        try container.encode(schedule, forKey: .schedule)
        try container.encode(cleaning, forKey: .cleaning)
      }
    }

    struct Issue: Encodable {
      var line: Int
      var column: Int
      var code: LogIssue.Code
      var message: String
    }
  }
}
