import Forecasting
import Foundation
import Reports
import Schedules

/// A comparison of schedules for people.
struct OptimizationText {
  private let comparison: ScheduleComparison
  private let law: String
  private let percent: String

  init(_ comparison: ScheduleComparison, law: String, level: Double) {
    self.comparison = comparison
    self.law = law
    percent = NumberFormat.significant(100 * level, digits: 3)
  }

  var text: String {
    [heading, table, own, compact, limits].compactMap { $0 }.joined(separator: "\n\n")
  }

  private var heading: String {
    let limits = comparison.best.limits
    let start =
      "The best schedule of \(limits.total) steps by '\(law)': peak "
      + "\(NumberFormat.significant(limits.peak)), warm-up \(limits.warmup) steps, "
    guard let shape = comparison.shape else { return start + "and no decay." }
    return start
      + "then stable,\nthen a decay over the last "
      + String(format: "%.1f %%", 100 * shape.fraction)
      + ", about (1-x)^\(NumberFormat.significant(shape.power, digits: 3)), to "
      + "\(NumberFormat.significant(100 * shape.end, digits: 2)) % of the peak "
      + "(off by \(NumberFormat.significant(100 * shape.error, digits: 2)) % of the peak)."
  }

  private var table: String {
    var table = TextTable([
      "", ">LAST LOSS", ">ABOVE THE BEST", ">\(percent) % INTERVAL", "SCHEDULE",
    ])
    var rows = [("best", comparison.forecast)]
    if let own = comparison.own { rows.append(("yours", own)) }
    rows += comparison.families.map { ($0.name, $0) }
    if let free = comparison.bestPeak { rows.append(("best peak, poly", free)) }
    for (name, candidate) in rows {
      let above = candidate.aboveBest
      let interval = above.lower.flatMap { lower in
        above.upper.map { "\(Self.signed(lower)) to \(Self.signed($0))" }
      }
      table.add([
        name, NumberFormat.loss(candidate.loss),
        candidate.schedule == nil ? "" : Self.signed(above.difference),
        candidate.schedule == nil ? "" : interval ?? "–",
        candidate.schedule?.description ?? "the rates of -o",
      ])
    }
    return table.text
  }

  /// What the best schedule gains on the user's own, and how sure that is.
  private var own: String? {
    guard let own = comparison.own else { return nil }
    let above = own.aboveBest
    var text =
      "The best schedule is forecast to gain \(Self.signed(above.difference)) nats on yours"
    if let lower = above.lower, let upper = above.upper {
      text += " (\(percent) % interval \(Self.signed(lower)) to \(Self.signed(upper)))"
    }
    switch above.isDistinct {
    case false?: text += ": that cannot be told from no gain."
    case nil: text += "; the model has no standard errors to say how sure that is."
    default: text += "."
    }
    let others = own.byOtherLaws.sorted { $0.key < $1.key }
    if !others.isEmpty {
      let list = others.map { "\(Self.signed($0.value)) (\($0.key))" }
      text += "\nLaws as good give \(list.joined(separator: ", "))."
    }
    return text
  }

  private var compact: String? {
    comparison.compact.map {
      "In few words, \(Self.signed($0.aboveBest.difference)) nats above the best:\n"
        + "\($0.schedule.map(\.description) ?? "")"
    }
  }

  private var limits: String {
    """
    Intervals are of the fitted parameters alone. They leave out the law's own error for schedules
    unlike those fitted, and chance from run to run.
    """
  }

  private static func signed(_ value: Double) -> String { String(format: "%+.5f", value) }
}
