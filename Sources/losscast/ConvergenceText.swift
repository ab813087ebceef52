import Forecasting
import Foundation

/// What growing prefixes say, in words.
enum ConvergenceText {
  /// The table of levels and the verdict.
  static func text(of report: ConvergenceReport) -> String {
    var table = TextTable([
      ">STEP", ">ROWS", ">ASYMPTOTE", ">PER DOUBLING", ">FORECAST OF \(report.final.step)",
      ">PROXIMITY", "",
    ])
    for (index, level) in report.levels.enumerated() {
      table.add([
        "\(level.step)", "\(level.rows)", NumberFormat.loss(level.asymptote),
        level.change.map { String(format: "%+.4f", $0) } ?? "–",
        NumberFormat.loss(level.forecast), level.proximity.map(NumberFormat.loss) ?? "–",
        index == report.convergenceLevel
          ? "converged" : index == report.predictionLevel ? "predictive" : "",
      ])
    }
    let start = report.transientEnd.map {
      ", from step \($0) on: the rows before do not follow the law"
    }
    return """
      \(report.run): \(report.law) law, growing prefixes\(start ?? "")

      \(table.text)

      \(verdict(on: report).joined(separator: "\n"))
      """
  }

  /// The verdict, a sentence a line.
  static func verdict(on report: ConvergenceReport) -> [String] {
    let steady = "\(number(report.steadiness)) nats for each doubling of the steps"
    guard let level = report.predictionLevel else {
      return [
        report.levels.count <= report.lookAhead
          ? "There are too few prefixes to say whether the asymptote is steady: "
            + "\(report.levels.count), and a look-ahead of \(report.lookAhead) needs one more."
          : "The asymptote is not steady yet: nowhere does it move by at most \(steady) over "
            + "\(report.lookAhead) further prefixes. Do not rely on forecasts from this law and run."
      ]
    }
    let prediction = report.levels[level]
    let known = report.levels[level + report.lookAhead]
    let error = (prediction.forecast - report.final.actual) / report.final.actual
    let first =
      "From step \(prediction.step) on the asymptote moves by at most \(steady), which is known at "
      + "step \(known.step)."
    let second =
      "The forecast from step \(prediction.step) is off by "
      + String(format: "%+.2f %%", 100 * error) + " at the last row, "
      + "\(NumberFormat.loss(report.final.actual)) at step \(report.final.step)."
    guard let converged = report.convergenceLevel.map({ report.levels[$0] }) else {
      return [
        first, second,
        "Not converged: where a curve last crosses the one before, it is still more than "
          + "\(number(report.threshold)) nats above its asymptote.",
      ]
    }
    return [
      first, second,
      "Converged at step \(converged.step): beyond step "
        + "\(NumberFormat.step(converged.crossing ?? 0)) its curve is within "
        + "\(number(report.threshold)) nats of its asymptote, \(NumberFormat.loss(converged.asymptote)).",
    ]
  }

  private static func number(_ value: Double) -> String {
    NumberFormat.significant(value, digits: 3)
  }
}
