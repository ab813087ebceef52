import Foundation
import TestSupport
import Testing

/// Laws on forecasting tasks, through the command line.
@Suite struct BenchmarkTests {
  private let tasks = "fixtures/benchmark/tasks.json"

  /// The table without its last column, which is time.
  private func withoutSeconds(_ text: String) -> String {
    var isTable = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasSuffix("SECONDS") { isTable = true }
      guard isTable, let last = line.split(separator: " ").last else {
        isTable = false
        return String(line)
      }
      let kept = line.dropLast(last.count).reversed().drop { $0 == " " }.reversed()
      return String(kept)
    }.joined(separator: "\n")
  }

  @Test func tables() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let markdown = workdir.url.appendingPathComponent("scores.md").path
    let outcome = try CommandLineTool()([
      "benchmark", tasks, "--laws", "annealing,power-steps", "--left-out", "--per-run",
      "--markdown", markdown,
    ])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    try expectSnapshot(withoutSeconds(outcome.output), named: "commands/benchmark.txt")
    let written = try String(contentsOfFile: markdown, encoding: .utf8)
    #expect(written.hasPrefix("## shapes\n"))
    #expect(written.contains("| s | s\\_wsd | annealing | 25 |"))
  }

  /// A held parameter is held in the laws that have it, and the others are scored as without it.
  @Test func heldParametersAndPriors() throws {
    func report(_ options: [String]) throws -> [[[String: Any]]] {
      let outcome = try CommandLineTool()(
        ["benchmark", tasks, "--laws", "noise-floor,power-steps", "--json"] + options)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let tasks = try #require(try outcome.json()["tasks"] as? [[String: Any]])
      let laws = try #require(tasks.first?["laws"] as? [[String: Any]])
      return try laws.map { law in
        let cases = try #require(law["cases"] as? [[String: Any]])
        return try #require(cases.first?["parameters"] as? [[String: Any]])
      }
    }
    let usual = try report([])
    let held = try report(["--fix", "kappa=1", "--fix", "delta=0.5"])
    let kappa = try #require(held[0].first { $0["name"] as? String == "kappa" })
    #expect(kappa["value"] as? Double == 1 && kappa["role"] as? String == "fixed")
    let delta = try #require(held[0].first { $0["name"] as? String == "delta" })
    #expect(delta["value"] as? Double == 0.5)
    #expect(held[1].map { $0["value"] as? Double } == usual[1].map { $0["value"] as? Double })
    #expect(usual[0].contains { $0["priorShare"] is Double })
    #expect(try !report(["--no-priors"])[0].contains { $0["priorShare"] is Double })
  }

  /// A case scores as `fit` and `predict --against` do on the same rows.
  @Test func scoresAreThoseOfFitAndPredict() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let tool = CommandLineTool(in: workdir.url)
    func log(_ name: String) -> String { Fixtures.path("runs/\(name)_lr0.001_s0.csv.gz") }
    let fit = try tool([
      "fit", "--law", "annealing", log("m_constant_6000"), log("m_811_6000"), "--from", "600",
      "-o", "m.json", "-q",
    ])
    #expect(fit.status == 0, "\(fit.errors)")
    let against = try tool([
      "predict", "m.json", "--json", "--against", log("m_wsd20-linear_6000"), "--from", "4800",
    ])
    let scored = try #require(try against.json()["runs"] as? [[String: Any]])
    let metrics = try #require(scored.first?["metrics"] as? [String: Any])
    let final = try #require(scored.first?["final"] as? [String: Double])
    let run = try #require(
      try Self.runs(of: tasks, ["--keep-early"])["shapes"]?["m"]?["m_wsd"])
    for (value, expected) in [
      (run["meanError"], metrics["meanRelativeError"] as? Double),
      (run["worstError"], metrics["worstRelativeError"] as? Double),
      (run["finalError"], final["relativeError"]),
    ] {
      // The logs give rates to six digits.
      expectClose(try #require(value), try #require(expected), tolerance: 1e-3)
    }
  }

  /// The errors of every run forecast by the annealing law, by task, case and run.
  private static func runs(
    of file: String, _ options: [String] = []
  ) throws -> [String: [String: [String: [String: Double]]]] {
    let outcome = try CommandLineTool()(
      ["benchmark", file, "--laws", "annealing", "--json"] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let tasks = try #require(try outcome.json()["tasks"] as? [[String: Any]])
    var result: [String: [String: [String: [String: Double]]]] = [:]
    for task in tasks {
      let name = try #require(task["name"] as? String)
      let law = try #require((task["laws"] as? [[String: Any]])?.first)
      for question in try #require(law["cases"] as? [[String: Any]]) {
        for run in try #require(question["runs"] as? [[String: Any]]) {
          result[name, default: [:]][question["name"] as? String ?? "", default: [:]][
            run["run"] as? String ?? ""] = run.compactMapValues { $0 as? Double }
        }
      }
    }
    return result
  }

  @Test func wholeCurvesStartAtTheFirstRowFitted() throws {
    let runs = try Self.runs(of: tasks, ["--whole-curves", "--keep-early"])
    // A row every 50 steps from 600 to 6000.
    #expect(runs["shapes"]?["s"]?["s_wsd"]?["rows"] == 109)
  }
}
