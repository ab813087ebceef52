import Foundation
import TestSupport
import Testing

/// Tasks files and manifests that are wrong.
@Suite struct BadBenchmarkTests {
  private static let manifest = """
    run,file,target,segments
    a,logs/a.csv,loss,"[[0,10,""linear"",0,1e-3],[10,200,""const"",1e-3,1e-3]]"
    b,elsewhere/logs/b.csv,loss,
    broken,logs/a.csv,loss,"[[0,10,""wave"",0,1e-3]]"
    halves,logs/a.csv,loss,"{}"
    lost,logs/lost.csv,loss,

    """

  /// A folder with two runs and a tasks file.
  private func benchmark(
    _ tasks: String, options: [String] = []
  ) throws -> CommandLineTool.Outcome {
    let workdir = try Workdir()
    defer { workdir.remove() }
    for (name, level) in [("a", 2.0), ("b", 2.1)] {
      let rows = (1...20).map { "\(10 * $0),1e-3,\(level + 3 / (10 * Double($0)).squareRoot())\n" }
      try workdir.write(Data(("step,lr,loss\n" + rows.joined()).utf8), to: "logs/\(name).csv")
    }
    try workdir.write(BadBenchmarkTests.manifest, to: "runs.csv")
    try workdir.write(tasks, to: "tasks.json")
    return try CommandLineTool(in: workdir.url)(
      ["benchmark", "tasks.json", "--laws", "power-steps"] + options)
  }

  @Test func fixedParametersThatNoLawHas() throws {
    let unknown = try benchmark(task(#"{"run":"a"}"#), options: ["--fix", "kappa=1"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("--fix kappa: none of the laws has that parameter"))
    let noNumber = try benchmark(task(#"{"run":"a"}"#), options: ["--fix", "alpha"])
    #expect(noNumber.status == 64 && noNumber.errors.contains("NAME=NUMBER"))
  }

  private func task(_ fit: String, _ predict: String = #"{"run":"a"}"#) -> String {
    """
    {"version":1,"tasks":[{"name":"t","cases":[
    {"name":"good","fit":[{"run":"a","to":100}],"predict":[{"run":"b","from":50,"to":200}]},
    {"name":"bad","fit":[\(fit)],"predict":[\(predict)]}]}]}
    """
  }

  /// The case at fault is reported, the other one is scored all the same.
  @Test(arguments: [
    (#"{"run":"haves"}"#, "haves: it is not listed in runs.csv; did you mean 'halves'?"),
    (#"{"run":"lost"}"#, "lost: logs/lost.csv: "),
    (#"{"run":"a","from":500}"#, "a has no row with a loss from step 500 on"),
    (#"{"run":"a","from":11,"to":19}"#, "a has no row with a loss from step 11 to 19"),
    (#"{"run":"broken"}"#, "broken: its segments make no sense: there is no shape 'wave'"),
    (#"{"run":"halves"}"#, "halves: its segments are no list of"),
    ("", "it names no run to fit"),
  ])
  func badCase(fit: String, message: String) throws {
    let outcome = try benchmark(task(fit))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("tasks.json: t, bad: \(message)"), "\(outcome.errors)")
    #expect(outcome.output.contains("case bad cannot be scored: \(message)"), "\(outcome.output)")
    #expect(outcome.output.contains("1 case, 1 run forecast"), "\(outcome.output)")
  }

  @Test func nothingToForecast() throws {
    let outcome = try benchmark(task(#"{"run":"a"}"#, ""))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("it names no run to forecast"))
  }

  /// Rows that a law cannot be fitted to are a remark on that law.
  @Test func tooFewRows() throws {
    let outcome = try benchmark(task(#"{"run":"a","to":20}"#))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("power-steps has no score on bad: 2 rows with a loss"))
  }

  @Test func noCaseIsGood() throws {
    let outcome = try benchmark(
      #"{"version":1,"tasks":[{"name":"t","cases":[{"name":"c","fit":[{"run":"x"}],"predict":[]}]}]}"#
    )
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("tasks.json: no task can be scored"))
  }

  @Test(arguments: [
    ("{\"version\":1,\"tasks\":[", "tasks.json: not JSON, or cut short"),
    ("", "tasks.json: not JSON, or cut short"),
    ("[]", "tasks.json: not a tasks file: it holds something else than an object"),
    ("{\"version\":1}", "tasks.json: not a tasks file: 'tasks' is missing"),
    ("{\"version\":2,\"tasks\":[]}", "tasks.json: the tasks have format version 2"),
    ("{\"version\":1,\"tasks\":[]}", "tasks.json: there is no task in it"),
    (
      #"{"version":1,"tasks":[{"name":"t","cases":[{"name":"c","fit":[{"run":3}]}]}]}"#,
      "tasks.json: not a tasks file: 'tasks.[0].cases.[0].fit.[0].run' has the wrong type"
    ),
    (
      #"{"version":1,"tasks":[{"name":"t","bin_rows":0,"cases":[]}]}"#,
      "tasks.json: not a tasks file: 'tasks.[0].bin_rows' makes no sense: it must be at least 1"
    ),
  ])
  func badFile(text: String, message: String) throws {
    let outcome = try benchmark(text)
    #expect(outcome.status == 65)
    #expect(outcome.output.isEmpty && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func missingFilesAndUnknownLaws() throws {
    let tool = CommandLineTool()
    let file = try tool(["benchmark", "nowhere.json"])
    #expect(file.status == 66 && file.errors.contains("nowhere.json: no such tasks file"))
    let manifest = try benchmark(task(""), options: ["--runs", "nowhere.csv"])
    #expect(manifest.status == 66 && manifest.errors.contains("nowhere.csv"))
    let law = try tool(["benchmark", "nowhere.json", "--laws", "anealing"])
    #expect(law.status == 64 && law.errors.contains("Did you mean 'annealing'?"))
    let target = try benchmark(task(""), options: ["--markdown", "no/such/folder.md"])
    #expect(target.status == 74)
  }
}
