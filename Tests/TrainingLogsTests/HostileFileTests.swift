import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

/// Broken and odd files of `fixtures/hostile`: what is said of each, and where.
struct HostileFileTests {
  /// What reading a file gives: issues with their places, and how many steps remain.
  struct Survivor: Sendable, CustomTestStringConvertible {
    var file: String
    var steps: Int
    var issues: [String] = []
    var testDescription: String { file }
  }

  /// The code and place of the error that reading a file throws.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var file: String
    var error: String
    var words: String
    var testDescription: String { file }
  }

  static let survivors = [
    Survivor(
      file: "word-in-loss.csv", steps: 2, issues: ["notANumber:3:2"]),
    Survivor(
      file: "many-words-in-loss.csv", steps: 12,
      issues: [2, 4, 6, 8, 10, 12].map { "notANumber:\($0):2" }),
    Survivor(file: "word-in-step.csv", steps: 2, issues: ["notANumber:3:1"]),
    Survivor(file: "too-few-fields.csv", steps: 3, issues: ["fieldCount:3:0"]),
    Survivor(file: "too-many-fields.csv", steps: 3, issues: ["fieldCount:3:0"]),
    Survivor(file: "trailing-delimiters.csv", steps: 3),
    Survivor(file: "cut-in-last-line.csv", steps: 2, issues: ["truncatedLine:4:2"]),
    Survivor(file: "open-quote.csv", steps: 3, issues: ["unterminatedQuote:3:3"]),
    Survivor(file: "text-behind-quote.csv", steps: 2),
    Survivor(file: "newline-in-quotes.csv", steps: 2, issues: ["notANumber:4:2"]),
    Survivor(file: "restart.csv", steps: 5, issues: ["restart:6:0"]),
    Survivor(file: "restart-shorter.csv", steps: 5, issues: ["restart:7:0"]),
    Survivor(file: "duplicate-steps.csv", steps: 3, issues: ["duplicateStep:4:0"]),
    Survivor(
      file: "unsorted.csv", steps: 9, issues: ["unsortedRows:3:0", "duplicateStep:11:0"]),
    Survivor(file: "lagging-validation.csv", steps: 6),
    Survivor(file: "no-step-column.csv", steps: 2, issues: ["noStepColumn:0:0"]),
    Survivor(file: "missing-step.csv", steps: 2, issues: ["missingStep:3:1"]),
    Survivor(file: "header-again.csv", steps: 3, issues: ["duplicateStep:5:0"]),
    Survivor(file: "diverged.csv", steps: 5, issues: ["nonFiniteLoss:4:2"]),
    Survivor(file: "cut.csv.gz", steps: 10, issues: ["truncatedCompression:0:0"]),
    Survivor(file: "invalid-utf8.csv", steps: 3),
    Survivor(file: "duplicate-names.csv", steps: 2),
    Survivor(file: "no-header.csv", steps: 3),
    Survivor(file: "no-header-one-column.csv", steps: 3, issues: ["noStepColumn:0:0"]),
    Survivor(file: "null-words.csv", steps: 4),
    Survivor(file: "one-row.csv", steps: 1),
    Survivor(file: "huge-and-tiny.csv", steps: 3, issues: ["nonFiniteLoss:2:2"]),
  ]

  static let refusals = [
    Refusal(file: "empty.csv", error: "empty:0:0", words: "empty"),
    Refusal(file: "blank-lines-only.csv", error: "empty:0:0", words: "blank lines"),
    Refusal(file: "header-only.csv", error: "noUsableRows:0:0", words: "no row of data"),
    Refusal(file: "all-nan.csv", error: "noUsableRows:2:0", words: "3 have a loss that is NaN"),
    Refusal(
      file: "no-loss-column.csv", error: "noLossColumn:1:0",
      words: "--loss COLUMN. The columns are 'step', 'accuracy', 'lr'"),
    Refusal(
      file: "no-header-three-columns.csv", error: "noLossColumn:0:0", words: "'column 3'"),
    Refusal(file: "loss-is-text.csv", error: "notNumeric:2:2", words: "'high'"),
    Refusal(file: "step-is-text.csv", error: "notNumeric:2:1", words: "'first'"),
    Refusal(file: "damaged.csv.gz", error: "damagedCompression:0:0", words: "damaged"),
    Refusal(file: "utf16.csv", error: "notALog:0:0", words: "UTF-16"),
    Refusal(file: "json.csv", error: "notALog:0:0", words: "JSON"),
    Refusal(file: "prose.csv", error: "notALog:1:0", words: "Dear diary"),
    Refusal(file: "zip.csv", error: "notALog:0:0", words: "zip"),
    Refusal(file: "binary.csv", error: "notALog:0:0", words: "binary"),
    Refusal(file: "runs-table.csv", error: "notALog:1:0", words: "one row a run"),
  ]

  /// The same ten rows in other clothes.
  static let renderings = [
    "crlf.csv", "crcrlf.csv", "cr-only.csv", "bom.csv", "leading-nul.csv",
    "leading-nul-and-bom.csv", "tabs.tsv", "semicolons-decimal-commas.csv",
    "excel-separator-line.csv", "padded.csv", "quoted.csv", "comment-header.csv",
    "no-final-newline.csv", "good.csv.gz", "two-members.csv.gz", "zero-padded.csv.gz",
    "not-really.csv.gz",
  ]

  private func read(_ name: String) throws(LogError) -> LogReading {
    try LogReader.read(Fixtures.path("hostile/\(name)"))
  }

  @Test(arguments: survivors)
  func isReadWithIssues(_ expected: Survivor) throws {
    let reading = try read(expected.file)
    let run = try #require(reading.entries.first?.run)
    #expect(run.steps.count == expected.steps)
    #expect(zip(run.steps, run.steps.dropFirst()).allSatisfy { $0 < $1 })
    #expect(run.series.allSatisfy { $0.values.count == run.steps.count })
    let issues = reading.issues.map { "\($0.code):\($0.line):\($0.column)" }
    #expect(issues == expected.issues)
    #expect(reading.issues.allSatisfy { $0.file.hasSuffix(expected.file) })
  }

  @Test(arguments: refusals)
  func isRefused(_ expected: Refusal) throws {
    let error = try #require(throws: LogError.self) { try read(expected.file) }
    #expect("\(error.code):\(error.line):\(error.column)" == expected.error)
    #expect(error.message.contains(expected.words), "\(error)")
    #expect(error.file.hasSuffix(expected.file))
  }

  @Test(arguments: renderings)
  func rendersTheSameRun(file: String) throws {
    let good = try read("good.csv")
    let reading = try read(file)
    #expect(reading.issues == [])
    #expect(reading.entries.first?.run.steps == good.entries.first?.run.steps)
    #expect(reading.entries.first?.run.series == good.entries.first?.run.series)
    #expect(reading.entries.first?.summaries == good.entries.first?.summaries)
    #expect(reading.entries.first?.run.steps == (1...10).map { Double($0) * 10 })
    #expect(reading.format == (file.hasSuffix(".tsv") ? "tsv" : "csv"))
  }

  @Test func everyFixtureIsTested() throws {
    let named =
      Self.survivors.map(\.file) + Self.refusals.map(\.file) + Self.renderings + ["good.csv"]
    let present = try FileManager.default.contentsOfDirectory(atPath: Fixtures.path("hostile"))
    #expect(Set(named) == Set(present))
  }

  // The values that remain, worked out by hand from the files.

  private func loss(_ name: String) throws -> [Double: Double] {
    let run = try #require(try read(name).entries.first?.run)
    return Dictionary(uniqueKeysWithValues: zip(run.steps, run.loss))
  }

  @Test func laterRowsReplaceTheOverlap() throws {
    #expect(try loss("restart.csv") == [10: 4, 20: 3.75, 30: 3.625, 40: 3.375, 50: 3.125])
  }

  @Test func rowsBeyondTheLaterEndAreKept() throws {
    #expect(
      try loss("restart-shorter.csv") == [10: 4, 20: 3.875, 30: 3.625, 40: 3.25, 50: 3.125])
    let message = try #require(try read("restart-shorter.csv").issues.first?.message)
    #expect(message.contains("2 earlier rows of steps 20 to 30 replaced"), "\(message)")
    #expect(message.contains("2 earlier rows beyond step 30"), "\(message)")
  }

  @Test func laterDuplicatesWin() throws {
    #expect(try loss("duplicate-steps.csv") == [1: 4, 2: 3.5, 3: 3.125])
    #expect(
      try loss("unsorted.csv")
        == [
          1: 4, 2: 3.875, 3: 3.5, 4: 3.25, 5: 3, 6: 2.875, 7: 2.75, 8: 2.625, 9: 2.5,
        ])
  }

  @Test func laggingValidationIsNoRestart() throws {
    let run = try #require(try read("lagging-validation.csv").entries.first?.run)
    let train = try #require(run.series.first { $0.name == "loss" }?.values)
    let validation = try #require(run.series.first { $0.name == "val_loss" }?.values)
    #expect(train == [4, 3.75, 3.5, 3.25, 3.125, 3])
    #expect(validation.map(\.isNaN) == [true, false, true, false, true, true])
    #expect(validation[1] == 3.875)
    #expect(validation[3] == 3.375)
  }
}
