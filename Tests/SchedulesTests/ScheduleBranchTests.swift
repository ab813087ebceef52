import Schedules
import TestSupport
import Testing

/// Schedules that branch off a run.
@Suite struct ScheduleBranchTests {
  /// A run of 1001 rows: up to 1e-3 in 100 steps, held, then falling from step 800 on.
  static func run() throws -> LearningRatePath {
    let schedule = try Schedule(parsing: "peak=1e-3,warmup:100,stable:700,decay:400")
    let steps = Array(stride(from: 0, through: 1000, by: 10))
    return try LearningRatePath(
      loggedSteps: steps, rates: steps.map { schedule.learningRate(at: $0) })
  }

  typealias Form = SchedulePresetFormulaTests.Form

  static let forms: [Form] = [
    // WSD's branch: the linear decay begins with the run's rate at the branch.
    Form("from=600,decay:200", 800) { t in 1e-3 * (800 - t) / 200 },
    Form("from=0.6k,total=300,stable:rest,decay:100:1-sqrt:to=0.1x", 900) { t in
      t < 800 ? 1e-3 : 1e-3 * (0.1 + 0.9 * (1 - ((t - 800) / 100).squareRoot()))
    },
    // Continual pre-training: a rise from the last rate to another peak, then down.
    Form("from=last,peak=2e-3,warmup:100,decay:200:to=0.1x", 1300) { t in
      t < 1100 ? 5e-4 + 1.5e-3 * (t - 1000) / 100 : 2e-4 + 1.8e-3 * (1300 - t) / 200
    },
    Form("from=last,warmup:100:at=0", 1100) { t in 1e-3 * (t - 1000) / 100 },
    // OLMo's clock is one ahead, DeepSpeed's one behind.
    Form("from=600,conv=olmo,decay:200", 800) { t in 1e-3 * (799 - t) / 200 },
    Form("from=600,conv=deepspeed,decay:200", 800) { t in
      t == 600 ? 1e-3 : 1e-3 * (801 - t) / 200
    },
    Form("from=500,peak=1e-3,wsd:300:decay=100", 800) { t in
      t < 700 ? 1e-3 : 1e-3 * (800 - t) / 100
    },
  ]

