import Foundation
import TestSupport
import Testing

/// Refined schedules through the command line.
@Suite struct ScheduleRefineTests {
  private static func log(_ norm: (Int) -> String, rows: Int = 200) -> String {
    "step,lr,train_loss,grad_norm\n"
      + (0..<rows).map { "\(10 * $0 + 10),0.002,\(3 - 0.001 * Double($0)),\(norm($0))\n" }.joined()
  }

  private func refine(
    _ log: String, _ arguments: [String], work: (Workdir) throws -> Void = { _ in }
  ) throws -> CommandLineTool.Outcome {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(log, to: "run.csv")
    let outcome = try CommandLineTool(in: workdir.url)(
      ["schedule", "refine", "run.csv"] + arguments)
    try work(workdir)
    return outcome
  }

  /// Constant norms: the linear decay of the same length and peak, in text, JSON and table.
  @Test func constantNormsGiveALine() throws {
    let log = Self.log { _ in "0.7" }
    let text = try refine(log, [])
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output == "peak=0.002,decay:2000\n")
    #expect(text.errors.contains("L1 norms"))
    let json = try refine(log, ["--optimizer", "sgd", "--total", "100", "--peak", "1", "--json"])
    let document = try json.json()
    #expect(json.errors == "")
    #expect(document["schedule"] as? String == "peak=1,decay:100")
    #expect(document["optimizer"] as? String == "sgd")
    let rates = try #require(document["learningRates"] as? [Double])
    let steps = try #require(document["steps"] as? [Double])
    for (step, rate) in zip(steps, rates) {
      expectClose(rate, 1 - step / 100, tolerance: 1e-9, scale: 1)
    }
    _ = try refine(log, ["--total", "4", "--peak", "8", "-o", "next.csv"]) { workdir in
      let table = try String(
        contentsOf: workdir.url.appendingPathComponent("next.csv"), encoding: .utf8)
      let rows = table.split(separator: "\n").map { $0.split(separator: ",") }
      #expect(rows[0] == ["step", "learning_rate"])
      #expect(rows.dropFirst().map { Int($0[0]) } == [0, 1, 2, 3])
      for (row, expected) in zip(rows.dropFirst(), [8.0, 6, 4, 2]) {
        expectClose(try #require(Double(row[1])), expected, tolerance: 1e-12)
      }
    }
  }

  @Test(arguments: [
    (log { _ in "0.7" }, ["--optimizer", "lion"], 64, "There is no optimizer 'lion'"),
    (log { _ in "0.7" }, ["--smoothing", "2"], 64, "--smoothing must lie between 0 and 1"),
    (log { _ in "0.7" }, ["-o", "none/x.csv"], 74, "there is no directory"),
    (log { _ in "nan" }, [], 65, "only 0 rows have a positive, finite gradient norm"),
    (log({ _ in "1" }, rows: 15), [], 65, "only 15 rows"),
    ("step,loss\n1,3\n2,2\n3,1\n", [], 65, "has no column of gradient norms"),
    ("", [], 65, "run.csv"),
  ])
  func refusals(log: String, arguments: [String], status: Int32, message: String) throws {
    let outcome = try refine(log, arguments)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output == "")
  }

  /// Norms that double over the run make the schedule fall faster than a line at first.
  @Test func ownRunsHaveNorms() throws {
    let log = Fixtures.path("runs/m_cosine_6000_lr0.001_s0.csv.gz")
    let outcome = try CommandLineTool()(["schedule", "refine", log, "--json", "--quiet"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try outcome.json()
    #expect(document["peak"] as? Double == 0.001)
    #expect(document["total"] as? Int == 6000)
    let rates = try #require(document["learningRates"] as? [Double])
    #expect(rates.first == 0.001)
    #expect(rates.last == 0)
    #expect(rates[rates.count / 2] < 0.0003)
  }
}
