import Foundation
import TestSupport
import Testing

/// Logs of other formats than tables on the command line.
@Suite struct LogFormatTests {
  /// A nanoGPT log of a run that falls from 10.
  private func log(steps: Int) -> String {
    (0..<steps).map { "iter \($0): loss \(3 + 7 / (1 + Double($0) / 20)), time 229.60ms\n" }
      .joined()
  }

  private func files(_ outcome: CommandLineTool.Outcome) throws -> [[String: Any]] {
    try #require(try outcome.json()["files"] as? [[String: Any]])
  }

  @Test func inspectSaysWhyAFormatWasChosen() throws {
    let outcome = try CommandLineTool()([
      "inspect", Fixtures.path("logs/nanogpt/train.log"), "--why", "--json",
    ])
    let why = try #require(try files(outcome)[0]["why"] as? [[String: Any]])
    #expect(why[0]["format"] as? String == "nanogpt" && why[0]["chosen"] as? Bool == true)
    #expect(why.count { $0["chosen"] as? Bool == true } == 1)
    #expect(why.contains { $0["format"] as? String == "megatron" })
  }

  /// One file with two runs, and a folder in which one file is no log: the rest goes on, exit code 2.
  @Test func runsOfMixedLogsAreReported() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    try workdir.write(log(steps: 120) + log(steps: 200), to: "runs/two.log")
    try workdir.write(
      "{\"step\": 1, \"loss\": 3.5}\n{\"step\": 2, \"loss\": 3.25}\n", to: "runs/a.jsonl")
    try workdir.write("step,accuracy\n1,0.5\n", to: "runs/none.csv")
    let outcome = try CommandLineTool(in: workdir.url)(["inspect", "runs", "--json"])
    #expect(outcome.status == 2)
    let found = try files(outcome)
    #expect(found.map { $0["format"] as? String } == ["jsonl", "nanogpt"])
    let runs = try #require(found[1]["runs"] as? [[String: Any]])
    #expect(runs.map { $0["points"] as? Int } == [120, 200])
    #expect(outcome.errors.contains("none.csv"))
  }
}
