import Foundation
import Schedules
import TestSupport
import Testing

/// Schedules recovered from the rates that they gave.
@Suite struct ScheduleInferenceTests {
  /// A schedule, how it is logged, and the expression to be found.
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var last: Int
    var every: Int
    var digits: Int?
    var first = 0
    var offset = 0
    var expected: String?

    var testDescription: String { "\(text) every \(every), \(digits ?? 17) digits" }
  }

  static let cases = [
    // Megatron-LM prints %.6E, GPT-NeoX %.3E, lingua %.2e.
    Case(
      text: "peak=0.0003,warmup:300,stable:20000,decay:4000:1-sqrt:to=3e-5", last: 24300, every: 50,
      digits: 7),
    Case(
      text: "peak=0.0003,warmup:300,decay:20000:cosine:to=3e-5", last: 20300, every: 20, digits: 3),
    Case(
      text: "peak=0.0003,warmup:300,decay:20000:cosine:to=3e-5", last: 9000, every: 20, digits: 17),
    Case(text: "peak=0.0003,warmup:100,decay:900", last: 1000, every: 10, digits: 4),
    Case(
      text: "peak=0.001,conv=llmc,warmup:100,decay:900", last: 1000, every: 10, digits: 7,
      first: 10,
      offset: -1),
    Case(
      text: "peak=0.001,conv=nanogpt,warmup:100,decay:900:cosine:to=0.1x", last: 1000, every: 10),
    Case(
      text: "peak=0.0003,warmup:100,stable:700,stable:100:at=9.48e-5,stable:100:at=3e-5",
      last: 1000,
      every: 10),
    Case(
      text: "peak=0.0003,warmup:100,decay:300:cosine:to=0.55x,stable:500,decay:100:exp:to=3e-5",
      last: 1000, every: 1, digits: 10),
    Case(text: "peak=0.0003,warmup:100,decay:900:invsqrt:tau=400", last: 1000, every: 5, digits: 7),
    Case(text: "peak=0.0003,warmup:100,stable:700,decay:200:half-life:h=50", last: 1000, every: 5),
    Case(text: "peak=0.0003,warmup:100,decay:800:power,decay:100", last: 1000, every: 5, digits: 7),
    Case(
      text:
        "peak=0.0003,warmup:100,decay:400:cosine,decay:500:cosine:at=1x,decay:1000:cosine:at=1x",
      last: 2000, every: 10, digits: 7),
    Case(
      text: "peak=0.0003,warmup:100,decay:800:cosine:of=1000,decay:200", last: 1100, every: 10),
    Case(text: "peak=0.0003,warmup:100,decay:900:rex:beta=0.9", last: 1000, every: 10),
    Case(text: "peak=0.0003,warmup:100,decay:900:poly:p=2", last: 1000, every: 10, digits: 7),
    Case(
      text: "peak=0.0003,warmup:100,stable:700,decay:200:mexp:to=3e-5", last: 1000, every: 5,
      digits: 7),
    Case(
      text: "peak=0.0003,warmup:100,stable:700,decay:200:inv:to=3e-5", last: 1000, every: 5,
      digits: 7),
    Case(
      text: "peak=0.0003,warmup:100,stable:700,decay:200:mirror-cosine:to=3e-5", last: 1000,
      every: 5,
      digits: 7),
    Case(
      text: "peak=0.0003,warmup:100,stable:700,decay:200:square:to=3e-5", last: 1000, every: 5,
      digits: 7),
    Case(
      text: "peak=0.001,warmup:299:cosine:at=1e-5,decay:2700:cosine:to=0.1x", last: 2990, every: 10),
    Case(text: "peak=0.001,warmup:100:log,stable:900", last: 1000, every: 5),
    Case(text: "peak=0.001,warmup:100:quad,stable:900", last: 1000, every: 5, digits: 7),
    Case(text: "peak=0.001,warmup:100:1-sqrt,stable:900", last: 1000, every: 5, digits: 7),
    Case(text: "peak=0.001,stable:1000", last: 1000, every: 10, digits: 3),
    // Two equal rows on either side of the peak.
    Case(
      text: "peak=0.0003,warmup:100,decay:900", last: 1000, every: 10, digits: 4, first: 10,
      offset: -1),
    Case(
      text: "peak=2e-5,warmup:100,decay:9900:cosine", last: 9950, every: 50, digits: 4, offset: 1),
  ]

  @Test(arguments: cases)
  func findsTheExpression(_ sample: Case) throws {
    let log = try LoggedSchedule(
      sample.text, from: sample.first, through: sample.last, every: sample.every,
      digits: sample.digits == 17 ? nil : sample.digits, offset: sample.offset)
    let found = try ScheduleInference(steps: log.steps, rates: log.rates)
    #expect(found.isExact)
    #expect(found.schedule.description == sample.expected ?? sample.text)
    #expect(found.offset == sample.offset)
    #expect(log.rowsExplained(by: found.schedule, offset: found.offset) == log.steps.count)
    #expect(
      try log.rowsExplained(by: #require(found.rowSchedule), offset: 0) >= log.steps.count - 1)
  }

  @Test func stairsOfAnEpochAreSeen() throws {
    let steps = Array(0..<1000)
    let rates = steps.map { 1e-3 * (1 + cos(.pi * Double($0 / 50) / 20)) / 2 }
    let found = try ScheduleInference(steps: steps, rates: rates)
    #expect(found.isExact)
    #expect(
      found.remarks.contains {
        $0.contains("every 50 steps") && $0.contains("peak=0.001,decay:20:cosine in units")
      }, "\(found.remarks)")
  }

  @Test func skippedUpdatesShiftTheCurve() throws {
    // A 16-bit run whose scheduler rested at steps 400 and 650, once each.
    let schedule = try Schedule(parsing: "peak=1e-4,decay:1000:cosine")
    let steps = Array(stride(from: 10, through: 1000, by: 10))
    let rates = steps.map { step in
      schedule.learningRate(at: step - (step > 400 ? 1 : 0) - (step > 650 ? 1 : 0))
    }
    let found = try ScheduleInference(steps: steps, rates: rates)
    #expect(found.isExact)
    #expect(found.remarks.contains { $0.contains("falls behind by 2 steps") }, "\(found.remarks)")
  }

  @Test func anEarlyEndIsRemarkedOn() throws {
    // accelerate steps a scheduler once in every process: here, in two.
    let log = try LoggedSchedule(
      "peak=1e-3,warmup:50,decay:450:to=0.1x,stable:500", through: 1000, every: 10)
    let found = try ScheduleInference(steps: log.steps, rates: log.rates)
    #expect(found.remarks.contains { $0.contains("each of 2 processes") }, "\(found.remarks)")
  }

  @Test func aCosineThatClimbsAgainIsFollowed() throws {
    // PyTorch's closed form is periodic: behind T_max = 500 the rate rises.
    let steps = Array(stride(from: 0, through: 510, by: 10))
    let rates = steps.map { 1e-4 + 9e-4 * (1 + cos(.pi * Double($0) / 500)) / 2 }
    let found = try ScheduleInference(steps: steps, rates: rates)
    #expect(found.agreesWithEveryRow)
    #expect(found.schedule.description.hasPrefix("peak=0.001,decay:500:cosine:to=0.1x,warmup:"))
  }

  /// Warm-ups with one to three rows in the log: only the warm-up's phase may rest on too few.
  @Test(
    arguments: [
      ("peak=2e-5,warmup:15,decay:985:cosine", 10, 10, nil),
      ("peak=3e-4,warmup:37,decay:963", 10, 10, 7),
      ("peak=0.0003,conv=nanogpt,warmup:33,decay:967:cosine:to=3e-5", 0, 20, nil),
      ("peak=0.0003,conv=llmc,warmup:25,stable:675,decay:300", 10, 10, 10),
      ("peak=0.0003,warmup:7,decay:993:cosine", 10, 10, nil),
    ] as [(String, Int, Int, Int?)])
  func shortWarmups(text: String, first: Int, every: Int, digits: Int?) throws {
    let log = try LoggedSchedule(
      text, from: first, through: 1000, every: every, digits: digits)
    let found = try ScheduleInference(steps: log.steps, rates: log.rates)
    #expect(found.schedule == log.schedule, "\(found.schedule)")
    #expect(found.agreesWithEveryRow)
    #expect(found.weakPhases.isEmpty || found.weakPhases == [1])
    #expect(found.isExact == found.weakPhases.isEmpty)
  }

  @Test func phasesOnFewRowsAreNamed() throws {
    let log = try LoggedSchedule(
      "peak=0.0003,warmup:100,stable:1700,decay:200:square:to=0.1x", through: 1950, every: 50)
    let found = try ScheduleInference(steps: log.steps, rates: log.rates)
    #expect(found.agreesWithEveryRow && !found.isExact, "\(found.schedule)")
    #expect(found.remarks.contains { $0.contains("rests on") }, "\(found.remarks)")
  }

  @Test(arguments: [1, 2])
  func oneOrTwoRowsTellNothing(count: Int) throws {
    let found = try ScheduleInference(
      steps: Array([10, 20].prefix(count)), rates: Array([1e-4, 2e-4].prefix(count)))
    #expect(!found.isExact)
    #expect(found.offset == 0)
    #expect(found.remarks.contains { $0.contains("nothing of a schedule") })
  }

  @Test func repeatedAndUnsortedRowsAreSorted() throws {
    let log = try LoggedSchedule("peak=1e-3,warmup:50,stable:950", through: 1000, every: 10)
    let steps = log.steps + [500, 510, 520]
    let rates = log.rates + [1e-3, 1e-3, 1e-3]
    let found = try ScheduleInference(steps: steps.reversed(), rates: rates.reversed())
    #expect(found.schedule.description == "peak=0.001,warmup:50,stable:950")
    #expect(found.remarks.contains { $0.contains("3 rows repeat a step") })
  }

  @Test func singlePrecisionRatesAreRecognised() throws {
    let log = try LoggedSchedule("peak=3e-4,warmup:100,decay:900:cosine", through: 990, every: 10)
    let found = try ScheduleInference(
      steps: log.steps, rates: log.rates.map { Double(Float($0)) })
    #expect(found.precision.isSinglePrecision)
    #expect(found.isExact)
    #expect(found.schedule.description == "peak=0.0003,warmup:100,decay:900:cosine")
  }

  @Test func ratesBeforeTheLogAreNotInvented() throws {
    let log = try LoggedSchedule(
      "peak=3e-4,warmup:2160,stable:17840,decay:4000:exp:to=3e-5", from: 2176, through: 23904,
      every: 128)
    let found = try ScheduleInference(steps: log.steps, rates: log.rates)
    #expect(found.schedule.description == "peak=0.0003,stable:20000,decay:4000:exp:to=3e-5")
    #expect(found.remarks.contains { $0.contains("before step 2176 are not in the log") })
  }
}

