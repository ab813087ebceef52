import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

/// Runs that are made of several files.
struct DirectoryLayoutTests {
  private func readings(_ work: Workdir) throws -> [LogReading] {
    try LogSearch.sources(for: [work.url.path]).map { try LogReader.read($0) }
  }

  private func only(_ work: Workdir) throws -> LogReading {
    let found = try readings(work)
    try #require(found.count == 1)
    return found[0]
  }

  private func events(_ steps: Range<Int>, _ tag: String, from loss: Double) -> Data {
    Data(
      WireWriter.eventFile(
        steps.map { WireWriter.event($0, [(tag, Float(loss - Double($0) / 8))]) }))
  }

  @Test func joinsTheEventFilesOfAFolder() throws {
    let work = try Workdir()
    defer { work.remove() }
    try work.write(events(0..<10, "loss", from: 9), to: "a/events.out.tfevents.100.h")
    try work.write(events(8..<20, "loss", from: 9), to: "a/events.out.tfevents.200.h")
    try work.write(events(0..<5, "loss", from: 7), to: "b/deep/events.out.tfevents.100.h")
    let found = try readings(work)
    #expect(found.map(\.entries.first?.run.name) == ["a", "deep"])
    #expect(found[0].entries.first?.run.steps == (0..<20).map(Double.init))
    #expect(found[1].entries.first?.run.steps.count == 5)
  }

  @Test func joinsTrainingAndValidationOfKeras() throws {
    let work = try Workdir()
    defer { work.remove() }
    try work.write(events(0..<10, "epoch_loss", from: 9), to: "r/train/events.out.tfevents.1.h")
    try work.write(
      events(0..<10, "epoch_loss", from: 9.5), to: "r/validation/events.out.tfevents.2.h")
    let run = try #require(try only(work).entries.first?.run)
    #expect(run.name == "r")
    #expect(run.steps == (0..<10).map(Double.init))
    #expect(run.series.first { $0.role == .validationLoss }?.name == "validation/epoch_loss")
    #expect(run.series.first { $0.role == .trainLoss }?.values.first == 9)
    #expect(run.loss.first == 9.5)
  }

  @Test func joinsScalarExportsByTheirTimes() throws {
    let work = try Workdir()
    defer { work.remove() }
    // A restart at step 2, seen by both files.
    let steps = [0, 1, 2, 3, 2, 3, 4, 5]
    for (tag, scale) in [("loss", 1.0), ("lr", 0.001), ("accuracy", 2.0)] {
      let rows = steps.enumerated().map { "\(100 + $0),\($1),\(scale * Double(9 - $0))\n" }
      try work.write(
        "Wall time,Step,Value\n" + rows.joined(), to: "exports/run-first-tag-\(tag).csv")
    }
    let reading = try only(work)
    let run = try #require(reading.entries.first?.run)
    #expect(run.name == "first")
    #expect(run.steps == [0, 1, 2, 3, 4, 5])
    #expect(run.loss == [9, 8, 5, 4, 3, 2])
    #expect(run.learningRate?.last == 0.002)
    let loss = try #require(reading.entries.first?.summaries.first { $0.name == "loss" })
    #expect((loss.count, loss.stepsBackwards, loss.duplicateSteps) == (8, 1, 2))
    #expect(reading.entries.first?.summaries.contains { $0.name == "accuracy" } == true)
  }

  @Test func readsTheLongestCheckpoint() throws {
    let work = try Workdir()
    defer { work.remove() }
    for last in [10, 20, 30] {
      let rows = (1...last).map { "{\"step\": \($0), \"loss\": \(40 - $0)}" }
      try work.write(
        "{\"log_history\": [\(rows.joined(separator: ", "))]}",
        to: "run/checkpoint-\(last)/trainer_state.json")
    }
    try work.write("{\"log_history\": [", to: "run/checkpoint-40/trainer_state.json")
    let reading = try only(work)
    #expect(reading.entries.first?.run.name == "run")
    #expect(reading.entries.first?.run.steps.count == 30)
    #expect(reading.issues.map(\.code) == [.filesPassedOver])
  }

  @Test func joinsVersionsThatGoOn() throws {
    let work = try Workdir()
    defer { work.remove() }
    func version(_ number: Int, _ steps: StrideTo<Int>) throws {
      let rows = steps.map { "\($0),\(9000 - $0)\n" }
      try work.write("step,train_loss\n" + rows.joined(), to: "logs/version_\(number)/metrics.csv")
    }
    try version(0, stride(from: 49, to: 1000, by: 50))
    try version(2, stride(from: 949, to: 2000, by: 50))
    try version(10, stride(from: 49, to: 500, by: 50))
    let found = try readings(work)
    #expect(found.map(\.entries.first?.run.name) == ["logs/version_0", "logs/version_10"])
    #expect(found[0].entries.first?.run.steps.last == 1999)
    #expect(found[0].entries.first?.run.steps.count == 40)
    #expect(found[0].issues.contains { $0.code == .filesJoined })
    #expect(found[1].entries.first?.run.steps.count == 10)
  }

