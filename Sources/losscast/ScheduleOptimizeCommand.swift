import ArgumentParser
import Forecasting
import Foundation
import Reports
import ScalingLaws
import Schedules

/// Finds the schedule of the least forecast loss.
struct ScheduleOptimizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize",
    abstract: "Find the schedule with the least forecast loss at its last step.",
    discussion: """
      After the warm-up the rate does not rise and stays between --min and --peak. The best \
      schedule is compared with the best of each usual family and with your own.

      EXAMPLES:
        losscast schedule optimize model.json --total 24000
        losscast schedule optimize model.json \\
          --schedule 'peak=1e-3,warmup:150,stable:9600,decay:2400'
        losscast schedule optimize model.json --total 50k -o best.csv --svg best.svg
      """)

  @Argument(help: "The model file that losscast fit wrote.")
  var model: String

  @Option(
    help: ArgumentHelp(
      "The last step; without it that of --schedule.", valueName: "steps"),
    transform: ScheduleOptimizeCommand.steps)
  var total: Int?

  @Option(
    help: ArgumentHelp(
      "The peak learning rate; without it that of --schedule, or the largest fitted.",
      valueName: "rate"))
  var peak: Double?

  @Flag(
    help: "Search among rates that do not rise after the warm-up: always on, for want of another.")
  var monotone = false

  @Option(help: ArgumentHelp("The least learning rate after the warm-up.", valueName: "rate"))
  var min: Double = 0

  @Option(
    help: ArgumentHelp(
      "The steps of the warm-up; without it those of --schedule, or of the runs fitted.",
      valueName: "steps"),
    transform: ScheduleOptimizeCommand.steps)
  var warmup: Int?

  @Option(
    help: ArgumentHelp(
      "Your schedule, to compare with, or a file that holds one.", valueName: "expression|file"))
  var schedule: String?

  @Option(help: "The level of intervals.")
  var level = 0.9

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "Write the learning rate of every step to this file.", valueName: "schedule.csv"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Draw the schedules to this SVG or PNG file.", valueName: "file.svg|file.png"))
  var svg: String?

  @OptionGroup var factOptions: FactOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard level > 0, level < 1 else {
      throw ValidationError("--level must lie between 0 and 1, but is \(level).")
    }
    guard total != nil || schedule != nil else {
      throw ValidationError(
        "Give the last step with --total, or your own schedule with --schedule.")
    }
  }

  /// A number of steps as schedules write it: 24000 or 24k.
  private static func steps(_ text: String) throws -> Int {
    let thousands = text.hasSuffix("k")
    guard let number = Double(thousands ? String(text.dropLast()) : text),
      let steps = Int(exactly: thousands ? number * 1000 : number), steps >= 0
    else {
      throw ValidationError("steps are a whole number such as 24000 or 24k, but '\(text)' is not")
    }
    return steps
  }

  func run() throws {
    if let output { try OutputFile.check(output) }
    if let svg { try PictureFile.check(svg) }
    let forecaster = try ModelFile.read(model)
    let own = try schedule.map(ScheduleArgument.parse)
    let limits = try limits(for: forecaster.model, own: own)
    let comparison: ScheduleComparison
    do {
      comparison = try forecaster.compareSchedules(
        within: limits, own: own, facts: factOptions.facts, level: level)
    } catch .limits(let reason) {
      throw CommandFailure(.usage, reason)
    } catch {
      throw CommandFailure(.unusableData, error.description)
    }
    let console = printing.console
    for warning in comparison.warnings { console.warn(warning) }
    if let output {
      try OutputFile.write(comparison.best.table, to: output)
      console.note("the learning rate of every step written to \(output)")
    }
    if let svg {
      try PictureFile.write(try picture(of: comparison, forecaster), to: svg)
      console.note("chart written to \(svg)")
    }
    if printing.json {
      let document = OptimizationDocument(comparison, law: forecaster.model.law, level: level)
      console.result(try JSONText.render(document))
    } else {
      console.result(OptimizationText(comparison, law: forecaster.model.law, level: level).text)
    }
  }

  /// What the schedules keep to: what is asked for, else as the user's own schedule, else as the
  /// runs fitted.
  private func limits(for model: FittedLaw, own: Schedule?) throws -> RateLimits {
    guard let total = total ?? own?.totalSteps else {
      throw CommandFailure(
        .usage, "the schedule has no end; give the last step with --total")
    }
    if let end = own?.totalSteps, end != total {
      throw CommandFailure(
        .usage,
        "--schedule ends at step \(end), but --total is \(total): schedules of different "
          + "length cannot be compared; change one of them")
    }
    guard let peak = peak ?? own?.peak ?? model.data.compactMap(\.peak).max() else {
      throw CommandFailure(
        .usage, "the model does not tell a peak learning rate; give it with --peak")
    }
    let fitted = model.data.compactMap(\.warmupSteps).max() ?? model.warmup.steps ?? 0
    do {
      return try RateLimits(
        total: total, warmup: warmup ?? own?.warmupSteps ?? fitted, peak: peak, minimum: min)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  private func picture(
    of comparison: ScheduleComparison, _ forecaster: Forecaster
  ) throws -> String {
    let total = comparison.best.limits.total
    var paths = [("best by \(forecaster.model.law)", comparison.best.path)]
    for candidate in [comparison.own ?? comparison.compact].compactMap({ $0 }) {
      guard let schedule = candidate.schedule else { continue }
      paths.append((schedule.description, schedule.path(through: total)))
    }
    let begin = Self.drawnFrom(paths.map(\.1), total: total)
    let curves = try paths.map { name, path in
      let first = Swift.min(Swift.max(forecaster.firstPosition(on: path), begin), total)
      let positions = CurveThinning.spread(first...total, limit: 400)
      let losses: PredictedCurve
      do {
        losses = try forecaster.forecast(at: positions, path: path, facts: factOptions.facts)
      } catch {
        throw CommandFailure(.unusableData, "\(error)")
      }
      let end = losses.predicted.last.map { ", last loss \(NumberFormat.loss($0))" } ?? ""
      let drawn = CurveThinning.spread(begin...total, limit: 600)
      return ScheduleComparisonChart.Curve(
        name: name + end,
        losses: ObservedCurve(steps: losses.steps, values: losses.predicted),
        rates: ObservedCurve(
          steps: drawn.map(Double.init), values: drawn.map { path.learningRate(at: $0) }))
    }
    return ScheduleComparisonChart.svg(
      title: "The best schedule of \(total) steps by \(forecaster.model.law)", curves: curves)
  }
}

extension ScheduleOptimizeCommand {
  /// The first step to draw: twice as many as there are from the first fall of a rate to the end.
  fileprivate static func drawnFrom(_ paths: [LearningRatePath], total: Int) -> Int {
    let falls = paths.compactMap { path in
      CurveThinning.spread(Swift.min(path.warmupEnd, total)...total, limit: 1200)
        .first { path.learningRate(at: $0) < 0.99 * path.peak }
    }
    return falls.min().map { Swift.max(0, total - 2 * (total - $0)) } ?? 0
  }
}

extension OptimalSchedule {
  /// Step and learning rate of every step, as a log writes them.
  fileprivate var table: String {
    var text = "step,learning_rate\n"
    for step in 0...limits.total { text += "\(step),\(path.learningRate(at: step))\n" }
    return text
  }
}
