import Foundation
import TestSupport
import Testing

/// Tables of finished runs through the command line.
@Suite struct TableFitTests {
  /// Losses of Chinchilla's form: 1.7 + 400·N^(-0.35) + 1500·D^(-0.36), with scatter of 0.1 %.
  private static func table(header: String = "run,N,D,loss", scatter: Double = 1e-3) -> String {
    var random = SeededGenerator(seed: 3)
    var lines = [header]
    for size in [3e7, 1e8, 4e8, 1.5e9, 6e9] {
      for tokens in [5e8, 2e9, 1e10, 5e10, 2e11] {
        let loss = 1.7 + 400 * pow(size, -0.35) + 1500 * pow(tokens, -0.36)
        lines.append("r\(lines.count),\(size),\(tokens),\(loss * (1 + scatter * random.normal()))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func parameters(_ outcome: CommandLineTool.Outcome) throws -> [String: Double] {
    let list = try #require(try outcome.json()["parameters"] as? [[String: Any]])
    return try list.reduce(into: [:]) { values, parameter in
      values[try #require(parameter["name"] as? String)] = parameter["value"] as? Double
    }
  }

  @Test func fitAndForecast() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(TableFitTests.table(), to: "runs.csv")
    let tool = CommandLineTool(in: workdir.url)
    let fit = try tool(["fit", "--table", "runs.csv", "-o", "model.json"])
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.output.hasPrefix("chinchilla law, fitted to the 25 runs of runs.csv\n"))
    #expect(fit.output.contains("compute-optimal for C = 6ND: N grows as C^0.5"))
    // Not a line a run: the parameters, the errors, and the five worst.
    #expect(fit.output.split(separator: "\n").count < 20, "\(fit.output)")
    #expect(fit.errors == "model written to model.json\n")
    let forecast = try tool([
      "predict", "model.json", "--parameters", "2e9", "--tokens", "4e10", "--json",
    ])
    #expect(forecast.status == 0, "\(forecast.errors)")
    let run = try #require(try forecast.json()["run"] as? [String: Any])
    let value = try #require(run["predicted"] as? Double)
    let truth = 1.7 + 400 * pow(2e9, -0.35) + 1500 * pow(4e10, -0.36)
    expectClose(value, truth, tolerance: 2e-3)
    #expect(try #require(run["lower"] as? Double) < truth)
    #expect(try #require(run["upper"] as? Double) > truth)
    #expect(try forecast.json()["warnings"] as? [String] == [])
  }

  @Test func everyRowInTheJSON() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(TableFitTests.table(scatter: 0), to: "runs.csv")
    let outcome = try CommandLineTool(in: workdir.url)([
      "fit", "--table", "runs.csv", "--law", "minicpm", "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    #expect((document["runs"] as? [Any])?.count == 25)
    #expect(
      (document["data"] as? [[String: Any]])?.compactMap { $0["run"] as? String }.last == "r25")
    let metrics = try #require(document["metrics"] as? [String: Any])
    #expect(try #require(metrics["worstRelativeError"] as? Double) < 1e-10)
    let values = try parameters(outcome)
    for (name, expected) in [
      ("L0", 1.7), ("C_N", 400), ("C_D", 1500), ("alpha", 0.35), ("beta", 0.36),
    ] {
      expectClose(try #require(values[name]), expected, tolerance: 1e-7, "\(name)")
    }
    let optimum = try #require(document["computeOptimum"] as? [String: Double])
    expectClose(try #require(optimum["sizeExponent"]), 0.36 / 0.71, tolerance: 1e-7)
  }

  /// Every law of size and data comes back from its model file, whatever the sizes of its parameters.
  @Test(arguments: ["chinchilla", "minicpm", "kaplan-data", "kaplan-steps", "data-constrained"])
  func modelFiles(law: String) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    var lines = ["N,D,steps,U,loss"]
    var random = SeededGenerator(seed: 4)
    for size in [3e7, 1e8, 4e8, 1.5e9, 6e9] {
      for tokens in [5e8, 2e9, 1e10, 5e10, 2e11] {
        let loss = 1.7 + 400 * pow(size, -0.35) + 1500 * pow(tokens, -0.36)
        lines.append(
          "\(size),\(tokens),\(Int(tokens / 1e6)),1e10,\(loss * (1 + 1e-3 * random.normal()))")
      }
    }
    try workdir.write(lines.joined(separator: "\n"), to: "runs.csv")
    let tool = CommandLineTool(in: workdir.url)
    let fit = try tool([
      "fit", "--table", "runs.csv", "--law", law, "-o", "model.json", "--json",
    ])
    #expect(fit.status == 0, "\(fit.errors)")
    let runs = try #require(try fit.json()["runs"] as? [[String: Any]])
    let fitted = try #require((runs[12]["final"] as? [String: Double])?["predicted"])
    let outcome = try tool([
      "predict", "model.json", "--parameters", "4e8", "--tokens", "1e10", "--steps", "10000",
      "--unique-tokens", "1e10", "--json",
    ])
    let run = try #require(try outcome.json()["run"] as? [String: Any], "\(outcome.errors)")
    let predicted = try #require(run["predicted"] as? Double)
    expectClose(predicted, fitted, tolerance: 1e-12)
    #expect(try #require(run["lower"] as? Double) < predicted)
    #expect(try #require(run["upper"] as? Double) > predicted)
  }

  /// A run far from those fitted is forecast with a warning; a missing number is asked for.
  @Test func forecastsOutsideTheTable() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(TableFitTests.table(), to: "runs.csv")
    let tool = CommandLineTool(in: workdir.url)
    #expect(try tool(["fit", "--table", "runs.csv", "-o", "model.json"]).status == 0)
    let far = try tool(["predict", "model.json", "--parameters", "7e10", "--tokens", "1e11"])
    #expect(far.status == 0)
    #expect(far.errors.contains("7.0e10 parameters are far from those fitted (3.0e7 to 6.0e9)"))
    for (options, words) in [
      (["--tokens", "1e11"], "--parameters"),
      (["--steps", "5", "--parameters", "1e9"], "--tokens"),
    ] {
      let outcome = try tool(["predict", "model.json"] + options)
      #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  /// A power law in steps needs no schedule either.
  @Test func stepsWithoutASchedule() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let rows = [100, 300, 1000, 3000, 10_000, 30_000].map { "\($0),\(2 + 8 / sqrt(Double($0)))\n" }
    try workdir.write("steps,loss\n" + rows.joined(), to: "runs.csv")
    let tool = CommandLineTool(in: workdir.url)
    let fit = try tool(["fit", "--table", "runs.csv", "-o", "model.json"])
    #expect(fit.status == 0 && fit.output.hasPrefix("power-steps law"), "\(fit.errors)")
    let outcome = try tool(["predict", "model.json", "--steps", "40000", "--json"])
    let run = try #require(try outcome.json()["run"] as? [String: Any])
    expectClose(try #require(run["predicted"] as? Double), 2.04, tolerance: 1e-8)
  }

  @Test func scheduleIsStillAskedFor() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    let run = Fixtures.path("runs/s_cosine_3000_lr0.001_s0.csv.gz")
    #expect(try tool(["fit", run, "-o", "model.json", "-q"]).status == 0)
    let outcome = try tool(["predict", "model.json", "--steps", "4000"])
    #expect(outcome.status == 64 && outcome.errors.contains("--schedule"), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("N,D,accuracy\n1e8,2e9,3\n", "chinchilla", 65, "needs a column 'loss'"),
    ("N,D,loss\n1e8,2e9,three\n", "chinchilla", 65, "bad.csv:2:3: 'three' is not a finite number"),
    ("", "chinchilla", 65, "bad.csv: the file is empty"),
    ("N,D,loss\n1e8,2e9,3\n", "chinchilla", 65, "the table has 1 run, the law needs at least 6"),
    (
      "N,loss\n1e8,3\n2e8,2.9\n", "chinchilla", 65,
      "bad.csv:2: the law 'chinchilla' needs the tokens"
    ),
    (
      "D,loss\n1e8,3\n2e8,2.9\n", "kaplan-data", 65,
      "bad.csv:2: the law 'kaplan-data' needs the model"
    ),
    ("N,D,loss\n1e8,2e9,3\n", "data-constrained", 65, "needs the distinct tokens"),
    ("N,D,loss\n1e8,2e9,3\n", "broken-power", 65, "needs the updates done: a column 'steps'"),
    ("N,D,loss\n1e8,2e9,3\n", "annealing", 64, "fit it to logs"),
  ])
  func hostileTables(text: String, law: String, status: Int32, words: String) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(text, to: "bad.csv")
    let outcome = try CommandLineTool(in: workdir.url)([
      "fit", "--table", "bad.csv", "--law", law,
    ])
    #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func negativeLoss() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(
      TableFitTests.table().replacingOccurrences(
        of: "r7,100000000.0,2000000000.0,", with: "r7,1e8,2e9,-"), to: "bad.csv")
    let tool = CommandLineTool(in: workdir.url)
    let outcome = try tool(["fit", "--table", "bad.csv"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains("bad.csv:8:4: the loss is -")
        && outcome.errors.contains("--objective least-squares"), "\(outcome.errors)")
    #expect(try tool(["fit", "--table", "bad.csv", "--objective", "least-squares"]).status == 0)
  }

  @Test func oneModelSize() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let rows = (1...9).map { "1e8,\($0)e9,\(2 + 1 / Double($0))\n" }.joined()
    try workdir.write("N,D,loss\n" + rows, to: "one.csv")
    let outcome = try CommandLineTool(in: workdir.url)(["fit", "--table", "one.csv"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains("parameters are the same in every row")
        && outcome.errors.contains("add runs that differ in them"), "\(outcome.errors)")
  }

  @Test(arguments: [
    ["--from", "10"], ["--warmup-steps", "5"], ["--keep-early"], ["--schedule", "peak=1,stable:9"],
    ["--lr", "lr"], ["other.csv"], ["--runs", "runs.csv"],
  ])
  func optionsOfLogsAreRefused(options: [String]) throws {
    let outcome = try CommandLineTool()(["fit", "--table", "table.csv"] + options)
    #expect(outcome.status == 64 && outcome.errors.contains("--table"), "\(outcome.errors)")
  }

  @Test func absentTable() throws {
    let outcome = try CommandLineTool()(["fit", "--table", "absent.csv"])
    #expect(outcome.status == 66 && outcome.errors.contains("absent.csv"), "\(outcome.errors)")
  }
}