  @Test func readsMLflowsFileStore() throws {
    let work = try Workdir()
    defer { work.remove() }
    let run = "mlruns/0/a1b2"
    try work.write("artifact_uri: x\nrun_name: 'calm-owl'\nstatus: 3\n", to: "\(run)/meta.yaml")
    try work.write("0.001", to: "\(run)/params/lr")
    let lines = (0..<20).map { "\(1_700_000_000_000 + $0) \(Double(20 - $0)) \($0 * 10)\n" }
    try work.write(lines.reversed().joined(), to: "\(run)/metrics/train/loss")
    try work.write(
      (0..<3).map { "\(1_700_000_000_005 + $0 * 5) nan \($0 * 50 + 50)\n" }.joined(),
      to: "\(run)/metrics/val_acc")
    try work.write("1700000000000 3.5\n1700000000001 3.25\n", to: "\(run)/metrics/old")
    let reading = try only(work)
    #expect(reading.format == "mlflow")
    let entry = try #require(reading.entries.first)
    #expect(entry.run.name == "calm-owl")
    #expect(entry.run.loss.filter(\.isFinite) == (0..<20).map { Double(20 - $0) })
    #expect(entry.summaries.first { $0.name == "val_acc" }?.nonFinite == 3)
    #expect(entry.summaries.first { $0.name == "old" }?.last?.step == 1)
  }

  @Test func readsWandbsRunFolder() throws {
    let work = try Workdir()
    defer { work.remove() }
    let sample = try Data(
      contentsOf: URL(fileURLWithPath: Fixtures.path("logs/wandb/run-abc123.wandb")))
    try work.write(sample, to: "wandb/run-20240101_000000-abc123/run-abc123.wandb")
    // Without a history the console's output is all there is.
    let empty = WandbTests.file([WireWriter.piece(17, WireWriter.piece(1, "x"))])
    try work.write(Data(empty), to: "wandb/run-20240102_000000-def456/run-def456.wandb")
    let output = (0..<9).map { "iter \($0): loss \(9 - $0).0, time 1ms\n" }.joined()
    try work.write(output, to: "wandb/run-20240102_000000-def456/files/output.log")
    let found = try readings(work)
    #expect(found.map(\.entries.first?.run.name) == ["brave-tree-7", "def456"])
    #expect(found.map(\.format) == ["wandb", "nanogpt"])
    #expect(found[1].issues.contains { $0.code == .filesPassedOver })
  }

  @Test func survivesLoopsAndDepth() throws {
    let work = try Workdir()
    defer { work.remove() }
    let path = try work.write("step,loss\n1,2\n", to: "a/run.csv")
    let loop = work.url.appendingPathComponent("a/loop").path
    try FileManager.default.createSymbolicLink(
      atPath: loop, withDestinationPath: work.url.path)
    let deep = Array(repeating: "d", count: DirectoryScan.mostDepth + 3).joined(separator: "/")
    try work.write("step,loss\n1,2\n", to: "\(deep)/run.csv")
    let found = try LogSearch.sources(for: [work.url.path])
    #expect(found.filter { $0.problem == nil }.map(\.path) == [path])
    let problem = try #require(found.first { $0.problem != nil })
    #expect(problem.problem?.message.contains("directories deep") == true)
    #expect(throws: LogError.self) { try LogReader.read(problem) }
  }

  @Test func neverWaitsForAPipe() throws {
    let work = try Workdir()
    defer { work.remove() }
    let path = work.url.appendingPathComponent("pipe.csv").path
    try #require(mkfifo(path, 0o600) == 0)
    let error = #expect(throws: LogError.self) { try LogReader.read(path) }
    #expect(error?.code == .unreadable)
    let found = try LogSearch.sources(for: [work.url.path])
    #expect(found.map(\.problem?.code) == [.unreadable])
    #expect(throws: LogError.self) { try LogReader.read("/dev/null") }
  }

  @Test func tellsOfAFileThatVanished() throws {
    let work = try Workdir()
    defer { work.remove() }
    let path = try work.write("step,loss\n1,2\n", to: "run.csv")
    let sources = try LogSearch.sources(for: [work.url.path])
    try FileManager.default.removeItem(atPath: path)
    let error = #expect(throws: LogError.self) { try LogReader.read(sources[0]) }
    #expect(error?.code == .notFound)
  }
}
