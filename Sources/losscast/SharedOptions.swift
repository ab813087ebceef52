import ArgumentParser
import Forecasting
import Foundation
import ScalingLaws
import Schedules
import TrainingLogs

/// How results are printed.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the result as JSON.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print no warnings and no progress.")
  var quiet = false

  var console: Console { Console(isQuiet: quiet) }
}

/// Which columns of logs are used.
struct ColumnOptions: ParsableArguments {
  @Option(help: "The loss column, when its name does not tell.")
  var loss: String?

  @Option(help: "The step column, when its name does not tell.")
  var step: String?

  @Option(help: "The learning-rate column, when its name does not tell.")
  var lr: String?

  @Flag(help: "Leave losses in bits and perplexities as they are, instead of making them nats.")
  var keepUnits = false

  var choice: ColumnChoice {
    ColumnChoice(step: step, loss: loss, learningRate: lr, convertsUnits: !keepUnits)
  }
}

/// Which columns and rows of logs are used.
struct SelectionOptions: ParsableArguments {
  @Option(help: "A manifest: CSV with run,file and more; paths relative to it.")
  var runs: String?

  @OptionGroup var columns: ColumnOptions

  @Option(
    help: ArgumentHelp(
      "The log starts after a linear warm-up of so many steps that it does not show.",
      valueName: "steps"))
  var warmupSteps: Int?

  @Option(
    help: ArgumentHelp(
      "How the first warm-up counts: actual rates, as if at the peak, or full with its rises.",
      valueName: "actual|peak|full"), transform: SelectionOptions.warmupArea)
  var warmupArea: WarmupArea?

  @Option(help: ArgumentHelp("The first step to use.", valueName: "step"))
  var from: Double?

  @Option(help: ArgumentHelp("The last step to use.", valueName: "step"))
  var to: Double?

  @OptionGroup var keeping: KeepOptions

  /// Whether early rows that do not follow the law are kept.
  var keepEarly: Bool { keeping.keepsEarly }

  func validate() throws {
    if let warmupSteps, warmupSteps < 0 {
      throw ValidationError("--warmup-steps must not be negative, but is \(warmupSteps).")
    }
    if let from, let to, from > to {
      throw ValidationError("--from \(from) is after --to \(to).")
    }
  }

  static func warmupArea(_ text: String) throws -> WarmupArea {
    guard let area = WarmupArea(rawValue: text) else {
      throw ValidationError(
        "There is no warm-up convention '\(text)'; choose actual, peak or full.")
    }
    return area
  }

  /// An option that was given and only makes sense for logs; nil when none was.
  var optionOfLogs: String? {
    let given: [(String, Bool)] = [
      ("--step", columns.step != nil), ("--lr", columns.lr != nil),
      ("--warmup-steps", warmupSteps != nil), ("--warmup-area", warmupArea != nil),
      ("--from", from != nil), ("--to", to != nil), ("--keep-early", keeping.keepEarly),
      ("--keep", !keeping.keep.isEmpty),
    ]
    return given.first { $0.1 }?.0
  }

  /// The selection as the user gave it.
  func selection() -> RowSelection {
    RowSelection(
      from: from, to: to, warmupSteps: warmupSteps, warmup: warmupArea ?? .actual,
      kept: keeping.kinds)
  }

  /// The selection, with a model's conventions for what the user did not say.
  func selection(following model: FittedLaw) -> RowSelection {
    RowSelection(
      from: from ?? (keeping.keepsEarly ? nil : model.transientEnd.map(Double.init)), to: to,
      warmupSteps: warmupSteps, warmup: warmupArea ?? model.warmup.area,
      kept: keeping.kinds)
  }
}

/// What is known of runs besides their learning rate.
struct FactOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The model's parameters, N, of every run.", valueName: "count"))
  var parameters: Double?

  @Option(help: ArgumentHelp("The tokens of one update of every run.", valueName: "count"))
  var tokensPerStep: Double?

  @Option(
    help: ArgumentHelp(
      "The distinct tokens of the training data, U; beyond them data are repeated.",
      valueName: "count"))
  var uniqueTokens: Double?

  @Option(
    help: ArgumentHelp(
      "The last step before training went on with other data.", valueName: "step"))
  var switchStep: Int?

  func validate() throws {
    let numbers = [
      ("--parameters", parameters), ("--tokens-per-step", tokensPerStep),
      ("--unique-tokens", uniqueTokens), ("--switch-step", switchStep.map(Double.init)),
    ]
    for (name, value) in numbers {
      if let value, !(value > 0 && value.isFinite) {
        throw ValidationError("\(name) must be positive, but is \(value).")
      }
    }
    if let switchStep, switchStep > 1_000_000_000_000_000 {
      throw ValidationError("--switch-step must be at most 10^15, but is \(switchStep).")
    }
  }

  var facts: RunFacts {
    RunFacts(
      modelSize: parameters, tokensPerStep: tokensPerStep, uniqueTokens: uniqueTokens,
      switchStep: switchStep)
  }
}

