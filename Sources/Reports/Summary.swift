import Forecasting

/// A report's news as plain sentences.
enum Summary {
  /// How many runs and failures there are, and which run ended best.
  static func sentences(_ report: BatchReport) -> [String] {
    var sentences = [counted(report.runs.count, "run") + " read."]
    if let best = report.runs.first {
      let steps = NumberText.count(best.finalLoss.step)
      let loss = NumberText.loss(best.finalLoss.loss)
      sentences.append(
        report.runs.count == 1
          ? "\(Markup.plainName(best.name)) ended at a loss of \(loss) nats after \(steps) steps."
          : "The best, \(Markup.plainName(best.name)), ended at a loss of \(loss) nats "
            + "after \(steps) steps.")
    }
    if !report.failures.isEmpty {
      let count = report.failures.count
      sentences.append("\(counted(count, "input")) could not be used.")
    }
    return sentences
  }

  /// A forecast in one line.
  static func line(_ forecast: ScheduleForecast, level: Double) -> String {
    let group = forecast.group.map { " (\(Markup.plainName($0)))" } ?? ""
    let subject = Markup.plainName(forecast.schedule) + group
    guard let end = FinalForecast(forecast) else {
      return "\(subject): refused. \(forecast.refusal ?? "It has no curve.")"
    }
    let steps = NumberText.count(end.step)
    return "\(subject): final loss \(end.text(level: level)) after \(steps) steps."
  }

  /// `1 run`, `2 runs`.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// The end of a forecast.
struct FinalForecast {
  /// The last step.
  let step: Double
  /// The loss there.
  let loss: Double
  /// The lower end of its interval.
  let lower: Double?
  /// The upper end of its interval.
  let upper: Double?

  /// The end of a forecast that was given.
  init?(_ forecast: ScheduleForecast) {
    guard let curve = forecast.curve else { return nil }
    self.init(curve)
  }

  /// The end of a curve; nil without a finite loss.
  init?(_ curve: PredictedCurve) {
    guard
      let index = curve.steps.indices.last(where: {
        $0 < curve.predicted.count && curve.steps[$0].isFinite && curve.predicted[$0].isFinite
      })
    else { return nil }
    step = curve.steps[index]
    loss = curve.predicted[index]
    lower = index < curve.lower.count && curve.lower[index].isFinite ? curve.lower[index] : nil
    upper = index < curve.upper.count && curve.upper[index].isFinite ? curve.upper[index] : nil
  }

  /// `90% interval 2.4050 to 2.4205`; nil without an interval.
  func interval(level: Double) -> String? {
    guard let lower, let upper else { return nil }
    return "\(NumberText.percent(level)) interval "
      + "\(NumberText.loss(lower)) to \(NumberText.loss(upper))"
  }

  /// The loss with its interval.
  func text(level: Double) -> String {
    let text = NumberText.loss(loss)
    return interval(level: level).map { "\(text) (\($0))" } ?? text
  }
}