  @Test(arguments: forms)
  func phasesGoOnFromTheRun(_ form: Form) throws {
    let total = form.total
    let run = try Self.run()
    let branch = try ScheduleBranch(parsing: form.text)
    let continued = try branch.continuing(run, lastStep: 1000)
    #expect(continued.totalSteps == total)
    let path = continued.path(through: total + 5)
    for t in 0..<total {
      let expected = t < continued.branchStep ? run.learningRate(at: t) : form.rate(Double(t))
      expectClose(continued.learningRate(at: t), expected, tolerance: 1e-12, scale: 1e-3, "\(t)")
      expectClose(path.learningRate(at: t), expected, tolerance: 1e-12, scale: 1e-3, "\(t)")
    }
    #expect(path.endPosition == total + 6)
    #expect(path.warmupEnd == 100)
    #expect(
      zip(path.pieces, path.pieces.dropFirst()).allSatisfy { $0.start + $0.count == $1.start })
  }

  @Test(arguments: [
    ("from=last,decay:1k:sqrt:to=0.1x", "from=last,decay:1000:1-sqrt:to=0.1x"),
    (
      "from=2Mtok,tpb=100,peak=3e-4,min=0.1x,conv=olmo,total=300,stable:rest,cosine:10%:p=2",
      "from=20000,peak=0.0003,min=0.1x,conv=olmo,stable:270,decay:30:cosine:p=2"
    ),
    (
      "peak=1,from=7,sgdr:cycles=2:period=10",
      "from=7,peak=1,decay:10:cosine:to=0:at=1x,decay:10:cosine:to=0:at=1x"
    ),
  ])
  func printedTextReadsBack(_ text: String, printed: String) throws {
    #expect(ScheduleBranch.isBranch(text))
    let branch = try ScheduleBranch(parsing: text)
    #expect(branch.description == printed)
    #expect(try ScheduleBranch(parsing: printed) == branch)
  }

  /// What a continued schedule prints continues the same run in the same way; random branches.
  @Test(arguments: Array<UInt64>(1...200))
  func continuedTextReadsBack(seed: UInt64) throws {
    var generator = ScheduleTextGenerator(seed: seed)
    let text = "from=\(seed * 5)," + generator.next()
    let run = try Self.run()
    let branch = try ScheduleBranch(parsing: text)
    #expect(try ScheduleBranch(parsing: branch.description) == branch, "seed \(seed): \(text)")
    let continued = try branch.continuing(run, lastStep: 1000)
    let again = try ScheduleBranch(parsing: continued.description).continuing(run, lastStep: 1000)
    #expect(again == continued, "seed \(seed): \(text) became \(continued)")
  }

  static let refusals: [ScheduleErrorTests.Refusal] = [
    .init(
      "peak=1,stable:5", .needsRun, "",
      "from= is missing; write where the branch leaves its "
        + "run, as in from=last"),
    .init(
      "from=last", .missingDuration, "last",
      "item 1: from= needs a phase to go on with, as in "
        + "from=last,decay:1000"),
    .init(
      "from=10%,total=5,decay:rest", .notApplicable, "10%",
      "item 1: from= needs a step of the run, or last, not '10%'"),
    .init(
      "from=lsat,decay:5", .malformedNumber, "lsat",
      "item 1: 'lsat' is not a duration; write steps (300, 20k), a part (10%), or rest"),
    .init(
      "from=last,wsd:100", .missingPeak, "wsd",
      "item 2: 'wsd' in a branch needs peak="),
    .init(
      "from=last,exp:100", .valueOutOfRange, "exp",
      "item 2: 'exp' cannot go to 0; give it to=, as in to=0.01x, or min="),
    .init(
      "from=0,decay:100", .valueOutOfRange, "0",
      "item 1: from= must be at least 1, for a branch keeps some of its run; without it nothing is kept"
    ),
    .init(
      "from=9,peak=1,inverse-square-root:200:warmup=10:q=0.6", .notApplicable,
      "inverse-square-root",
      "item 3: 'inverse-square-root' counts the run's steps and must come first; its warm-up is "
        + "warmup="),
    .init(
      "from=last,decya:100", .unknownPhase, "decya",
      "item 2: unknown phase 'decya'; did you mean 'decay'?"),
  ]

  @Test(arguments: refusals)
  func refusalSaysWhatAndWhere(_ refusal: ScheduleErrorTests.Refusal) throws {
    let error = try #require(throws: ScheduleError.self) {
      try ScheduleBranch(parsing: refusal.text)
    }
    #expect(error.code == refusal.code)
    #expect(error.message == refusal.message)
    #expect(String(refusal.text.dropFirst(error.offset).prefix(error.length)) == refusal.marked)
  }

  @Test func branchesBeyondTheRunAreRefused() throws {
    let branch = try ScheduleBranch(parsing: "from=1001,decay:100")
    let error = try #require(throws: ScheduleError.self) {
      try branch.continuing(Self.run(), lastStep: 1000)
    }
    #expect(error.code == .outsideRun)
    #expect(
      error.message
        == "item 1: the run is logged up to step 1000 and cannot be branched at 1001; write "
        + "from=last, or an earlier step")
    #expect(throws: ScheduleError.self) {
      try ScheduleBranch(parsing: "from=last,decay:100").continuing(.constant(0), lastStep: 10)
    }
    #expect(throws: ScheduleError.self) {
      try ScheduleBranch(parsing: "from=last,decay:100").continuing(.constant(1), lastStep: 0)
    }
  }

  /// A rate that only the run tells may not suit a phase.
  @Test func aRunAtZeroHasNoGeometricDecay() throws {
    let branch = try ScheduleBranch(parsing: "from=last,peak=1,exp:100:to=0.1x")
    let error = try #require(throws: ScheduleError.self) {
      try branch.continuing(.constant(0), lastStep: 10)
    }
    #expect(error.code == .valueOutOfRange)
    #expect(error.text == branch.description)
  }
}
