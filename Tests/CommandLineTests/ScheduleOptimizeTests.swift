import Foundation
import TestSupport
import Testing

/// `schedule optimize` on models fitted to real runs.
@Suite struct ScheduleOptimizeTests {
  private static func model(_ options: [String], in workdir: Workdir) throws {
    let tool = CommandLineTool(in: workdir.url)
    let runs = [
      "s_constant_6000_lr0.001_s0", "s_cosine_3000_lr0.001_s0", "s_811_3000_lr0.001_s0",
    ]
    let fit = try tool(
      ["fit", "-q", "-o", "model.json"] + options
        + runs.map { Fixtures.path("runs/\($0).csv.gz") })
    #expect(fit.status == 0, "\(fit.errors)")
  }

  /// The parameters of the 25M model in the README of the code published with arXiv 2503.12811.
  private static let published = [
    "L0=3.0405", "A=0.5247", "B=363.79", "alpha=0.5079", "C=2.0656", "beta=0.5828", "gamma=0.6414",
  ]

  /// A model, and a schedule to compare with.
  struct Case {
    var options: [String]
    var own: String
    var isDoubtful: Bool
    var loss: ClosedRange<Double>
  }

  static let cases = [
    // The run with a linear decay over the last 1,200 steps ended at 1.848.
    Case(
      options: ["--law", "noise-floor"], own: "peak=1e-3,warmup:150,stable:4350,decay:1500:to=0.1x",
      isDoubtful: true, loss: 1.81...1.87),
    // What that code prints for its optimised schedule is 3.150.
    Case(
      options: ["--law", "multi-power"] + published.flatMap { ["--fix", $0] },
      own: "peak=3e-4,warmup:2160,stable:19392,decay:2448:poly:p=1.65:to=0.004x",
      isDoubtful: false, loss: 3.1495...3.1505),
  ]

  @Test(arguments: cases.indices)
  func bestScheduleOfAModel(index: Int) throws {
    let given = Self.cases[index]
    let workdir = try Workdir()
    defer { workdir.remove() }
    try Self.model(given.options, in: workdir)
    let tool = CommandLineTool(in: workdir.url)
    let outcome = try tool([
      "schedule", "optimize", "model.json", "--schedule", given.own, "--json", "-o", "best.csv",
      "--svg", "best.svg", "--monotone",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("doubtful") == given.isDoubtful)
    let json = try outcome.json()
    let total = try #require(json["total"] as? Int)
    let warmup = try #require(json["warmup"] as? Int)
    let peak = try #require(json["peak"] as? Double)
    let best = try #require(json["best"] as? [String: Any])
    let loss = try #require(best["predicted"] as? Double)
    #expect(given.loss.contains(loss))
    let yours = try #require(json["yours"] as? [String: Any])
    let above = try #require(yours["aboveBest"] as? [String: Any])
    let difference = try #require(above["difference"] as? Double)
    expectClose(difference, try #require(yours["predicted"] as? Double) - loss, tolerance: 1e-6)
    #expect(difference > 0)
    // Held parameters have no standard errors.
    if given.isDoubtful {
      #expect(try #require(above["lower"] as? Double) < (try #require(above["upper"] as? Double)))
    }
    let families = try #require(json["families"] as? [[String: Any]])
    #expect(families.count == 8)
    for family in families { #expect(family["predicted"] as? Double ?? 0 > loss - 1e-4) }

    // What -o writes is what the forecast is of: rates that do not rise after the warm-up.
    let rows = try String(contentsOfFile: workdir.url.path + "/best.csv", encoding: .utf8)
      .split(separator: "\n")
    #expect(rows.first == "step,learning_rate" && rows.count == total + 2)
    let rates = rows.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
    #expect(rates.count == total + 1 && rates[0] == 0 && rates[warmup] == peak)
    #expect(zip(rates[warmup...], rates[(warmup + 1)...]).allSatisfy { $0 >= $1 })
    expectClose(
      try #require(rates.last), try #require((best["learningRates"] as? [Double])?.last),
      tolerance: 1e-14)
    let chart = try String(contentsOfFile: workdir.url.path + "/best.svg", encoding: .utf8)
    #expect(chart.contains("</svg>") && chart.contains("best by "))

    // The schedule of few words forecasts what is said of it.
    let compact = try #require(json["compact"] as? [String: Any])
    let forecast = try tool([
      "predict", "model.json", "-q", "--json", "--schedule",
      try #require(compact["schedule"] as? String),
    ])
    let schedules = try #require(try forecast.json()["schedules"] as? [[String: Any]])
    let final = try #require(schedules[0]["final"] as? [String: Double])
    expectClose(
      try #require(final["predicted"]), try #require(compact["predicted"] as? Double),
      tolerance: 1e-7)
  }

  @Test func whatCannotBe() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try Self.model(["--law", "annealing"], in: workdir)
    let tool = CommandLineTool(in: workdir.url)
    let cases: [(arguments: [String], status: Int32, text: String)] = [
      (["--total", "3000"], 65, "holds the peak and then falls to the least rate at once"),
      ([], 64, "--total"), (["--total", "1.5"], 64, "whole number"),
      (["--total", "10000001"], 64, "between 1 and 10000000"),
      (["--total", "1000", "--warmup", "995"], 64, "fewer than 8 steps"),
      (["--total", "1000", "--peak", "0"], 64, "must be positive"),
      (["--total", "1000", "--peak", "nan"], 64, "must be positive"),
      (["--total", "1000", "--min", "1"], 64, "between 0 and the peak"),
      (["--total", "1000", "--schedule", "peak=1,stable:99"], 64, "ends at step 99"),
      (["--total", "3000", "-o", "no/such/best.csv"], 74, "no directory"),
    ]
    for (arguments, status, text) in cases {
      let outcome = try tool(["schedule", "optimize", "model.json"] + arguments)
      #expect(outcome.status == status && outcome.output.isEmpty, "\(arguments)")
      #expect(outcome.errors.contains(text), "\(arguments): \(outcome.errors)")
    }
    let missing = try tool(["schedule", "optimize", "none.json", "--total", "100"])
    #expect(missing.status == 66)
    let law = try tool(["laws", "annealing"])
    #expect(law.output.contains("Best schedule: none: a drop's gain depends only on"))
  }
}
