import Foundation
import TestSupport
import Testing

/// `schedule infer` and the schedule that `inspect` shows.
@Suite struct ScheduleInferTests {
  private static let run = "fixtures/runs/s_wsd20-linear_6000_lr0.001_s0.csv.gz"
  private static let schedule = "peak=0.001,conv=llmc,warmup:150,stable:4650,decay:1200"

  @Test func loggedRatesGiveTheSchedule() throws {
    let outcome = try CommandLineTool()(["schedule", "infer", Self.run, "--json"])
    #expect(outcome.status == 0)
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    #expect(runs.count == 1)
    #expect(runs[0]["schedule"] as? String == Self.schedule)
    #expect(runs[0]["source"] as? String == "learningRate")
    #expect(runs[0]["offset"] as? Int == -1)
    #expect(runs[0]["exact"] as? Bool == true)
    #expect(runs[0]["explainedRows"] as? Int == 6000)
  }

  @Test func textTellsEvidenceAndHowToConfirm() throws {
    let outcome = try CommandLineTool()(["schedule", "infer", Self.run])
    #expect(outcome.output.contains("schedule   \(Self.schedule)"))
    #expect(outcome.output.contains("6000 of 6000 rows"))
    #expect(outcome.output.contains("confirm    --schedule '"))
    #expect(outcome.output.contains("update s - 1"))
  }

  @Test func inspectShowsTheSchedule() throws {
    let outcome = try CommandLineTool()(["inspect", Self.run, "--json"])
    let files = try #require(try outcome.json()["files"] as? [[String: Any]])
    let runs = try #require(files[0]["runs"] as? [[String: Any]])
    #expect(runs[0]["schedule"] as? String == Self.schedule)
  }

  @Test func withoutARateTheNameIsOnlyAHint() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let rows = (1...60).map { "\($0 * 10),\(2 + 10 / Double($0))" }
    let text = (["step,loss"] + rows).joined(separator: "\n") + "\n"
    let named = try workdir.write(text, to: "a_wsd_linear0.2_lr0.001_600.csv")
    let outcome = try CommandLineTool()(["schedule", "infer", named, "--json"])
    #expect(outcome.status == 0)
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    #expect(runs[0]["source"] as? String == "name")
    #expect(runs[0]["exact"] is NSNull)
    #expect(runs[0]["schedule"] as? String == "peak=0.001,stable:480,decay:120")

    let silent = try workdir.write(text, to: "a.csv")
    let refusal = try CommandLineTool()(["schedule", "infer", silent])
    #expect(refusal.status == 65)
    #expect(refusal.output.contains("give it with --schedule"))
    let inspected = try CommandLineTool()(["inspect", silent, "--json"])
    let files = try #require(try inspected.json()["files"] as? [[String: Any]])
    let entries = try #require(files[0]["runs"] as? [[String: Any]])
    #expect(entries[0]["schedule"] is NSNull)
  }

  @Test func aLogWithoutALossWillDo() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let rows = (1...40).map {
      "\($0 * 10),\($0 > 10 ? 3e-4 * Double(40 - $0) / 30 : 3e-5 * Double($0))"
    }
    let path = try workdir.write((["step,lr"] + rows).joined(separator: "\n"), to: "a.csv")
    let outcome = try CommandLineTool()(["schedule", "infer", path, "--json"])
    #expect(outcome.status == 0)
    let runs = try #require(try outcome.json()["runs"] as? [[String: Any]])
    #expect(runs[0]["schedule"] as? String == "peak=0.0003,warmup:100,decay:300")
    #expect(runs[0]["exact"] as? Bool == true)
    // Commands that fit a loss still need one.
    #expect(try CommandLineTool()(["inspect", path]).status == 65)
    let neither = try workdir.write("step,speed\n1,2\n2,3\n", to: "b.csv")
    #expect(try CommandLineTool()(["schedule", "infer", neither]).status == 65)
  }

  @Test func ratesThatAreNoNumbersAreCounted() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let rows = (1...40).map { "\($0),2,\($0 == 7 ? "inf" : $0 == 9 ? "nan" : "1e-3")" }
    let path = try workdir.write((["step,loss,lr"] + rows).joined(separator: "\n"), to: "a.csv")
    let outcome = try CommandLineTool()(["schedule", "infer", path])
    #expect(outcome.output.contains("2 rows with a rate that is NaN or infinite are passed over"))
  }

  @Test func aPhaseOfFewRowsIsNotCalledExact() throws {
    let workdir = try Workdir()
    defer { workdir.remove() }
    // A warm-up of 15 and a cosine to 500, every 10 steps: one row rises.
    let rows = stride(from: 10, through: 500, by: 10).map { step in
      let done = Double(step - 15) / 485
      return "\(step),2,\(step < 15 ? 2e-5 * Double(step) / 15 : 1e-5 * (1 + cos(.pi * done)))"
    }
    let path = try workdir.write((["step,loss,lr"] + rows).joined(separator: "\n"), to: "a.csv")
    let outcome = try CommandLineTool()(["schedule", "infer", path])
    #expect(outcome.output.contains("schedule   peak=2e-5,warmup:15,decay:485:cosine\n"))
    #expect(outcome.output.contains("agrees with every row, but phase 1 rests on few"))
    #expect(outcome.output.contains("phase 1 rests on 1 row"))
    let one = try workdir.write("step,loss,lr\n10,2,1e-4\n", to: "b.csv")
    #expect(
      try CommandLineTool()(["schedule", "infer", one]).output.contains("one row tells nothing"))
  }

  @Test func badInputsHaveTheirExitCodes() throws {
    #expect(try CommandLineTool()(["schedule", "infer", "no-such.csv"]).status == 66)
    #expect(try CommandLineTool()(["schedule", "infer"]).status == 64)
    #expect(
      try CommandLineTool()(["schedule", "infer", "fixtures/hostile/prose.csv"]).status == 65)
    let both = try CommandLineTool()(["schedule", "infer", Self.run, "no-such.csv"])
    #expect(both.status == 2)
  }
}
