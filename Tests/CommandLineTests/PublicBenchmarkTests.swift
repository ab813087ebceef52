import Foundation
import TestSupport
import Testing

/// The collection of public curves.
@Suite(
  .enabled(
    if: Fixtures.shared("curves/tasks.json") != nil,
    "needs the optional collection of public curves, ../shared/curves"))
struct PublicBenchmarkTests {
  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try CommandLineTool()(arguments + ["--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try outcome.json()
  }

  /// The first task fits three runs and predicts six others, at two sizes: the annealing law is
  /// scored as in an independent exact fit (SciPy, areas summed step by step), and as by `fit` and
  /// `predict --against` with the schedules as expressions.
  @Test(arguments: [
    ("25M", "mpl25", 14144, 0.00201535089), ("100M", "mpl100", 15936, 0.00239487540),
  ])
  func annealingLaw(name: String, size: String, end: Int, expected: Double) throws {
    let folder = try #require(Fixtures.shared("curves"))
    let report = try json(["benchmark", "\(folder)/tasks.json", "--laws", "annealing"])
    let task = try #require((report["tasks"] as? [[String: Any]])?.first)
    let law = try #require((task["laws"] as? [[String: Any]])?.first)
    let question = try #require(
      (law["cases"] as? [[String: Any]])?.first { $0["name"] as? String == name })
    let scores = try #require(question["runs"] as? [[String: Any]])
    let errors = try scores.map { try #require($0["meanError"] as? Double) }
    #expect(errors.count == 6)
    expectClose(errors.reduce(0, +) / 6, expected, tolerance: 1e-6)

    try comparePredictions(errors, folder: folder, size: size, end: end)
  }

  /// Whole curves, as the paper scores them: an independent exact fit gives 0.00130 and 0.00144.
  @Test func wholeCurves() throws {
    let folder = try #require(Fixtures.shared("curves"))
    let report = try json([
      "benchmark", "\(folder)/tasks.json", "--laws", "annealing", "--whole-curves", "--keep-early",
    ])
    let task = try #require((report["tasks"] as? [[String: Any]])?.first)
    let law = try #require((task["laws"] as? [[String: Any]])?.first)
    let cases = try #require(law["cases"] as? [[String: Any]])
    for (question, expected) in zip(cases, [0.00130, 0.00144]) {
      let scores = try #require(question["runs"] as? [[String: Any]])
      let errors = try scores.map { try #require($0["meanError"] as? Double) }
      #expect(abs(errors.reduce(0, +) / 6 - expected) < 5e-6)
    }
    #expect(cases.count == 2)
  }

  /// The errors of the other tasks by an independent exact fit (SciPy, areas summed step by step).
  @Test func otherTasks() throws {
    let folder = try #require(Fixtures.shared("curves"))
    let report = try json(["benchmark", "\(folder)/tasks.json", "--laws", "annealing"])
    let tasks = try #require(report["tasks"] as? [[String: Any]])
    let expected = [
      "pub_124M_shapes": 0.00360052965, "pub_124M_horizon": 0.00456182637,
      "pub_small_sizes": 0.0189139204,
    ]
    for task in tasks.dropFirst() {
      let law = try #require((task["laws"] as? [[String: Any]])?.first)
      let errors = try #require(law["errors"] as? [String: Any])
      let name = try #require(task["name"] as? String)
      expectClose(
        try #require(errors["mean"] as? Double), try #require(expected[name]), tolerance: 1e-6,
        "\(name)")
    }
    #expect(tasks.count == 4)
  }

  private func comparePredictions(
    _ errors: [Double], folder: String, size: String, end: Int
  ) throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let head = "peak=3e-4,warmup:2160"
    func list(_ runs: [(String, String)], in name: String) throws -> String {
      try workdir.write(
        "run,file,schedule\n"
          + runs.map { "\($0),\(folder)/\(size)/\(size)_\($0).csv,\"\(head),\($1)\"\n" }.joined(),
        to: name)
    }
    let fitted = try list(
      [
        ("cosine_24000", "decay:21840:cosine:to=0.1x"), ("constant_24000", "stable:21840"),
        ("wsdcon_9", "stable:5840,stable:8000:at=0.3x"),
      ], in: "fit.csv")
    let model = workdir.url.appendingPathComponent("model.json").path
    _ = try json([
      "fit", "--law", "annealing", "--runs", fitted, "-o", model, "--keep-early", "-q",
    ])
    let predicted = [
      ("constant_72000", "stable:69840", 24000, 71936),
      ("cosine_72000", "decay:69840:cosine:to=0.1x", 2160, 71920),
      ("wsd_20000_24000", "stable:17840,decay:4000:exp:to=0.1x", 20000, 23904),
      ("wsdld_20000_24000", "stable:17840,decay:4000:to=0.1x", 20000, 23904),
      ("wsdcon_3", "stable:5840,stable:8000:at=0.1x", 8000, end),
      ("wsdcon_18", "stable:5840,stable:8000:at=0.6x", 8000, end),
    ]
    for (index, (run, schedule, from, to)) in predicted.enumerated() {
      let runs = try list([(run, schedule)], in: "\(run).csv")
      let outcome = try json([
        "predict", model, "-q", "--against", "--runs", runs, "--from", "\(from)", "--to", "\(to)",
      ])
      let scored = try #require((outcome["runs"] as? [[String: Any]])?.first)
      let metrics = try #require(scored["metrics"] as? [String: Any])
      expectClose(
        errors[index], try #require(metrics["meanRelativeError"] as? Double), tolerance: 1e-6,
        "\(run)")
    }
  }
}
