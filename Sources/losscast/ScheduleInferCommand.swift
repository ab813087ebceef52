import ArgumentParser
import Forecasting
import Reports
import Schedules
import TrainingLogs

/// Recovers the schedule of runs from their logs.
struct ScheduleInferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer",
    abstract: "Recover the schedule of a run from its log.",
    discussion: """
      The logged learning rates are explained by phases of the schedule language; the result says \
      how exactly. Without such a column the loss, and names, only hint at the schedule: the result \
      then says what is known, and the option --schedule confirms it.

      EXAMPLES:
        losscast schedule infer run.csv
        losscast schedule infer runs/ --json
        losscast schedule infer run.csv --lr lr_group_1
      """)

  @Argument(help: "Logs: files, directories, patterns, or - for standard input.")
  var logs: [String]

  @OptionGroup var columns: ColumnOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var document = Document()
    var failures: [FailedInput] = []
    var isMissing = false
    var choice = columns.choice
    choice.needsLoss = false
    for path in logs {
      do throws(LogError) {
        for source in try LogSearch.sources(for: [path]) {
          do throws(LogError) {
            let reading = try LogReader.read(source, columns: choice, hashing: false)
            for entry in reading.entries {
              let rates = entry.run.series.first { $0.role == .learningRate }?.name
              let summary = entry.summaries.first { $0.name == rates && rates != nil }
              document.runs.append(
                RunSchedule(entry.run, nonFiniteRates: summary?.nonFinite ?? 0))
            }
          } catch {
            failures.append(FailedInput(file: error.file, reason: error.reason))
          }
        }
      } catch {
        failures.append(FailedInput(file: error.file, reason: error.reason))
        isMissing = isMissing || error.isMissingInput
      }
    }
    document.failures = failures
    if output.json {
      output.console.result(try JSONText.render(document))
    } else {
      output.console.result(document.runs.map(\.text).joined(separator: "\n"))
    }
    for failure in failures { Console.fail("\(failure.file): \(failure.reason)") }
    if document.runs.allSatisfy({ !$0.isKnown }) {
      guard document.runs.isEmpty else {
        throw CommandFailure(.unusableData, "no schedule can be told from these logs")
      }
      throw ExitCode((isMissing ? CommandFailure.Code.inputNotFound : .unusableData).rawValue)
    }
    if !failures.isEmpty { throw ExitCode(CommandFailure.Code.partial.rawValue) }
  }

  private struct Document: Encodable {
    var runs: [RunSchedule] = []
    var failures: [FailedInput] = []
  }
}
