import Foundation
import TestSupport
import Testing

/// The whole path on real runs: log to model to forecast to report.
@Suite struct EndToEndTests {
  private func fixture(_ name: String) -> String { Fixtures.path("runs/\(name).csv.gz") }

  private var smallRuns: [String] {
    ["s_constant_6000_lr0.001_s0", "s_cosine_3000_lr0.001_s0", "s_811_3000_lr0.001_s0"]
      .map(fixture)
  }

  /// A run that the fit never saw: its final loss lies in the 90 % interval.
  @Test func forecastOfAnUnseenRun() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    let fit = try tool(["fit", "-o", "model.json", "--json"] + smallRuns)
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.errors.contains("rows before step 600 are left out"))
    let model = try fit.json()
    #expect(model["losscast"] as? Int == 1 && model["law"] as? String == "noise-floor")
    #expect((model["runs"] as? [Any])?.count == 3)
    let against = try tool([
      "predict", "model.json", "--json", "--curve", "--against",
      fixture("s_wsd20-linear_6000_lr0.001_s0"),
    ])
    #expect(against.status == 0, "\(against.errors)")
    let runs = try #require(try against.json()["runs"] as? [[String: Any]])
    let final = try #require(runs[0]["final"] as? [String: Double])
    let actual = try #require(final["actual"])
    #expect(try #require(final["lower"]) < actual && actual < (try #require(final["upper"])))
    #expect(abs(try #require(final["relativeError"])) < 0.015)
    let metrics = try #require(runs[0]["metrics"] as? [String: Any])
    #expect(try #require(metrics["meanRelativeError"] as? Double) < 0.006)
    let curve = try #require(runs[0]["curve"] as? [String: [Double]])
    #expect(curve["step"]?.count == runs[0]["points"] as? Int)
    #expect(curve["predicted"]?.last == final["predicted"])
    // The same schedule as an expression forecasts nearly the same as the logged rates.
    let expression = try tool([
      "predict", "model.json", "--json", "--schedule",
      "peak=1e-3,warmup:150,stable:4650,decay:1200", "--chart", "chart.svg",
    ])
    #expect(expression.status == 0, "\(expression.errors)")
    let schedules = try #require(try expression.json()["schedules"] as? [[String: Any]])
    let predicted = (schedules[0]["final"] as? [String: Double])?["predicted"]
    expectClose(
      try #require(predicted), try #require(final["predicted"]), tolerance: 1e-3)
    let chart = try String(contentsOfFile: workdir.url.path + "/chart.svg", encoding: .utf8)
    #expect(chart.contains("</svg>"))
  }

  /// One constant run leaves the exponents to their priors, and there is no term of size to show.
  @Test func parametersFromPriorsAreMarked() throws {
    let tool = CommandLineTool()
    let arguments = ["fit", "-q", "--law", "noise-floor", fixture("s_constant_6000_lr0.001_s0")]
    let fit = try tool(arguments)
    #expect(fit.status == 0, "\(fit.errors)")
    let lines = fit.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("kappa ") && $0.hasSuffix("mostly prior") })
    #expect(lines.contains { $0.hasPrefix("C ") && $0.hasSuffix("not in the data") })
    #expect(lines.contains { $0.hasPrefix("mu ") && $0.hasSuffix("fixed") })
    #expect(!lines.contains { $0.hasPrefix("B ") || $0.hasPrefix("beta ") })
    let free = try tool(arguments + ["--no-priors"])
    #expect(free.status == 0 && !free.output.contains("mostly prior"))
  }

  @Test func reportInEveryFormat() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let outcome = try CommandLineTool(in: workdir.url)([
      "report", Fixtures.path("runs"), "-o", "all.html", "--format", "html,md,csv,json",
      "--forecast", "peak=1e-3,warmup:150,stable:9450,decay:2400", "--title", "Runs <& more>",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("forecast from group s"))
    func text(_ ending: String) throws -> String {
      try String(contentsOfFile: workdir.url.path + "/all.\(ending)", encoding: .utf8)
    }
    let names = [
      "m_constant_6000", "m_wsd20-linear_6000", "m_wsd20-1-sqrt_6000", "m_811_6000", "m_811_3000",
      "m_cosine_6000", "s_constant_6000", "s_cosine_3000", "s_wsd20-linear_6000", "s_811_3000",
      "m_resumed_3000", "m_diverged_2000",
    ]
    for ending in ["html", "md", "csv", "json"] {
      let report = try text(ending).replacingOccurrences(of: "\\_", with: "_")
      for name in names { #expect(report.contains(name), "\(name) in \(ending)") }
    }
    let html = try text("html")
    #expect(html.contains("Runs &lt;&amp; more&gt;") && !html.contains("Runs <& more>"))
    #expect(!html.contains("src=\"http") && !html.contains("href=\"http"))
    #expect(html.contains("diverged"))
    #expect(try text("csv").split(whereSeparator: \.isNewline).count == names.count + 1)
    let json = try JSONSerialization.jsonObject(with: Data(try text("json").utf8))
    let forecasts = try #require((json as? [String: Any])?["forecasts"] as? [[String: Any]])
    #expect(forecasts.compactMap { $0["group"] as? String } == ["m", "s"])
  }

  @Test func resumedRunIsMerged() throws {
    let outcome = try CommandLineTool()([
      "inspect", fixture("m_special-resumed_3000_lr0.002_s0"), "--json",
    ])
    let files = try #require(try outcome.json()["files"] as? [[String: Any]])
    let issues = try #require(files[0]["issues"] as? [[String: Any]])
    #expect(issues.count == 1)
    #expect(issues[0]["code"] as? String == "restart")
    #expect(issues[0]["line"] as? Int == 2239)
    let runs = try #require(files[0]["runs"] as? [[String: Any]])
    #expect(runs[0]["rows"] as? Int == 3437)
    #expect(runs[0].keys.contains("schedule"))
    let series = try #require(runs[0]["series"] as? [[String: Any]])
    let loss = try #require(series.first { $0["name"] as? String == "train_loss" })
    #expect(loss["role"] as? String == "trainLoss")
    #expect(loss["duplicateSteps"] as? Int == 437 && loss["stepsBackwards"] as? Int == 1)
    #expect((loss["last"] as? [String: Double])?["step"] == 3000)
  }

  @Test func divergedRunIsReported() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let outcome = try CommandLineTool(in: workdir.url)([
      "report", fixture("m_special-diverged_2000_lr0.001_s0"), "-o", "r.json", "--quiet",
    ])
    #expect(outcome.status == 0)
    let text = try String(contentsOfFile: workdir.url.path + "/r.json", encoding: .utf8)
    #expect(text.contains("the run has diverged") && text.contains("first at step 1795"))
    let fit = try CommandLineTool()(
      ["fit", fixture("m_special-diverged_2000_lr0.001_s0"), "--json"] + smallRuns)
    #expect(fit.status == 2 && fit.errors.contains("diverged") && fit.errors.contains("--to"))
    #expect((try fit.json()["data"] as? [Any])?.count == 3)
  }

  /// A manifest stands for the logs; its warm-up and names are used.
  @Test func scoringAManifest() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    #expect(try tool(["fit", "-o", "model.json", "-q"] + smallRuns).status == 0)
    try workdir.write(
      "run,file\nunseen,\(fixture("s_wsd20-linear_6000_lr0.001_s0"))\n", to: "runs.csv")
    let outcome = try tool([
      "predict", "model.json", "--against", "--runs", "runs.csv", "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    #expect(runs.map { $0["run"] as? String } == ["unseen"])
    #expect(try tool(["predict", "model.json", "--against"]).status == 64)
    #expect(try tool(["predict", "model.json", "some.csv"]).status == 64)
  }

  /// Manifests that other tools wrote: schedules by name, paths of another machine.
  @Test func foreignManifest() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let log = try Data(contentsOf: URL(fileURLWithPath: smallRuns[1]))
    try workdir.write(log, to: "runs/a.csv.gz")
    try workdir.write(
      """
      run_id,file,schedule,tokens_per_step
      first,elsewhere/runs/a.csv.gz,"linear warm-up, then cosine",1024
      gone,elsewhere/b.csv.gz,cosine,1024

      """, to: "runs/runs.csv")
    let outcome = try CommandLineTool(in: workdir.url)(["report", "runs", "-o", "r.json"])
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("elsewhere/b.csv.gz"))
    let text = try String(contentsOfFile: workdir.url.path + "/r.json", encoding: .utf8)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let runs = try #require(report["runs"] as? [[String: Any]])
    #expect(runs.map { $0["name"] as? String } == ["first"])
    #expect(runs[0]["schedule"] as? String == "as logged")
    let metadata = try #require(runs[0]["metadata"] as? [[String: String]])
    #expect(
      metadata.map { $0["value"] } == ["1024", "linear warm-up, then cosine"], "\(metadata)")
  }

  /// A log that happens to be called `runs.csv` is a log.
  @Test func logNamedLikeAManifest() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let rows = (1...40).map { "\($0 * 10),\(2 + 3 / Double($0).squareRoot())\n" }
    try workdir.write("step,loss\n" + rows.joined(), to: "logs/runs.csv")
    let outcome = try CommandLineTool(in: workdir.url)(["fit", "logs", "--json", "-q"])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Rates of Hugging Face's linear schedule (golden values of its source, T 1000, W 100).
  @Test func scheduleRates() throws {
    let outcome = try CommandLineTool()([
      "schedule", "show", "peak=1,total=1000,warmup:100,decay:rest", "--at", "0,1,50,500,999",
      "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    #expect(document["schedule"] as? String == "peak=1,warmup:100,decay:900")
    let values = try #require(document["values"] as? [[String: Double]])
    for (value, expected) in zip(values, [0, 0.01, 0.5, 0.555556, 0.001111]) {
      expectClose(try #require(value["learningRate"]), expected, tolerance: 1e-6, scale: 1)
    }
    #expect(try CommandLineTool()(["schedule", "show", "peak=1", "--at", "x"]).status == 64)
  }

  @Test func standardInput() throws {
    let log = try Data(contentsOf: URL(fileURLWithPath: smallRuns[1]))
    let outcome = try CommandLineTool()(["fit", "-", "--json", "-q"], input: log)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect((try outcome.json()["runs"] as? [Any])?.count == 1)
  }

  /// The options that choose columns, rows and objectives reach the fit.
  @Test func options() throws {
    let tool = CommandLineTool()
    let run = smallRuns[2]
    func rows(_ options: [String]) throws -> Int? {
      let outcome = try tool(["fit", run, "--json", "-q"] + options)
      #expect(outcome.status == 0, "\(options): \(outcome.errors)")
      return (try outcome.json()["residuals"] as? [String: Any])?["count"] as? Int
    }
    #expect(try rows(["--from", "1000", "--to", "2000"]) == 21)
    #expect(try rows(["--loss", "train_loss", "--from", "2000"]) == 1001)
    #expect(try rows(["--keep-early"]) == 58)
    #expect(try rows(["--law", "power-steps", "--from", "600", "--objective", "soft-l1"]) == 49)
    #expect(try rows(["--from", "600", "--objective", "least-squares"]) == 49)
  }
}
