import Forecasting
import Reports
import Schedules

/// A schedule as 'schedule show' prints it.
struct ShownSchedule {
  /// What the user wrote.
  let written: String
  let schedule: ResolvedSchedule
  private let facts: ScheduleFacts?
  private let values: [Value]

  /// Prepares a schedule.
  ///
  /// `steps` are the steps to show; without them the schedule's ends and eleven steps between.
  init(written: String, schedule: ResolvedSchedule, at steps: [Int]?) {
    self.written = written
    self.schedule = schedule
    facts = schedule.facts
    let last = max(0, (schedule.totalSteps ?? 1) - 1)
    let usual = last == 0 ? [0] : (0...12).map { last / 12 * $0 + last % 12 * $0 / 12 }
    values = (steps ?? usual).map { Value(step: $0, learningRate: schedule.learningRate(at: $0)) }
  }

  /// What was written where it differs, the canonical form, the facts, and the table.
  var text: String {
    var lines = written == schedule.description ? [] : [written, ""]
    lines += ["\(schedule)", ""]
    if let facts {
      lines += [ScheduleFactsText.text(of: facts, branchStep: schedule.branchStep), ""]
    }
    var table = TextTable([">STEP", ">LEARNING RATE"])
    for value in values {
      table.add(["\(value.step)", NumberFormat.significant(value.learningRate, digits: 8)])
    }
    return (lines + [table.text]).joined(separator: "\n")
  }

  /// The rates at evenly spaced steps.
  func curve(points: Int) -> LinePlot.Curve {
    let last = max(1, (schedule.totalSteps ?? 1) - 1)
    let steps = CurveThinning.spread(0...last, limit: points)
    return LinePlot.Curve(
      name: written, steps: steps.map(Double.init),
      values: steps.map { schedule.learningRate(at: $0) })
  }

  /// What is printed as JSON.
  var document: Document {
    Document(
      schedule: schedule.description, written: written, branchStep: schedule.branchStep,
      facts: facts.map(Facts.init), values: values)
  }

  struct Document: Encodable {
    var schedule: String
    var written: String
    var branchStep: Int?
    var facts: Facts?
    var values: [Value]
  }

  struct Value: Encodable {
    var step: Int
    var learningRate: Double
  }

  struct Facts: Encodable {
    var totalSteps: Int
    var warmupSteps: Int
    var fallingSteps: Int
    var fallingFraction: Double
    var firstRate: Double
    var highestRate: Double
    var lastRate: Double
    var area: Double

    init(_ facts: ScheduleFacts) {
      totalSteps = facts.totalSteps
      warmupSteps = facts.warmupSteps
      fallingSteps = facts.fallingSteps
      fallingFraction = Double(facts.fallingSteps) / Double(max(1, facts.totalSteps))
      firstRate = facts.firstRate
      highestRate = facts.highestRate
      lastRate = facts.lastRate
      area = facts.area
    }
  }
}

/// A schedule's facts for people.
enum ScheduleFactsText {
  /// A line for each fact.
  static func text(of facts: ScheduleFacts, branchStep: Int?) -> String {
    let rate = { (value: Double) in NumberFormat.significant(value, digits: 6) }
    let share = NumberFormat.percent(Double(facts.fallingSteps) / Double(max(1, facts.totalSteps)))
    var table = TextTable(["steps", "\(facts.totalSteps)"])
    if let branchStep { table.add(["branch", "at step \(branchStep)"]) }
    table.add(["warm-up", "\(facts.warmupSteps) steps"])
    table.add(["falling", "\(facts.fallingSteps) steps, \(share)"])
    table.add([
      "rates",
      "\(rate(facts.firstRate)) at first, \(rate(facts.highestRate)) at most, "
        + "\(rate(facts.lastRate)) at last",
    ])
    table.add(["area S1", "\(rate(facts.area)) rate × steps"])
    return table.text
  }
}
