import Foundation
import TestSupport
import Testing

/// `--law auto`, through the command line.
@Suite struct AutoLawTests {
  private let laws = "annealing,power-area,power-steps"

  private func file(_ name: String) -> String { Fixtures.path("runs/\(name)_lr0.001_s0.csv.gz") }

  private var three: [String] {
    ["m_constant_6000", "m_811_6000", "m_cosine_6000"].map(file)
  }

  @Test func rankingIsPrinted() throws {
    let outcome = try CommandLineTool()(
      ["fit", "--law", "auto", "--candidates", laws] + three)
    #expect(outcome.status == 0, "\(outcome.errors)")
    try expectSnapshot(outcome.output, named: "commands/fit-auto.txt")
    #expect(!outcome.errors.contains("nearly blind"))
    let two = try CommandLineTool()(
      ["fit", "--law", "auto", "--candidates", laws] + three.prefix(2))
    #expect(two.errors.contains("two runs: the choice of the law is nearly blind"))
    #expect(two.output.contains("not counted: m_811_6000_lr0.001_s0 (annealing: "))
  }

  /// Constant rates: the model keeps the laws that are as good, and forecasts tell of them.
  @Test func equallyGoodLawsStayInTheModel() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    let fit = try tool([
      "fit", file("m_constant_6000"), "--law", "auto", "--candidates", "power-area,power-steps",
      "-o", "m.json", "--json",
    ])
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.errors.contains("one run: "))
    let document = try fit.json()
    let selection = try #require(document["selection"] as? [String: Any])
    #expect(selection["method"] as? String == "growing-prefixes")
    #expect(selection["chosen"] as? String == "power-area")
    let ranking = try #require(selection["ranking"] as? [[String: Any]])
    #expect(Set(ranking.compactMap { $0["standing"] as? String }) == ["chosen", "as good"])
    let alternatives = try #require(document["alternatives"] as? [[String: Any]])
    #expect(alternatives.map { $0["law"] as? String } == ["power-steps"])

    let predict = try tool([
      "predict", "m.json", "--schedule", "peak=1e-3,warmup:150,stable:5850,decay:2000", "--json",
      "--curve",
    ])
    #expect(predict.status == 0, "\(predict.errors)")
    let plan = try #require((try predict.json()["schedules"] as? [[String: Any]])?.first)
    let final = try #require(plan["final"] as? [String: Double])
    let other = try #require((plan["alternatives"] as? [[String: Any]])?.first)
    #expect(other["law"] as? String == "power-steps")
    let loss = try #require(other["predicted"] as? Double)
    let curve = try #require(plan["curve"] as? [String: [Double]])
    expectClose(
      try #require(curve["lawSpread"]?.last), abs(log(loss / (final["predicted"] ?? 0))),
      tolerance: 1e-9)
    let text = try tool([
      "predict", "m.json", "--schedule", "peak=1e-3,warmup:150,stable:5850,decay:2000",
    ])
    #expect(text.output.contains("laws as good give "))
    #expect(text.output.contains("(power-steps)"))
  }

  @Test func reportChoosesTheLawOfForecasts() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let outcome = try CommandLineTool(in: workdir.url)(
      [
        "report", "--law", "auto", "--candidates", "power-steps,annealing", "-o", "r.html",
        "--json",
        "--forecast", "peak=1e-3,warmup:150,stable:4650,decay:1200",
      ] + three)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    let forecast = try #require((document["forecasts"] as? [[String: Any]])?.first)
    #expect(forecast["law"] as? String == "annealing")
    #expect((forecast["selection"] as? [String: Any])?["chosen"] as? String == "annealing")
    #expect(outcome.errors.contains("each run by itself is fitted with the usual law"))
    let page = try String(
      contentsOf: workdir.url.appendingPathComponent("r.html"), encoding: .utf8)
    #expect(page.contains("annealing law, chosen by back-test, fitted to 3 runs"))
  }

  @Test func benchmarkHasAuto() throws {
    let outcome = try CommandLineTool()([
      "benchmark", "fixtures/benchmark/tasks.json", "--laws", "auto,annealing,power-steps",
      "--candidates", laws,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("auto on m: "))
    #expect(outcome.output.split(separator: "\n").contains { $0.hasPrefix("auto  ") })
  }

  @Test(arguments: [
    (
      ["--law", "auto", "--candidates", "annealing,power-step"],
      "There is no law 'power-step'; there are "
    ),
    (["--law", "auto", "--candidates", "anealing"], "Did you mean 'annealing'?"),
    (["--law", "auto", "--candidates", ","], "--candidates names no law."),
    (
      ["--table", "t.csv", "--law", "auto"],
      "--law auto compares curves; name the law of a --table."
    ),
    (["--candidates", "annealing"], "--candidates are those of --law auto; name no other law."),
    (
      ["--law", "auto", "--fix", "lambda=0.99"],
      "--fix holds a parameter of one law; name it with --law."
    ),
  ])
  func badOptions(options: [String], message: String) throws {
    let runs = options.contains("--table") ? [] : [file("m_constant_6000")]
    let outcome = try CommandLineTool()(["fit"] + runs + options)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
