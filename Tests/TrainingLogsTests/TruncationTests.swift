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

  /// The values of a reading by run, series and step.
  struct Values {
    var known: [String: UInt64] = [:]

    init(_ reading: LogReading) {
      for entry in reading.entries {
        for series in entry.run.series {
          for (step, value) in zip(entry.run.steps, series.values) where !RowTable.isMissing(value)
          {
            known["\(entry.run.name)|\(series.name)|\(step)"] = value.bitPattern
          }
        }
      }
    }
  }

  @Test(arguments: samples)
  func everyPrefixIsPartOfTheWhole(_ path: String) throws {
    let file = Fixtures.path("logs/\(path)")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    try #require(bytes.count < 20_000, "a sample for this test is small")
    guard let whole = try? LogReader.read(bytes: bytes, file: file) else { return }
    let all = Values(whole).known
    for count in 0..<bytes.count {
      guard let part = try? LogReader.read(bytes: Array(bytes[..<count]), file: file) else {
        continue
      }
      let wrong = Values(part).known.first { all[$0.key] != $0.value }
      #expect(wrong == nil, "cut after \(count) bytes: \(String(describing: wrong))")
      if wrong != nil { break }
    }
  }
}