/// Rates that no schedule gives, and rows that no log has.
@Suite struct ScheduleInferenceRefusalTests {
  @Test func noiseIsNeverExact() throws {
    var random = SeededGenerator(seed: 5)
    let steps = Array(0..<120)
    let rates = steps.map { _ in 1e-3 * Double.random(in: 0.5...1, using: &random) }
    let found = try ScheduleInference(steps: steps, rates: rates)
    #expect(!found.isExact)
    #expect(found.explainedRows < 120)
    #expect(found.remarks.contains { $0.contains("deviate") })
  }

  @Test(arguments: [
    (
      steps: [0, 1], rates: [1e-3, -1e-3],
      error: ScheduleInferenceError.negativeRate(step: 1, rate: -1e-3)
    ),
    (steps: [], rates: [], error: .noRates),
    (steps: [1, 2], rates: [.nan, .infinity], error: .noRates),
    (steps: [1, 2], rates: [0, 0], error: .allZero),
    (steps: [-1], rates: [1], error: .stepOutOfRange(step: -1)),
    (steps: [Int.max], rates: [1], error: .stepOutOfRange(step: Int.max)),
    (steps: [1], rates: [1e308], error: .noRates),
  ])
  func rowsWithoutAScheduleAreRefused(
    steps: [Int], rates: [Double], error: ScheduleInferenceError
  ) {
    #expect(throws: error) { try ScheduleInference(steps: steps, rates: rates) }
    #expect(!error.description.isEmpty)
  }

  @Test(arguments: [
    [1e-300, 1e-200, 1e-100], [Double.leastNonzeroMagnitude, Double.leastNonzeroMagnitude, 1],
    [1e99, 1, 1e-99], [1], [0, 1e-3], [1e-3, 0, 0],
  ])
  func oddRatesDoNotTrap(rates: [Double]) throws {
    for scale in [1, 1_000_000, 300_000_000_000] {
      let steps = rates.indices.map { ($0 + 1) * scale }
      let found = try ScheduleInference(steps: steps, rates: rates)
      #expect(found.rows == rates.count)
    }
  }
}
