import ArgumentParser
import Foundation
import Reports
import Schedules

/// Shows the learning rates of schedules.
struct ScheduleShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print and draw the learning rate of a schedule.",
    discussion: """
      The step is the index of an update, from 0. A schedule with from= branches off the run of \
      --log. Names of schedules are in 'losscast schedule list'.

      EXAMPLES:
        losscast schedule show 'peak=3e-4,warmup:300,stable:20000,decay:4000'
        losscast schedule show peak=3e-4,total=10k,wsd:warmup=300:1-sqrt --plot
        losscast schedule show plan.txt --at 0,1,50 --json
        losscast schedule show 'from=20000,decay:4000:1-sqrt' --log run.csv
        losscast schedule show 'peak=1,wsd:1000' 'peak=1,cosine:1000' --chart both.svg
      """)

  @Argument(help: "Schedules, or files that hold one each.")
  var schedules: [String]

  @Option(help: ArgumentHelp("Steps to show, with commas between.", valueName: "steps"))
  var at: String?

  @Option(help: ArgumentHelp("The log of the run that from= branches off.", valueName: "file"))
  var log: String?

  @Option(help: ArgumentHelp("Draw the rates to this file.", valueName: "file.svg|file.png"))
  var chart: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Draw the rates in the terminal; without it only where stdout is one.")
  var plot: Bool?

  @OptionGroup var columns: ColumnOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard !schedules.isEmpty else { throw ValidationError("Name a schedule to show.") }
  }

  func run() async throws {
    if let chart { try PictureFile.check(chart) }
    var logged: LoggedRates?
    if let log {
      logged = try await LoggedRates.read(log, columns: columns.choice, console: printing.console)
    }
    let shown = try schedules.map { text in
      try ShownSchedule(
        written: ScheduleArgument.expression(text),
        schedule: ScheduleArgument.parse(text, continuing: logged), at: try steps())
    }
    if log != nil, !shown.contains(where: { $0.schedule.branchStep != nil }) {
      printing.console.warn("no schedule has from=, so the run of --log is not used")
    }
    if let chart { try draw(shown, to: chart) }
    if printing.json {
      printing.console.result(try json(shown))
    } else {
      printing.console.result(shown.map(\.text).joined(separator: "\n\n"))
      if let plot = plotted(shown) { printing.console.result("\n" + plot) }
    }
  }

  /// The steps asked for.
  private func steps() throws -> [Int]? {
    try at?.split(separator: ",", omittingEmptySubsequences: false).map { text in
      guard let step = Int(text), step >= 0 else {
        throw CommandFailure(
          .usage, "--at takes whole steps from 0 with commas between, but got '\(text)'")
      }
      return step
    }
  }

  /// One schedule as an object; several as a list of them.
  private func json(_ shown: [ShownSchedule]) throws -> String {
    guard shown.count == 1, let only = shown.first else {
      return try JSONText.render(["schedules": shown.map(\.document)])
    }
    return try JSONText.render(only.document)
  }

  private func draw(_ shown: [ShownSchedule], to path: String) throws {
    let title = shown.count == 1 ? shown.first?.written ?? "" : "learning rates"
    try PictureFile.write(
      ScheduleChart.svg(title: title, curves: shown.map { $0.curve(points: 800) }), to: path)
    printing.console.note("chart written to \(path)")
  }

  private func plotted(_ shown: [ShownSchedule]) -> String? {
    let isTerminal = isatty(1) == 1
    guard plot ?? isTerminal else { return nil }
    let environment = ProcessInfo.processInfo.environment
    let width = Console.width
    let hasColors =
      isTerminal && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
    return LinePlot(
      shown.map { $0.curve(points: 4 * width) }, quantity: .learningRate, width: width,
      hasColors: hasColors
    ).text
  }
}