/// What is fitted and how.
struct FittingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The law; 'losscast laws' lists them. The name auto is the one that forecasts runs left out "
        + "best. Without it the noise-floor law, or power-steps for logs without a learning rate.",
      valueName: "name"))
  var law: String?

  @Option(
    help: ArgumentHelp(
      "The laws that --law auto chooses from; of equally good ones it takes the first named. "
        + "Without it the usual ones.", valueName: "name,name,…"))
  var candidates: String?

  @Option(
    help: ArgumentHelp(
      "The learning-rate schedule of logs that have none, as in 'peak=3e-4,warmup:500,stable:9500'.",
      valueName: "expression"))
  var schedule: String?

  @Option(
    name: .customLong("fix"),
    help: ArgumentHelp("Hold a parameter, as in lambda=0.999.", valueName: "name=value"))
  var fixed: [String] = []

  @Flag(help: "Take nothing as known of parameters before the fit, where a law has such priors.")
  var noPriors = false

  @Option(
    help: ArgumentHelp(
      "What is minimised: huber-log, soft-l1 (both on log losses), least-squares, or log1p (squares "
        + "of log(1 + loss))."))
  var objective = "huber-log"

  @Option(help: "The width of huber-log and soft-l1, in log loss.")
  var delta = 1e-3

  @Option(help: "The level of intervals.")
  var level = 0.9

  func validate() throws {
    guard level > 0, level < 1 else {
      throw ValidationError("--level must lie between 0 and 1, but is \(level).")
    }
    guard delta > 0, delta.isFinite else {
      throw ValidationError("--delta must be positive, but is \(delta).")
    }
    _ = try chosenObjective()
    _ = try chosenLaw()
    _ = try lawCandidates()
    _ = try fixedParameters()
    guard law == FittingOptions.auto || candidates == nil else {
      throw ValidationError("--candidates are those of --law auto; name no other law.")
    }
    guard law != FittingOptions.auto || fixed.isEmpty else {
      throw ValidationError("--fix holds a parameter of one law; name it with --law.")
    }
  }

  func chosenObjective() throws -> FitObjective {
    guard let chosen = FitObjective(name: objective, width: delta) else {
      throw ValidationError(
        "There is no objective '\(objective)'; choose huber-log, soft-l1, least-squares or log1p.")
    }
    return chosen
  }

  /// The law asked for; nil when the data decide.
  func chosenLaw() throws -> (any LossLaw)? {
    guard law != FittingOptions.auto else { return nil }
    return try law.map(FittingOptions.law(named:))
  }

  /// The name of the choice by back-test.
  static let auto = "auto"

  /// The laws to choose among by back-test; nil when the law is not to be chosen so.
  func lawCandidates() throws -> LawCandidates? {
    let named = try FittingOptions.candidates(named: candidates)
    return law == FittingOptions.auto ? named : nil
  }

  /// The candidates of a list of names; the usual ones without a list.
  static func candidates(named list: String?) throws -> LawCandidates {
    guard let list else { return LawCandidates() }
    let laws = try list.split(separator: ",").map { name in
      try FittingOptions.law(named: name.trimmingCharacters(in: .whitespaces))
    }
    if laws.isEmpty { throw ValidationError("--candidates names no law.") }
    return LawCandidates(laws)
  }

  /// The law of that name.
  static func law(named name: String) throws -> any LossLaw {
    guard let known = LawCatalogue.law(named: name) else {
      let names = LawCatalogue.all.map(\.name)
      let nearest = NearestName.find(name, in: names).map { " Did you mean '\($0)'?" } ?? ""
      throw ValidationError(
        "There is no law '\(name)'; there are \(names.joined(separator: ", ")).\(nearest)")
    }
    return known
  }

  func fixedParameters() throws -> [String: Double] {
    try FittingOptions.values(ofFixed: fixed)
  }

  /// The values of options --fix NAME=NUMBER, by name.
  static func values(ofFixed fixed: [String]) throws -> [String: Double] {
    var result: [String: Double] = [:]
    for text in fixed {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let value = Double(parts[1]), value.isFinite else {
        throw ValidationError("--fix takes NAME=NUMBER, as in lambda=0.999, but got '\(text)'.")
      }
      result[String(parts[0])] = value
    }
    return result
  }

  /// The analysis that these options describe.
  func analysis(keepEarly: Bool) throws -> BatchAnalysis {
    BatchAnalysis(
      law: try chosenLaw(), candidates: try lawCandidates(), objective: try chosenObjective(),
      fixed: try fixedParameters(), usesPriors: !noPriors, level: level,
      leavesOutTransient: !keepEarly)
  }

  /// The parsed schedule; nil when none is given.
  func parsedSchedule() throws -> Schedule? {
    try schedule.map { try ScheduleArgument.parse($0) }
  }
}
