import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

/// One small sample of every format, cut at every byte: what is read is part of the whole, never half
/// a number.
struct TruncationTests {
  /// The samples under `fixtures/logs`, as paths below it.
  static let samples: [String] = {
    let root = Fixtures.path("logs")
    let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return found.filter { path in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(root)/\(path)")
      return attributes?[.type] as? FileAttributeType == .typeRegular
    }.sorted()
  }()

  /// The values of a reading by series and step, whatever run they are of.
  private func values(_ entries: [LogReading.Entry]) -> [String: Set<UInt64>] {
    var values: [String: Set<UInt64>] = [:]
    for entry in entries {
      for series in entry.run.series {
        for (step, value) in zip(entry.run.steps, series.values) where !RowTable.isMissing(value) {
          values["\(series.name)|\(step)", default: []].insert(value.bitPattern)
        }
      }
    }
    return values
  }

  /// Reads bytes as a format; nil when they cannot be read or have no usable loss.
  private func entries(
    _ bytes: [UInt8], file: String, as format: any LogFormat.Type
  ) -> [LogReading.Entry]? {
    var records = RecordTable()
    var issues = IssueCollector(file: file)
    let choice = ColumnChoice()
    guard
      let input = try? LogInput(
        ByteSource(bytes: bytes, hashes: false), file: file, choice: choice),
      (try? format.read(input, into: &records, issues: &issues)) != nil
    else { return nil }
    return try? RunAssembler.entries(records, file: file, choice: choice, issues: &issues)
  }

  @Test(arguments: samples)
  func everyPrefixIsPartOfTheWhole(_ path: String) throws {
    let file = Fixtures.path("logs/\(path)")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    try #require(bytes.count < 20_000, "a sample for this test is small")
    var input = try LogInput(ByteSource(bytes: bytes), file: file, choice: ColumnChoice())
    let format = try FormatSniffer.format(of: &input).format
    let whole = try #require(entries(bytes, file: file, as: format))
    let all = values(whole)
    for count in 0..<bytes.count {
      let prefix = Array(bytes[..<count])
      // The format is found anew now and then, as that takes longest.
      let part =
        count % 64 == 0
        ? try? LogReader.read(bytes: prefix, file: file).entries
        : entries(prefix, file: file, as: format)
      guard let part else { continue }
      let wrong = values(part).first { !$0.value.isSubset(of: all[$0.key] ?? []) }
      #expect(wrong == nil, "cut after \(count) bytes: \(String(describing: wrong))")
      if wrong != nil { break }
    }
  }
}
