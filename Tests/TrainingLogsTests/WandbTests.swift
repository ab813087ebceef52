import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct WandbTests {
  private static let sample = Fixtures.path("logs/wandb/run-abc123.wandb")

  /// A run file of messages, a piece each, with checks by a bitwise CRC-32.
  static func file(_ messages: [[UInt8]], checks: Bool = true) -> [UInt8] {
    var bytes: [UInt8] = Array(":W&B".utf8) + [0xE1, 0xBE, 0]
    for message in messages {
      var (rest, isFirst) = (message[...], true)
      repeat {
        let left = 32_768 - bytes.count % 32_768
        if left < 7 {
          bytes += Array(repeating: 0, count: left)
          continue
        }
        let part = rest.prefix(left - 7)
        rest = rest.dropFirst(part.count)
        let kind: UInt8 = isFirst ? (rest.isEmpty ? 1 : 2) : (rest.isEmpty ? 4 : 3)
        let check = crc32([kind] + part) ^ (checks ? 0 : 1)
        bytes += WireWriter.little(check) + WireWriter.little(UInt16(part.count)) + [kind] + part
        isFirst = false
      } while isFirst || !rest.isEmpty
    }
    return bytes
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1
      }
    }
  }

  /// A call of `log`.
  static func history(_ step: UInt64, _ items: [(String, String)]) -> [UInt8] {
    let bytes = items.flatMap {
      WireWriter.piece(1, WireWriter.piece(1, $0.0) + WireWriter.piece(16, $0.1))
    }
    return WireWriter.piece(2, bytes + WireWriter.piece(2, WireWriter.integer(1, step)))
  }

  /// `Tests/Reference/binary_logs.py` wrote the file.
  @Test func readsTheHistory() throws {
    let reading = try LogReader.read(Self.sample)
    #expect(reading.format == "wandb")
    let entry = try #require(reading.entries.first)
    // `iter` counts updates, `_step` calls of the logger.
    #expect(entry.run.steps == (0..<12).map { Double(100 * $0) })
    let loss = try #require(entry.summaries.first { $0.name == "train.loss" })
    #expect(loss.nonFinite == 1)
    #expect(loss.last == SeriesSummary.Point(step: 1100, value: 2.25))
    #expect(entry.summaries.first { $0.name == "val/loss" }?.count == 3)
    #expect(entry.summaries.first { $0.name == "_step" }?.last?.value == 11)
  }

  @Test func keepsWhatIsKnownOfTheRun() throws {
    var records = RecordTable()
    var issues = IssueCollector(file: "x")
    let input = try LogInput(
      ByteSource(path: Self.sample), file: Self.sample, choice: ColumnChoice())
    _ = try WandbFormat.read(input, into: &records, issues: &issues)
    let known = Dictionary(uniqueKeysWithValues: records.metadata.map { ($0.name, $0.value) })
    #expect(
      known == [
        "run_id": "abc123", "project": "small", "name": "brave-tree-7", "learning_rate": "0.001",
        "model.layers": "4", "summary.train.loss": "2.25",
      ])
  }

  /// Records longer than a block are in pieces.
  @Test func joinsPieces() throws {
    let padding = (0..<3000).map { ("note\($0)", "\"\(String(repeating: "x", count: 20))\"") }
    let messages = (0..<9).map { step in
      Self.history(UInt64(step), padding + [("loss", "\(9 - step)")])
    }
    let bytes = Self.file(messages)
    #expect(bytes.count > 9 * 2 * 32_768)
    let reading = try LogReader.read(bytes: bytes, file: "x.wandb")
    #expect(reading.entries.first?.run.loss == (0..<9).map { Double(9 - $0) })
    #expect(reading.issues.isEmpty)
  }

  @Test func flattensObjectsAndPassesOverMedia() throws {
    let messages = (0..<9).map { step in
      Self.history(
        UInt64(step),
        [
          ("train", "{\"loss\": \(9 - step), \"deep\": {\"lr\": \"Infinity\"}}"),
          ("sample", "{\"_type\": \"image-file\", \"width\": 64}"), ("tags", "[1, 2]"),
          ("broken", "{\"a\": "),
        ])
    }
    let reading = try LogReader.read(bytes: Self.file(messages), file: "x.wandb")
    let names = reading.entries.first?.summaries.map(\.name)
    #expect(names == ["train.loss", "train.deep.lr"])
    #expect(reading.entries.first?.summaries.last?.nonFinite == 9)
  }

  /// A step that stands beside few losses does not count the run's updates.
  @Test func takesTheCommitCounterWhereTheUsersStepIsRare() throws {
    let messages = (0..<20).map { step in
      let rare = step % 5 == 0 ? [("global_step", "\(step / 5)")] : []
      return Self.history(UInt64(step), [("loss", "\(20 - step)")] + rare)
    }
    let reading = try LogReader.read(bytes: Self.file(messages), file: "x.wandb")
    #expect(reading.entries.first?.run.steps == (0..<20).map(Double.init))
  }

  @Test func refusesARunWithoutHistory() throws {
    let run = WireWriter.piece(17, WireWriter.piece(1, "abc"))
    let error = #expect(throws: LogError.self) {
      try LogReader.read(bytes: Self.file([run, run]), file: "x.wandb")
    }
    #expect(error?.code == .noLossColumn)
    #expect(error?.message.contains("of 2 records none") == true)
  }

  @Test func stopsAtAWrongCheck() throws {
    let messages = (0..<9).map { Self.history(UInt64($0), [("loss", "\(9 - $0)")]) }
    let bytes = Self.file(messages) + Self.file(messages, checks: false).dropFirst(7)
    let reading = try LogReader.read(bytes: bytes, file: "x.wandb")
    #expect(reading.entries.first?.rows == 9)
    #expect(reading.issues.map(\.code) == [.damagedRecord])
  }

  /// Space that is set aside for a block is zero until it is written.
  @Test func endsAtZeros() throws {
    let messages = (0..<9).map { Self.history(UInt64($0), [("loss", "\(9 - $0)")]) }
    let bytes = Self.file(messages) + Array(repeating: 0, count: 500)
    let reading = try LogReader.read(bytes: bytes, file: "x.wandb")
    #expect(reading.entries.first?.rows == 9)
    #expect(reading.issues.map(\.code) == [.truncatedRecord])
  }

  @Test func readsAnyMessages() {
    let seed: UInt64 = 7
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let messages = (0..<3).map { _ in
        (0..<Int.random(in: 0..<50, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
      }
      let reading = try? LogReader.read(bytes: Self.file(messages), file: "x.wandb")
      #expect(reading == nil || reading?.entries.isEmpty == false, "seed \(seed)")
    }
  }
}
