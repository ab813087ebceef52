import Forecasting
import Reports
import ScalingLaws
import Schedules

/// A forecast of a run of a given size and length by a law that needs no learning rate.
struct RunForecast {
  let law: String
  let level: Double
  let run: Run
  let warnings: [String]

  /// What is forecast, and the forecast.
  struct Run: Encodable {
    var parameters: Double?
    var tokens: Double?
    var uniqueTokens: Double?
    var steps: Int?
    var predicted: Double
    var lower: Double
    var upper: Double
  }

  private struct Document: Encodable {
    var law: String
    var level: Double
    var run: Run
    var warnings: [String]
  }

  /// Forecasts the run; `facts` go before what the model's runs have in common.
  init(
    steps: Int?, tokens: Double?, facts: RunFacts, level: Double, forecaster: Forecaster
  ) throws {
    let law = forecaster.law
    let position = steps ?? 1
    var facts = facts
    if let tokens { facts.tokensPerStep = tokens / Double(position) }
    facts = facts.completed(by: forecaster.commonFacts)
    try RunForecast.check(law, steps: steps, tokens: tokens, facts: facts)
    do {
      let curve = try forecaster.forecast(at: [position], path: nil, facts: facts, level: level)
      run = Run(
        parameters: facts.modelSize,
        tokens: tokens ?? (steps == nil ? nil : facts.tokensPerStep.map { $0 * Double(position) }),
        uniqueTokens: law.inputs.contains(.uniqueTokens) ? facts.uniqueTokens : nil, steps: steps,
        predicted: curve.predicted[0], lower: curve.lower[0], upper: curve.upper[0])
    } catch {
      throw CommandFailure(.unusableData, error.description)
    }
    self.law = law.name
    self.level = level
    warnings = forecaster.warnings(lastPosition: position, path: nil, facts: facts)
  }

  /// Checks that the law needs no more than is given.
  private static func check(
    _ law: any LossLaw, steps: Int?, tokens: Double?, facts: RunFacts
  ) throws {
    func fail(_ need: String) -> CommandFailure {
      CommandFailure(.usage, "the law '\(law.name)' needs \(need)")
    }
    if law.inputs.contains(.learningRate) {
      throw fail("a learning rate: give the schedule to forecast with --schedule")
    }
    if law.inputs.contains(.modelSize), facts.modelSize == nil {
      throw fail("the model's parameters: give them with --parameters")
    }
    if law.inputs.contains(.uniqueTokens), facts.uniqueTokens == nil {
      throw fail("the distinct tokens of the training data: give them with --unique-tokens")
    }
    if law.inputs.contains(.tokens) {
      guard tokens != nil || steps != nil && facts.tokensPerStep != nil else {
        throw fail("the tokens seen: give them with --tokens")
      }
    } else if steps == nil {
      throw fail("the updates done: give them with --steps")
    }
  }

  func print(to options: OutputOptions) throws {
    let console = options.console
    for warning in warnings { console.warn(warning) }
    guard !options.json else {
      return console.result(
        try JSONText.render(Document(law: law, level: level, run: run, warnings: warnings)))
    }
    let percent = NumberFormat.significant(100 * level, digits: 3)
    let known: [(String, String?)] = [
      (">PARAMETERS", run.parameters.map { NumberFormat.significant($0) }),
      (">TOKENS", run.tokens.map { NumberFormat.significant($0) }),
      (">UNIQUE TOKENS", run.uniqueTokens.map { NumberFormat.significant($0) }),
      (">STEPS", run.steps.map(String.init)),
    ]
    let shown = known.compactMap { title, text in text.map { (title, $0) } }
    var table = TextTable(shown.map(\.0) + [">LOSS", ">\(percent) % INTERVAL"])
    table.add(
      shown.map(\.1) + [
        NumberFormat.loss(run.predicted),
        "\(NumberFormat.loss(run.lower)) to \(NumberFormat.loss(run.upper))",
      ])
    console.result(table.text)
  }
}
