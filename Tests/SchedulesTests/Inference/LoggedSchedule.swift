import Foundation
import Schedules

/// A log of a schedule's learning rates, as a trainer prints it.
struct LoggedSchedule {
  var schedule: Schedule
  var steps: [Int]
  var rates: [Double]
  /// The significant digits printed; nil for all.
  var digits: Int?
  /// What is added to a row's step to give the update whose rate it has.
  var offset: Int
  /// The expression, and how it is logged.
  var text: String

  /// Logs the rates of `offset` updates after each row's step.
  init(
    _ text: String, from first: Int = 0, through last: Int, every interval: Int,
    digits: Int? = nil, offset: Int = 0
  ) throws {
    let schedule = try Schedule(parsing: text)
    self.schedule = schedule
    self.digits = digits
    self.offset = offset
    self.text =
      "\(text) from \(first) every \(interval), \(digits ?? 17) digits, offset \(offset)"
    steps = Array(stride(from: first, through: last, by: interval))
    rates = steps.map { step in
      Self.printed(schedule.learningRate(at: max(0, step + offset)), digits: digits)
    }
  }

  /// A number after printing and reading.
  static func printed(_ rate: Double, digits: Int?) -> Double {
    guard let digits else { return rate }
    return Double(String(format: "%.\(digits - 1)e", rate)) ?? .nan
  }

  /// How many rows another schedule gives with the same digits, or to 1e-12 where all are printed.
  func rowsExplained(by other: Schedule, offset: Int) -> Int {
    zip(steps, rates).filter { step, rate in
      let expected = other.learningRate(at: max(0, step + offset))
      guard let digits else {
        return abs(expected - rate) <= 1e-11 * rate + 1e-14 * schedule.peak
      }
      guard rate > 0 else { return expected < 1e-13 * schedule.peak }
      let unit = pow(10, floor(log10(rate)) + 1 - Double(digits))
      // Half a unit; a 32-bit number may stand behind few digits.
      return abs(expected - rate) <= 0.5001 * unit + 6e-8 * rate + 1e-14 * schedule.peak
    }.count
  }

  /// The steps from the first row to the last where an inferred schedule has another rate, by more
  /// than printing leaves open; those of some of its phases aside, and those between two rows where
  /// the rate jumps.
  func steps(whereDiffers found: ScheduleInference, among weak: [Int]) -> [Int] {
    let slack = (digits.map { 3 * pow(10, 1 - Double($0)) } ?? 1e-9) * schedule.peak
    let jumps = zip(found.schedule.phases, found.schedule.phases.dropFirst())
      .filter { abs($0.endRate - $1.startRate) > 1e-9 * schedule.peak }
      .map { $1.firstStep - found.offset }
    let interval = steps[1] - steps[0]
    return (steps[0]...steps[steps.count - 1]).filter { step in
      let position = max(0, step + found.offset)
      let rate = found.schedule.learningRate(at: position)
      let expected = schedule.learningRate(at: max(0, step + offset))
      guard abs(rate - expected) > slack, !jumps.contains(where: { abs($0 - step) < interval })
      else { return false }
      let phase = found.schedule.phases.firstIndex { position < $0.endStep } ?? -1
      return !weak.contains(phase + 1)
    }
  }
}
