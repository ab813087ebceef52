import TestSupport
import Testing

@testable import TrainingLogs

/// JSON that is broken, odd or meant to harm.
struct JSONHostileTests {
  private func read(_ text: String, _ file: String = "log.json") throws(LogError) -> LogReading {
    try LogReader.read(bytes: Array(text.utf8), file: file)
  }

  private func loss(_ text: String) throws -> [Double: Double] {
    let run = try #require(try read(text).entries.first?.run)
    return Dictionary(uniqueKeysWithValues: zip(run.steps, run.loss))
  }

  private let rows = "{\"step\":1,\"loss\":4}\n{\"step\":2,\"loss\":3}\n"

  // What is no log.

  @Test(
    arguments: [
      #"{"name": "a", "version": "1.0.0", "dependencies": {"loss": "^1.0"}}"#,
      "{\n  \"learning_rate\": 0.001,\n  \"loss\": \"mse\",\n  \"betas\": [0.9, 0.95]\n}",
      #"{"object": "fine_tuning.job", "id": "x", "trained_tokens": 57, "result_files": ["f"]}"#,
      #"{"cells": [{"cell_type": "code", "outputs": [], "source": ["loss = 3"]}], "nbformat": 4}"#,
      "[]", "{}", "[[[]]]", "[1, \"a\"]", "{\"step\": [1, 2, 3]}", "[{\"a\": 1}, {\"a\": 2}]",
      "{\"loss\": {\"a\": true}}", "{\"cells\": 5}", "{\"log_history\": []}",
    ])
  func isRefusedWithAReason(_ text: String) {
    let error = #expect(throws: LogError.self) { try read(text) }
    #expect([.notALog, .noLossColumn].contains(error?.code), "\(String(describing: error))")
    #expect(error?.message.isEmpty == false)
  }

  @Test func aBrokenDocumentSaysWhere() {
    let error = #expect(throws: LogError.self) {
      try read("{\n  \"step\": [1, 2,\n  \"loss\": oops\n}")
    }
    #expect(error?.code == .notALog)
  }

  // What is a log in spite of something.

  @Test func aBadLineIsLeftOut() throws {
    let text = rows + "{\"step\":3,\"loss\" 2}\n{\"step\":4,\"loss\":1}\n"
    #expect(try loss(text) == [1: 4, 2: 3, 4: 1])
    let issue = try #require(try read(text).issues.first)
    #expect([issue.line, issue.column] == [3, 18])
    #expect(issue.code == .malformedLine)
  }

  @Test func duplicateKeysKeepTheLast() throws {
    #expect(try loss(rows + "{\"step\":3,\"loss\":9,\"loss\":2}\n") == [1: 4, 2: 3, 3: 2])
  }

  @Test func escapedKeysAreTheSame() throws {
    #expect(try loss(rows + "{\"st\\u0065p\":3,\"l\\u006fss\":2}\n") == [1: 4, 2: 3, 3: 2])
  }

  @Test func hugeNumbersAreInfinite() throws {
    let reading = try read(
      rows + "{\"step\":3,\"loss\":1e999999}\n{\"step\":1e999999,\"loss\":2}\n")
    #expect(reading.entries.first?.run.steps == [1, 2, 3])
    #expect(reading.entries.first?.summaries.first?.nonFinite == 1)
  }

  @Test func bytesThatAreNoTextDoNotMatter() throws {
    var bytes = Array(rows.utf8)
    bytes += Array("{\"step\":3,\"note\":\"".utf8) + [0xFF, 0xC0] + Array("\",\"loss\":2}\n".utf8)
    let reading = try LogReader.read(bytes: bytes, file: "log.jsonl")
    #expect(reading.entries.first?.run.loss == [4, 3, 2])
  }

  @Test func listsOfOtherLengthsAreReported() throws {
    let text = #"{"step":[1,2,3],"loss":[4,3.5,3],"val_loss":[4.5,3.5]}"#
    let reading = try read(text)
    #expect(reading.entries.first?.run.loss == [4, 3.5, 3])
    #expect(reading.issues.contains { $0.code == .fieldCount && $0.message.contains("'val_loss'") })
    let summary = try #require(reading.entries.first?.summaries.first { $0.name == "val_loss" })
    #expect(summary.count == 2)
    #expect(summary.last?.step == 1)
  }

  @Test func listsWithoutStepsAreCountedFromZeroEach() throws {
    let reading = try read(#"{"train_loss":[4,3.5,3,2.5],"val_loss":[4.5,3.5]}"#)
    let summaries = try #require(reading.entries.first?.summaries)
    #expect(summaries.map(\.count) == [4, 2])
    #expect(summaries.map(\.last?.step) == [3, 1])
  }

  @Test func twoSplitsKeepTheirNames() throws {
    let text = #"{"train":{"step":[1,2],"loss":[4,3]},"val":{"step":[2],"loss":[3.5]}}"#
    let run = try #require(try read(text).entries.first?.run)
    #expect(run.series.filter { $0.role.isLoss }.map(\.name) == ["train/loss", "val/loss"])
    #expect(run.steps == [1, 2])
  }

  @Test func aCutDocumentKeepsItsRecords() throws {
    let text = #"{"log_history":[{"step":1,"loss":4},{"step":2,"loss":3},{"step":3,"lo"#
    let reading = try read(text)
    #expect(reading.entries.first?.run.loss == [4, 3])
    #expect(reading.issues.map(\.code) == [.truncatedLine])
  }

  // What is meant to harm.

  @Test(arguments: ["[", "{\"a\":", "[[1,2],", "[{\"loss\":1,\"a\":", "{\"x\":[[", "[[[1],"])
  func depthIsBounded(_ piece: String) {
    let text = String(repeating: piece, count: 2000)
    _ = try? read(text)
    _ = try? read(rows + text)
  }

  @Test func manyKeysAreBounded() throws {
    var text = rows
    for row in 0..<100 {
      text += "{\"step\":\(row + 3),\"loss\":2"
      for key in 0..<1000 { text += ",\"k\(row)_\(key)\":1" }
      text += "}\n"
    }
    let reading = try read(text)
    #expect(reading.entries.first?.run.steps.count == 102)
  }

  @Test(arguments: 0..<20)
  func brokenBytesDoNoHarm(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for path in TruncationTests.samples
    where path.hasSuffix(".json") || path.hasSuffix(".ipynb") || path.hasSuffix(".jsonl") {
      var bytes = try ByteFile.read(Fixtures.path("logs/\(path)"))
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default:
          bytes.insert(Array("{}[]\",:\\1".utf8).randomElement(using: &generator) ?? 0, at: place)
        }
      }
      _ = try? LogReader.read(bytes: bytes, file: path)
    }
  }
}
