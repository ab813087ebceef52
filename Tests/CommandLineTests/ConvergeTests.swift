import Foundation
import TestSupport
import Testing

/// Growing prefixes through the command line.
@Suite struct ConvergeTests {
  private static func lossLog(_ loss: (Double) -> Double) -> String {
    "step,loss\n"
      + stride(from: 50, through: 20_000, by: 50).map { "\($0),\(loss(Double($0)))\n" }.joined()
  }

  private static let powerLaw = lossLog { 2 + 30 / $0.squareRoot() }

  private func run(
    _ arguments: [String], log: String = powerLaw
  ) throws
    -> CommandLineTool.Outcome
  {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(log, to: "run.csv")
    return try CommandLineTool(in: workdir.url)(["converge"] + arguments)
  }

  @Test(arguments: ["pow3", "power-steps"])
  func steadyRun(law: String) throws {
    let outcome = try run(
      ["run.csv", "--law", law, "--at", "1000,2000,4000,8000,20000", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try #require((try outcome.json()["runs"] as? [[String: Any]])?.first)
    #expect(report["law"] as? String == "power-steps")
    #expect(report["predictionLevel"] as? Int == 0)
    #expect(report["steadiness"] as? Double == 0.03)
    #expect(report["lookAhead"] as? Int == 3)
    let levels = try #require(report["levels"] as? [[String: Any]])
    #expect(levels.compactMap { $0["step"] as? Int } == [1000, 2000, 4000, 8000, 20_000])
    for level in levels {
      expectClose(try #require(level["asymptote"] as? Double), 2, tolerance: 1e-6)
    }
    let text = try run(["run.csv", "--law", law, "--at", "1000,2000,4000,8000,20000"])
    #expect(text.output.contains("From step 1000 on the asymptote moves by at most 0.03 nats"))
    #expect(text.output.contains("known at step 8000"))
    #expect(text.output.contains("off by +0.00 % at the last row"))
  }

  @Test func fewLevels() throws {
    let outcome = try run(["run.csv", "--at", "1000,20000"])
    #expect(outcome.output.contains("There are too few prefixes"))
  }

  @Test func runWithoutEnd() throws {
    let outcome = try run(["run.csv", "--law", "exp3"], log: Self.lossLog { 4.5 - 0.25 * log($0) })
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("The asymptote is not steady yet"))
  }

  @Test(
    arguments: [
      (["run.csv", "--law", "pow2"], 64, "has no loss that it approaches; choose one of"),
      (["run.csv", "--law", "pow5"], 64, "There is no law 'pow5'"),
      (["run.csv", "--threshold", "0"], 64, "--threshold must be positive"),
      (["run.csv", "--steadiness", "nan"], 64, "--steadiness must be positive"),
      (["run.csv", "--look-ahead", "9223372036854775807"], 64, "--look-ahead must lie between"),
      (["run.csv", "--look-ahead", "0"], 64, "--look-ahead must lie between 1 and 1000"),
      (["run.csv", "--at", "1000,x"], 64, "--at takes whole steps"),
      (["run.csv", "--at", "10"], 65, "the first that can be fitted ends at step 400"),
      (["run.csv", "--law", "power-area"], 65, "--schedule"),
      (["run.csv", "--to", "500"], 65, "need at least 11"),
      (["absent.csv"], 66, "absent.csv"),
      ([], 64, "Name a log"),
    ] as [([String], Int32, String)])
  func refusals(arguments: [String], status: Int32, words: String) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  /// A run that can be judged is, beside one that cannot.
  @Test func partialFailure() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(Self.powerLaw, to: "good.csv")
    try workdir.write("step,loss\n1,3\n2,2\n", to: "short.csv")
    let outcome = try CommandLineTool(in: workdir.url)(["converge", "good.csv", "short.csv"])
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("good: power-steps law"))
    #expect(outcome.errors.contains("short.csv: 2 rows"))
  }

  /// Public runs at a constant rate become predictive, and what is forecast then is right to half a
  /// percent; cosine runs do not, for a power law in steps does not know that the rate falls.
  @Test(
    .enabled(
      if: Fixtures.shared("curves") != nil,
      "needs the optional collection of public curves, ../shared/curves"),
    arguments: [
      ("mpl25/mpl25_constant_72000", true), ("mpl100/mpl100_constant_72000", true),
      ("epfl_sp124/sp124M_const_lr0.001_50000", true), ("mpl25/mpl25_cosine_72000", false),
      ("mpl100/mpl100_cosine_72000", false), ("epfl_sp124/sp124M_cos0_lr0.001_50000", false),
      ("epfl_sp124/sp124M_cos10_lr0.001_50000", false),
    ])
  func publicRuns(name: String, isForeseeable: Bool) throws {
    let file = try #require(Fixtures.shared("curves/\(name).csv"))
    let outcome = try CommandLineTool()(
      ["converge", file, "--json", "-q"]
        + (name.hasPrefix("mpl") ? ["--warmup-steps", "2160"] : []))
    let report = try #require((try outcome.json()["runs"] as? [[String: Any]])?.first)
    let index = report["predictionLevel"] as? Int
    #expect((index != nil) == isForeseeable)
    guard let index else { return }
    let levels = try #require(report["levels"] as? [[String: Any]])
    let final = try #require(report["final"] as? [String: Any])
    let actual = try #require(final["actual"] as? Double)
    let step = try #require(levels[index]["step"] as? Double)
    #expect(step <= 0.25 * (try #require(final["step"] as? Double)))
    expectClose(try #require(levels[index]["forecast"] as? Double), actual, tolerance: 5e-3)
  }
}
