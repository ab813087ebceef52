import Forecasting
import Schedules
import TrainingLogs

/// What a log says of a run's schedule, for people and for machines.
struct RunSchedule: Encodable {
  /// The run.
  var run: String
  /// Where the schedule comes from.
  var source: Source
  /// The schedule's expression; nil when there is none.
  var schedule: String?
  /// The expression whose position s has the rate of the row at step s.
  var rowSchedule: String?
  /// What is added to a row's step to give the update whose rate it has.
  var offset: Int?
  /// Whether every row agrees to the digits printed and tells every phase.
  var exact: Bool?
  /// Phases, counted from 1, that rest on too few rows.
  var weakPhases: [Int]
  /// How finely the log writes its rates.
  var precision: String?
  /// Rows with a rate, and those explained.
  var rows: Int?
  var explainedRows: Int?
  /// The row that deviates most, in the unit of the rates.
  var largestDeviation: Deviation?
  /// Other schedules that explain every row.
  var alternatives: [String]
  /// What is known of the schedule without a learning rate, from names and the loss.
  var evidence: [Evidence]
  /// What the log does not tell, and what is odd.
  var remarks: [String]

  /// Where a schedule comes from.
  enum Source: String, Encodable {
    case learningRate
    case loss
    case name
    case none
  }

  /// A row and how far it is from the schedule.
  struct Deviation: Encodable {
    var step: Int
    var value: Double
  }

  /// One hint at a schedule.
  struct Evidence: Encodable {
    var source: Source
    var statement: String
    var confidence: String
  }

  /// Looks at a run: at its learning rate when it has one, else at its name and loss.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - readsHints: whether name and loss are looked at when there is no learning rate.
  ///   - nonFiniteRates: rows whose rate is NaN or infinite.
  init(_ run: Run, readsHints: Bool = true, nonFiniteRates: Int = 0) {
    self.run = run.name
    alternatives = []
    weakPhases = []
    evidence = []
    remarks = []
    if nonFiniteRates > 0 {
      remarks.append(
        "\(nonFiniteRates) \(nonFiniteRates == 1 ? "row" : "rows") with a rate that is NaN or infinite "
          + "\(nonFiniteRates == 1 ? "is" : "are") passed over")
    }
    source = .none
    if let rates = run.learningRate {
      do throws(ScheduleInferenceError) {
        take(try ScheduleInference(steps: run.steps.map { Self.step($0) }, rates: rates))
        return
      } catch {
        remarks.append(error.description)
      }
    }
    if readsHints { takeHints(of: run) }
  }

  /// What the logged rates of a run say; nil when it has none that can be explained.
  static func logged(by run: Run) -> RunSchedule? {
    guard run.learningRate != nil else { return nil }
    let result = RunSchedule(run, readsHints: false)
    return result.source == .learningRate ? result : nil
  }

  /// Whether anything is known of the schedule.
  var isKnown: Bool { schedule != nil || !evidence.isEmpty }

  /// A step as a whole number; -1 when it is none.
  private static func step(_ value: Double) -> Int {
    Int(exactly: value.rounded()) ?? -1
  }

  private mutating func take(_ inference: ScheduleInference) {
    source = .learningRate
    schedule = inference.schedule.description
    rowSchedule = inference.rowSchedule?.description
    offset = inference.offset
    exact = inference.isExact
    weakPhases = inference.weakPhases
    precision = inference.precision.description
    rows = inference.rows
    explainedRows = inference.explainedRows
    largestDeviation = Deviation(
      step: inference.largestDeviationStep, value: inference.largestDeviation)
    alternatives = inference.alternatives.map(\.description)
    remarks += inference.remarks
  }

  private mutating func takeHints(of run: Run) {
    let hints = ScheduleHints(run: run)
    evidence = hints.evidence.map {
      Evidence(
        source: $0.source == .name ? .name : .loss, statement: $0.statement,
        confidence: $0.confidence)
    }
    schedule = hints.schedule
    source = evidence.first?.source ?? .none
    remarks += hints.remarks
  }

  /// Some lines for people.
  var text: String {
    var lines = ["run \(run)"]
    if let schedule { lines.append("  schedule   \(schedule)") }
    if source == .learningRate { lines.append("  evidence   \(rateText)") }
    for hint in evidence {
      lines.append("  evidence   \(hint.source.rawValue) (\(hint.confidence)): \(hint.statement)")
    }
    lines += alternatives.map { "  as good    \($0)" }
    lines += remarks.map { "  remark     \($0)" }
    if let flag = rowSchedule ?? (source == .learningRate ? nil : schedule) {
      lines.append("  confirm    --schedule '\(flag)'")
    }
    if !isKnown { lines.append("  nothing is known of the schedule; give it with --schedule") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var weakText: String {
    if rows ?? 0 < 3 { return "too few rows to tell" }
    let phases = weakPhases.prefix(4).map(String.init).joined(separator: ", ")
    let more = weakPhases.count > 4 ? " …" : ""
    let subject = weakPhases.count == 1 ? "phase \(phases) rests" : "phases \(phases)\(more) rest"
    return "agrees with every row, but \(subject) on few"
  }

  private var rateText: String {
    let deviation = largestDeviation.map {
      "; largest deviation \(NumberFormat.significant($0.value, digits: 3)) at step \($0.step)"
    }
    let agrees = explainedRows == rows
    let how = exact == true ? "exact" : agrees ? weakText : "not exact"
    return "learning rate (\(how)): \(explainedRows ?? 0) of \(rows ?? 0) rows within rounding of "
      + "\(precision ?? "")\(deviation ?? "")"
  }
}
