import Schedules
import TestSupport
import Testing

/// Random schedules, logged at random intervals with random digits, are found again.
@Suite struct ScheduleInferencePropertyTests {
  static let seeds = Array<UInt64>(1...20)

  /// Of the seeds at least 95 in 100 are exact, and what says it is exact is.
  @Test func randomSchedulesAreFound() throws {
    var exact = 0
    for seed in Self.seeds {
      var generator = LoggedScheduleGenerator(seed: seed)
      let log = try generator.next()
      let found = try ScheduleInference(steps: log.steps, rates: log.rates)
      let explained = log.rowsExplained(by: found.schedule, offset: found.offset)
      if found.isExact {
        exact += 1
        #expect(
          explained == log.steps.count, "seed \(seed): \(log.schedule) read as \(found.schedule)")
      }
      let again = try Schedule(parsing: found.schedule.description)
      #expect(again == found.schedule, "seed \(seed)")
    }
    #expect(Double(exact) >= 0.95 * Double(Self.seeds.count), "\(exact) of \(Self.seeds.count)")
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
    let warmup = length(max(3, 4 * interval), 20 * interval)
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
