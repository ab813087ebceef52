import Schedules
import TestSupport
import Testing

/// Random schedules, logged at random intervals with random digits, are found again.
@Suite struct ScheduleInferencePropertyTests {
  static let seeds = Array<UInt64>(1...20)

  /// Of the seeds at least 95 in 100 agree with every row, and what says it is exact is the true
  /// schedule at every step from the first row to the last, also between rows.
  @Test func randomSchedulesAreFound() throws {
    var (agreeing, exact) = (0, 0)
    for seed in Self.seeds {
      var generator = LoggedScheduleGenerator(seed: seed)
      let log = try generator.next()
      let found = try ScheduleInference(steps: log.steps, rates: log.rates)
      let name = "seed \(seed), \(log.text): \(found.schedule), offset \(found.offset)"
      if found.agreesWithEveryRow {
        agreeing += 1
        let explained = log.rowsExplained(by: found.schedule, offset: found.offset)
        #expect(explained == log.steps.count, "\(name)")
        let wrong = log.steps(whereDiffers: found, among: found.weakPhases)
        #expect(wrong.isEmpty, "\(name): \(wrong.count) steps from \(wrong.first ?? 0) on")
      }
      if found.isExact { exact += 1 }
      let again = try Schedule(parsing: found.schedule.description)
      #expect(again == found.schedule, "seed \(seed)")
    }
    #expect(Double(agreeing) >= 0.95 * Double(Self.seeds.count), "\(agreeing) agree")
    #expect(Double(exact) >= 0.5 * Double(Self.seeds.count), "\(exact) are exact")
  }

  /// A warm-up of any length before a cosine or a line, where the rows have all digits.
  @Test(arguments: Array<UInt64>(1...12))
  func shortWarmupsAreFound(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let interval = [10, 20, 25, 50][Int.random(in: 0..<4, using: &random)]
    let warmup = Int.random(in: interval / 2...4 * interval, using: &random)
    let shape = ["cosine", "linear", "cosine:to=0.1x"][Int.random(in: 0..<3, using: &random)]
    let peak = ["2e-5", "3e-4", "1e-3"][Int.random(in: 0..<3, using: &random)]
    let total = [500, 1000, 3000][Int.random(in: 0..<3, using: &random)] + 4 * interval
    let text = "peak=\(peak),warmup:\(warmup),decay:\(total - warmup):\(shape)"
    let log = try LoggedSchedule(text, from: interval, through: total, every: interval)
    let found = try ScheduleInference(steps: log.steps, rates: log.rates)
    #expect(found.agreesWithEveryRow, "seed \(seed), \(text): \(found.schedule)")
    guard warmup > interval else { return }
    let wrong = log.steps(whereDiffers: found, among: [])
    #expect(wrong.isEmpty, "seed \(seed), \(log.text): \(found.schedule)")
  }
}

/// Draws schedules that people use, and ways to log them.
struct LoggedScheduleGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The next log.
  mutating func next() throws -> LoggedSchedule {
    let interval = pick([1, 5, 10, 10, 50])
    let convention = pick(["hf", "hf", "hf", "llmc", "nanogpt"])
    let warmup =
      chance(0.5) ? length(1, 4 * interval) : length(max(3, 4 * interval), 20 * interval)
    let main = length(30 * interval, 60 * interval)
    let end = length(20 * interval, 40 * interval)
    let floor = pick(["", ":to=0.1x", ":to=1e-5"])
    let positive = floor.isEmpty ? ":to=0.05x" : floor
    let shapes = [
      ":linear\(floor)", ":1-sqrt\(floor)", ":cosine\(floor)", ":square\(floor)",
      ":mexp\(floor)", ":exp\(positive)", ":inv\(positive)", ":poly:p=1.5\(floor)",
    ]
    let phases = [
      "decay:\(main):cosine\(floor)", "decay:\(main)\(floor)",
      "stable:\(main),decay:\(end)\(pick(shapes))", "stable:\(main),decay:\(end)\(pick(shapes))",
      "stable:\(main),stable:\(end):at=0.316x,stable:\(end):at=0.1x",
      "decay:\(main):cosine:to=0.5x,stable:\(main),decay:\(end):exp:to=0.01x",
      "decay:\(main):cosine\(floor),decay:\(main):cosine:at=1x\(floor)",
    ]
    var text = "peak=\(pick(["1e-3", "3e-4", "6e-4", "1.5e-4", "0.02"])),conv=\(convention)"
    text += ",warmup:\(warmup),\(pick(phases))"
    if chance(0.3) { text += ",stable:\(5 * interval)" }
    let total = try Schedule(parsing: text).totalSteps ?? 0
    return try LoggedSchedule(
      text, from: chance(0.5) ? interval : 0, through: chance(0.7) ? total : total * 3 / 4,
      every: interval, digits: pick([nil, 10, 7, 7, 4, 3]), offset: pick([0, 0, -1]))
  }

  /// A length, as a rule a round one.
  private mutating func length(_ low: Int, _ high: Int) -> Int {
    let value = Int.random(in: low...high, using: &random)
    return pick([value, (value + 9) / 10 * 10, (value + 99) / 100 * 100])
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: choices.indices, using: &random)]
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < probability
  }
}
