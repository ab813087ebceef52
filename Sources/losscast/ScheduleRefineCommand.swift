import ArgumentParser
import Reports
import Schedules
import TrainingLogs

/// Computes the next run's schedule from the gradient norms of a finished one.
struct ScheduleRefineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refine",
    abstract: "Compute a schedule from the gradient norms of a finished run.",
    discussion: """
      The schedule that the theory of last iterates gives for the norms (Defazio et al., \
      arXiv 2310.07831): a linear decay where norms stay the same, with the warm-up and the faster \
      ending that changing norms ask for. It is for a second run like the first. Norms should be \
      those before clipping.

      The expression follows the rates by straight lines; -o writes every rate.

      EXAMPLES:
        losscast schedule refine run.csv
        losscast schedule refine run.csv --optimizer sgd --total 20000 --peak 0.1
        losscast schedule refine run.csv -o next.csv
      """)

  @Argument(help: "A log with gradient norms, or - for standard input.")
  var log: String

  @Option(
    help: ArgumentHelp(
      "What the run was trained with: adam (also AdamW and its kin) or sgd.",
      valueName: "adam|sgd"), transform: ScheduleRefineCommand.optimizer)
  var optimizer: RefinedSchedule.Optimizer = .adam

  @Option(
    help: ArgumentHelp(
      "The width of the running median over the norms, as a part of the run.",
      valueName: "part"))
  var smoothing = 0.1

  @Option(
    help: ArgumentHelp("The steps of the next run; else those of the log.", valueName: "steps"))
  var total: Int?

  @Option(
    help: ArgumentHelp(
      "The highest rate; else the log's highest, or 1 without a rate.", valueName: "rate"))
  var peak: Double?

  @Option(
    help: ArgumentHelp(
      "How far the expression's lines may be off, as a part of the peak.", valueName: "part"))
  var tolerance = 0.01

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write step,learning_rate of every update as CSV.", valueName: "file"))
  var output: String?

  @OptionGroup var columns: ColumnOptions
  @OptionGroup var printing: OutputOptions

  /// The most updates that are written as CSV.
  static let mostRows = 20_000_000

  static func optimizer(_ text: String) throws -> RefinedSchedule.Optimizer {
    guard let optimizer = RefinedSchedule.Optimizer(rawValue: text) else {
      throw ValidationError("There is no optimizer '\(text)'; choose adam or sgd.")
    }
    return optimizer
  }

  func validate() throws {
    guard (0...1).contains(smoothing) else {
      throw ValidationError("--smoothing must lie between 0 and 1, but is \(smoothing).")
    }
    guard tolerance > 0, tolerance < 1 else {
      throw ValidationError("--tolerance must lie between 0 and 1, but is \(tolerance).")
    }
    if let peak, !(peak > 0 && peak.isFinite) {
      throw ValidationError("--peak must be positive, but is \(peak).")
    }
    if let total, !(1...1_000_000_000_000).contains(total) {
      throw ValidationError("--total must lie between 1 and 10^12, but is \(total).")
    }
  }

  func run() throws {
    if let output { try OutputFile.check(output) }
    let run = try readRun()
    guard let norms = run.gradientNorm else {
      throw CommandFailure(
        .unusableData,
        "\(log) has no column of gradient norms; log the norm before clipping, as grad_norm")
    }
    let refined: RefinedSchedule
    do {
      refined = try RefinedSchedule(
        steps: run.steps, norms: norms, optimizer: optimizer, smoothing: smoothing)
    } catch {
      throw CommandFailure(.unusableData, "\(log): \(error)")
    }
    let total = try total ?? length(of: run)
    let peak = peak ?? run.learningRate?.filter(\.isFinite).max().flatMap { $0 > 0 ? $0 : nil } ?? 1
    remark(on: refined, of: run, norms: norms.count)
    if let output { try write(refined, total: total, peak: peak, to: output) }
    let schedule = refined.schedule(total: total, peak: peak, tolerance: tolerance)
    if printing.json {
      printing.console.result(
        try JSONText.render(document(refined, schedule: schedule, total: total, peak: peak)))
    } else {
      printing.console.result("\(schedule)")
    }
  }

  private func readRun() throws -> Run {
    let reading: LogReading
    do throws(LogError) {
      reading = try LogReader.read(
        LogSearch.source(for: log), columns: columns.choice, hashing: false)
    } catch {
      throw CommandFailure(
        error.isMissingInput ? .inputNotFound : .unusableData, error.description)
    }
    for issue in reading.issues { printing.console.warn(issue.description) }
    guard let run = reading.entries.first?.run, reading.entries.count == 1 else {
      throw CommandFailure(
        .unusableData,
        "\(log) holds \(reading.entries.count) runs; a schedule is refined from one")
    }
    return run
  }

  private func length(of run: Run) throws -> Int {
    guard let last = run.steps.last, let total = Int(exactly: last.rounded()), total > 0 else {
      throw CommandFailure(
        .unusableData, "\(log) ends at no whole step; give the length with --total")
    }
    return total
  }

  private func remark(on refined: RefinedSchedule, of run: Run, norms: Int) {
    let console = printing.console
    if refined.rowsLeftOut > 0 {
      console.note("\(refined.rowsLeftOut) of \(norms) rows have no usable norm and are left out")
    }
    if optimizer == .adam {
      console.note(
        "the theory wants L1 norms for Adam; logs have L2 norms as a rule, which are taken for them"
      )
    }
    if peak == nil, run.learningRate == nil {
      console.note("the log has no learning rate; rates are in units of the peak (--peak)")
    }
  }

  private func write(
    _ refined: RefinedSchedule, total: Int, peak: Double, to path: String
  ) throws {
    guard total <= Self.mostRows else {
      throw CommandFailure(
        .usage, "a table of \(total) steps is too long; at most \(Self.mostRows) are written")
    }
    var text = "step,learning_rate\n"
    for step in 0..<total {
      text += "\(step),\(refined.learningRate(at: Double(step), total: total, peak: peak))\n"
    }
    try OutputFile.write(text, to: path)
  }

  private func document(
    _ refined: RefinedSchedule, schedule: Schedule, total: Int, peak: Double
  ) -> Document {
    let points = min(refined.rates.count, 400)
    let steps = (0...points).map { $0 * total / points }
    return Document(
      schedule: schedule.description, total: total, peak: peak, optimizer: optimizer.rawValue,
      rowsLeftOut: refined.rowsLeftOut, steps: steps,
      learningRates: steps.map {
        refined.learningRate(at: Double($0), total: total, peak: peak)
      })
  }

  private struct Document: Encodable {
    var schedule: String
    var total: Int
    var peak: Double
    var optimizer: String
    var rowsLeftOut: Int
    var steps: [Int]
    var learningRates: [Double]
  }
}
