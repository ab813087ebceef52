/// Logged rates as rows in ascending order of steps, with what printing may have taken from them.
struct LoggedRateRows {
  /// Steps, strictly ascending, at least 0.
  private(set) var steps: [Int] = []
  /// One finite rate a row, at least 0.
  private(set) var rates: [Double] = []
  /// How finely the rates are printed.
  let precision: RatePrecision
  /// The highest rate.
  let top: Double
  /// Rows of a step that another row has too.
  private(set) var repeats = 0

  private static let stepLimit = 1_000_000_000_000

  /// Sorts rows and keeps the last of each step; rows without a rate are passed over.
  ///
  /// - Throws: ``ScheduleInferenceError`` when no usable row is left.
  init(steps: [Int], rates: [Double]) throws(ScheduleInferenceError) {
    var rows: [(step: Int, rate: Double)] = []
    rows.reserveCapacity(steps.count)
    for (step, rate) in zip(steps, rates) where rate.isFinite {
      guard rate >= 0 else { throw .negativeRate(step: step, rate: rate) }
      guard (0...Self.stepLimit).contains(step) else { throw .stepOutOfRange(step: step) }
      rows.append((step, rate))
    }
    guard !rows.isEmpty else { throw .noRates }
    let isSorted = zip(rows, rows.dropFirst()).allSatisfy { $0.step < $1.step }
    if !isSorted {
      let order = rows.indices.sorted {
        (rows[$0].step, $0) < (rows[$1].step, $1)
      }
      rows = order.map { rows[$0] }
    }
    self.steps.reserveCapacity(rows.count)
    self.rates.reserveCapacity(rows.count)
    for row in rows {
      if let last = self.steps.last, last == row.step {
        self.rates[self.rates.count - 1] = row.rate
        repeats += 1
      } else {
        self.steps.append(row.step)
        self.rates.append(row.rate)
      }
    }
    top = self.rates.max() ?? 0
    guard top > 0 else { throw .allZero }
    guard top.isFinite, top < 1e100 else { throw .noRates }
    precision = RatePrecision(of: self.rates)
  }

  /// How far the rate of a row may be from the schedule's.
  func tolerance(of row: Int) -> Double { precision.halfUnit(of: rates[row], peak: top) }

  /// All rows with their tolerances.
  var all: RateRows {
    RateRows(
      steps: steps.map(Double.init), rates: rates, tolerances: steps.indices.map(tolerance(of:)))
  }

  /// The usual distance of rows, in steps.
  var interval: Int {
    guard steps.count > 1 else { return 1 }
    let distances = zip(steps, steps.dropFirst()).prefix(1001).map { $1 - $0 }.sorted()
    return distances[distances.count / 2]
  }
}

/// Why no schedule can be told from logged learning rates.
public enum ScheduleInferenceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No row has a finite learning rate of a usual size.
  case noRates
  /// The learning rate of every row is 0.
  case allZero
  /// A learning rate is negative.
  case negativeRate(step: Int, rate: Double)
  /// A step is below 0 or above 10^12.
  case stepOutOfRange(step: Int)
  /// The rates change in so many places that no schedule of phases says it shorter than the rows.
  case noSchedule

  /// The reason in words, with what to do.
  public var description: String {
    switch self {
    case .noRates: "no row has a learning rate; name its column with --lr"
    case .allZero: "the learning rate is 0 in every row; name another column with --lr"
    case .negativeRate(let step, let rate):
      "the learning rate is negative, \(rate) at step \(step); name another column with --lr"
    case .stepOutOfRange(let step):
      "step \(step) is not between 0 and 10^12; name the step column with --step"
    case .noSchedule:
      "the learning rate follows no phases of the schedule language; the logged rates can be used "
        + "as they are"
    }
  }
}
