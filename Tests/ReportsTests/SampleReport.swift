import Forecasting
import TestSupport

/// Reports of made-up runs whose losses fall as a power of the step.
enum SampleReport {
  /// Texts that break pages, tables and spreadsheets which do not escape.
  static let hostileTexts = [
    "</script><img src=x onerror=alert(1)>", "\"quoted\" 'twice' & `more`",
    "\u{202E}right to left\u{200F}", String(repeating: "very_long_name_", count: 60), "",
    "a|b\\c", "line\nbreak\u{2028}and\u{2029}more", "=HYPERLINK(\"http://x\")", "<!--", "]]>",
    "nul\u{0}bell\u{7}",
  ]

  /// A report with a run for each name, one forecast given and one refused, and one failure.
  static func make(_ names: [String], seed: UInt64 = 1) -> BatchReport {
    var generator = SeededGenerator(seed: seed)
    let runs = names.map { run($0, &generator) }
    let forecasts = [forecast("wsd(peak=1e-3)", names, nil), forecast("cosine", [], "No decay.")]
    return BatchReport(
      title: "Samples", runs: runs, forecasts: forecasts,
      failures: [.init(file: "logs/broken.csv", reason: "It has no loss column.")], level: 0.9)
  }

  /// A run of 100 rows.
  static func run(_ name: String, _ generator: inout SeededGenerator) -> RunReport {
    let steps = (1...100).map { Double($0) * 50 }
    let curve = steps.map { 1.5 + 20 * (1 / $0).squareRoot() }
    let losses = curve.map { $0 + Double.random(in: -0.01...0.01, using: &generator) }
    return RunReport(
      name: name, file: "logs/\(name).csv", group: nil, lossName: "val_loss",
      schedule: "cosine(total=5000)", rows: 100,
      finalLoss: .init(step: 5000, loss: losses[99]),
      bestLoss: .init(step: 5000, loss: losses[99]), tokens: 5e6, law: "sum",
      parameters: parameters,
      metrics: FitMetrics(
        r2: 0.99, mae: 0.005, rmse: 0.006, meanRelativeError: 0.0031, worstRelativeError: 0.01,
        bias: -0.0001, coverage: .init(level: 0.9, fraction: 0.91)),
      observed: .init(steps: steps, values: losses), fitted: predicted(steps, curve),
      learningRate: .init(steps: steps, values: steps.map { 1e-3 * (1 - $0 / 5000) }),
      warnings: ["Two rows repeat a step; the later one is used."],
      metadata: [.init(name: "seed", value: "0")])
  }

  /// A parameter of each kind.
  static let parameters = [
    FittedParameter(
      name: "L0", value: 2.62834, standardError: 0.0041, lower: 2.6216, upper: 2.6351,
      role: .linear),
    FittedParameter(name: "alpha", value: 0.5, role: .fixed),
    FittedParameter(name: "C", value: nil, role: .unidentified),
  ]

  private static func forecast(
    _ schedule: String, _ names: [String], _ refusal: String?
  ) -> ScheduleForecast {
    let steps = (1...50).map { Double($0) * 200 }
    return ScheduleForecast(
      schedule: schedule, group: nil, fittedRuns: names, law: "sum", parameters: parameters,
      curve: refusal == nil ? predicted(steps, steps.map { 1.4 + 20 / $0.squareRoot() }) : nil,
      learningRate: .init(steps: steps, values: steps.map { 1e-3 * (1 - $0 / 10000) }),
      refusal: refusal, warnings: [])
  }

  private static func predicted(_ steps: [Double], _ losses: [Double]) -> PredictedCurve {
    PredictedCurve(
      steps: steps, predicted: losses, lower: losses.map { $0 - 0.02 },
      upper: losses.map { $0 + 0.02 })
  }
}
