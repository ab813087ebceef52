import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

/// Real logs beside the package against the figures that were worked out for them by hand.
struct SharedLogTests {
  /// One line of `EXPECTED.tsv`.
  struct Expectation: Sendable, CustomTestStringConvertible {
    var folder: String
    var file: String
    var series: String
    var count: Int
    var first: (step: Double, value: Double)
    var last: (step: Double, value: Double)
    var stepsBackwards: Int
    var duplicates: Int
    var nonFinite: Int
    var testDescription: String { "\(folder)/\(file): \(series)" }
  }

  /// What the table calls a series, where that is not how the log spells it.
  static let spellings: [String: String] = [
    "(col 2; no header)": "loss", "train (trl)": "trl", "val (tel)": "tel",
    "val bpb": "Validation bpb", "iter loss": "loss", "eval train": "train loss",
    "eval val": "val loss", "lr (from step=,lr=[..])": "lr",
    "per-epoch eval ppl/loss lines (x = order)": "ppl", "powerful-snake-57 loss": "loss",
  ]

  /// Files without a curve, which are refused.
  static let refused: [String: LogError.Code] = [
    "wandb-binary": .noLossColumn, "wandb-csv-runs-table": .notALog, "wandb-parquet": .notALog,
  ]

  /// Rows of the table that are no reading of the log.
  ///
  /// Paddle's were found by a pattern with one blank in `step 100/614`: steps below 100 are left out, and
  /// batches of the evaluation, counted by `(epoch - 1) * 88`, are mixed in. `BlockLogTests` has its own.
  static let artefacts: Set<String> = ["paddle-text"]

  /// Perplexities, of which the table has the logarithms.
  static let perplexities: Set<String> = ["ppl"]

  static let expectations: [Expectation] = {
    guard let path = Fixtures.shared("logs/EXPECTED.tsv"),
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return [] }
    return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 11, let count = Int(fields[3]), !artefacts.contains(fields[0]) else {
        return nil
      }
      let numbers = fields[4...7].compactMap(Double.init)
      let counts = fields[8...10].compactMap(Int.init)
      guard numbers.count == 4, counts.count == 3 else { return nil }
      return Expectation(
        folder: fields[0], file: fields[1], series: fields[2], count: count,
        first: (numbers[0], numbers[1]), last: (numbers[2], numbers[3]),
        stepsBackwards: counts[0], duplicates: counts[1], nonFinite: counts[2])
    }
  }()

  @Test(
    .enabled(
      if: !expectations.isEmpty,
      "the collection of real logs (shared/logs) is not beside the package"
    ),
    arguments: expectations)
  func summaryAgrees(_ expected: Expectation) throws {
    let path = try #require(Fixtures.shared("logs/\(expected.folder)/\(expected.file)"))
    let name = Self.spellings[expected.series] ?? expected.series
    let reading = try LogReader.read(path, columns: ColumnChoice(needsLoss: false))
    let summaries = reading.entries.flatMap(\.summaries)
    let summary = try #require(
      summaries.first { $0.name == name }, "the series are \(summaries.map(\.name))")
    #expect(summary.count == expected.count)
    #expect(summary.first?.step == expected.first.step)
    #expect(summary.last?.step == expected.last.step)
    // The table gives ten significant digits.
    let values = [summary.first?.value, summary.last?.value].map {
      Self.perplexities.contains(name) ? log($0 ?? .nan) : $0 ?? .nan
    }
    expectClose(values[0], expected.first.value, tolerance: 1e-9)
    expectClose(values[1], expected.last.value, tolerance: 1e-9)
    #expect(summary.stepsBackwards == expected.stepsBackwards)
    #expect(summary.duplicateSteps == expected.duplicates)
    #expect(summary.nonFinite == expected.nonFinite)
  }

  @Test(
    .enabled(
      if: !expectations.isEmpty,
      "the collection of real logs (shared/logs) is not beside the package"
    ),
    arguments: refused.keys.sorted())
  func filesWithoutACurveAreRefused(_ folder: String) throws {
    let path = try #require(Fixtures.shared("logs/\(folder)"))
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    for name in names {
      let error = #expect(throws: LogError.self) { try LogReader.read("\(path)/\(name)") }
      #expect(error?.code == Self.refused[folder])
    }
  }
}
