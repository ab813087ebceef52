import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct TensorBoardTests {
  private func read(_ bytes: [UInt8]) throws -> LogReading {
    try LogReader.read(bytes: bytes, file: "events.out.tfevents.1")
  }

  private func summary(_ name: String, _ reading: LogReading) -> SeriesSummary? {
    reading.entries.first?.summaries.first { $0.name == name }
  }

  /// `Tests/Reference/binary_logs.py` wrote the file as PyTorch's writer would.
  @Test func readsSimpleValues() throws {
    let reading = try LogReader.read(
      Fixtures.path("logs/tfevents/events.out.tfevents.1700000000.torch.1.0"))
    #expect(reading.format == "tfevents")
    #expect(reading.issues.isEmpty)
    let run = try #require(reading.entries.first?.run)
    #expect(run.steps == Array(stride(from: 0, to: 50, by: 5)).map(Double.init))
    #expect(run.learningRate?.map { Float($0) } == run.steps.map { Float(1e-3 * (1 - $0 / 50)) })
    #expect(summary("val/loss", reading)?.count == 3)
    #expect(summary("train/loss", reading)?.last?.value == Double(Float(1.75)))
    #expect(summary("wall time", reading)?.first?.value == 1.7e9)
    // A histogram.
    #expect(summary("weights", reading) == nil)
  }

  /// Every kind of number that TF2 stores a scalar as: 3 - epoch / 8 is exact in all of them.
  @Test(
    arguments: [
      "epoch_loss", "of_float", "of_double", "of_half", "of_bfloat16", "of_float_val",
      "of_double_val", "of_half_val",
    ])
  func readsTensors(_ tag: String) throws {
    let reading = try LogReader.read(
      Fixtures.path("logs/tfevents/events.out.tfevents.1700000000.keras.1.0.v2"))
    let found = try #require(summary(tag, reading))
    #expect(found.count == 12)
    #expect(found.first == SeriesSummary.Point(step: 0, value: 3))
    #expect(found.last == SeriesSummary.Point(step: 11, value: 1.625))
  }

  @Test(arguments: ["of_int32", "of_int64", "of_int64_val"])
  func readsIntegers(_ tag: String) throws {
    let reading = try LogReader.read(
      Fixtures.path("logs/tfevents/events.out.tfevents.1700000000.keras.1.0.v2"))
    #expect(summary(tag, reading)?.first?.value == -24)
    #expect(summary(tag, reading)?.last?.value == -13)
  }

  @Test func passesOverWhatIsNoScalar() throws {
    let reading = try LogReader.read(
      Fixtures.path("logs/tfevents/events.out.tfevents.1700000000.keras.1.0.v2"))
    let names = reading.entries.first?.summaries.map(\.name) ?? []
    #expect(Set(names).isDisjoint(with: ["keras", "images", "note"]))
  }

  /// A session that starts at step 30 makes everything void that was written for it and later.
  @Test func obeysSessionStarts() throws {
    let start = WireWriter.integer(2, 30) + WireWriter.piece(7, WireWriter.integer(1, 1))
    let first = (0..<5).map { WireWriter.event(10 * $0, [("loss", Float(3 - $0 / 10))]) }
    let second = [WireWriter.event(30, [("loss", 2)])]
    let reading = try read(WireWriter.eventFile(first + [start] + second))
    let run = try #require(reading.entries.first?.run)
    #expect(run.steps == [0, 10, 20, 30])
    #expect(run.loss.last == 2)
    #expect(reading.issues.map(\.code) == [.voidRecords])
    #expect(reading.issues.first?.message.contains("2 records") == true)
  }

  @Test func usesCompleteRecordsOnly() throws {
    let bytes = WireWriter.eventFile(
      (0..<9).map { WireWriter.event($0, [("loss", Float(9 - $0))]) })
    let reading = try read(Array(bytes.dropLast(3)))
    #expect(summary("loss", reading)?.count == 8)
    #expect(reading.issues.map(\.code) == [.truncatedRecord])
  }

  @Test func stopsAtAWrongCheck() throws {
    var bytes = WireWriter.eventFile(
      (0..<9).map { WireWriter.event($0, [("loss", Float(9 - $0))]) })
    let size = WireWriter.record(WireWriter.event(1, [("loss", 1)])).count
    bytes[bytes.count - 3 * size + 20] ^= 1
    let reading = try read(bytes)
    #expect(summary("loss", reading)?.count == 6)
    #expect(reading.issues.map(\.code) == [.damagedRecord])
  }

  /// Megatron writes its scalars over samples, too: these have another x than the step.
  @Test func keepsOtherAxesApart() throws {
    let events = (0..<9).flatMap { (step: Int) -> [[UInt8]] in
      [
        WireWriter.event(step, [("lm loss", Float(9 - step))]),
        WireWriter.event(step * 512, [("lm loss vs samples", Float(9 - step))]),
      ]
    }
    let reading = try read(WireWriter.eventFile(events))
    let run = try #require(reading.entries.first?.run)
    #expect(run.steps == (0..<9).map(Double.init))
    #expect(summary("lm loss vs samples", reading)?.last?.step == 4096)
  }

  /// The tags of a step may come in one event or in one each, in any order.
  @Test func joinsTheScalarsOfAStep() throws {
    let events = (0..<9).flatMap { (step: Int) -> [[UInt8]] in
      let pair: [(String, Float)] = [("loss", Float(9 - step)), ("lr", 1e-3)]
      return step % 2 == 0
        ? [WireWriter.event(step, pair)]
        : pair.reversed().map { WireWriter.event(step, [$0]) }
    }
    let reading = try read(WireWriter.eventFile(events))
    #expect(reading.entries.first?.rows == 9)
    #expect(summary("lr", reading)?.count == 9)
  }

  @Test func scalarsCalledAsTheStepAreNotIt() throws {
    let events = (0..<9).map {
      WireWriter.event($0, [("loss", Float(9 - $0)), ("step", 5), ("epoch", 1)])
    }
    let run = try #require(try read(WireWriter.eventFile(events)).entries.first?.run)
    #expect(run.steps == (0..<9).map(Double.init))
  }
}

/// Event files and messages that no writer would make.
struct HostileWireTests {
  static let messages: [(name: String, bytes: [UInt8])] = [
    ("a length of 2^63", WireWriter.varint(5 << 3 | 2) + WireWriter.varint(1 << 63)),
    ("a length of 2^64 - 1", WireWriter.varint(5 << 3 | 2) + WireWriter.varint(.max)),
    ("a varint of 11 bytes", [0x10] + Array(repeating: 0x80, count: 10) + [1]),
    ("field 0", [0x00, 0x01]),
    ("a group", Array(repeating: 0x0B, count: 5000)),
    ("wire type 7", [0x0F, 0x01]),
    ("a double that is cut", [0x09, 1, 2, 3]),
    ("a step with the type of a message", WireWriter.piece(2, "abc")),
    ("a summary with the type of an integer", WireWriter.integer(5, 7)),
    (
      "a tag that is an integer", WireWriter.piece(5, WireWriter.piece(1, WireWriter.integer(1, 3)))
    ),
    (
      "a tensor of half a number",
      WireWriter.piece(
        5,
        WireWriter.piece(
          1,
          WireWriter.piece(1, "loss")
            + WireWriter.piece(8, WireWriter.integer(1, 1) + WireWriter.piece(4, [1, 2]))))
    ),
    ("messages in messages", (0..<2000).reduce([]) { bytes, _ in WireWriter.piece(5, bytes) }),
  ]

  /// The good events beside such a message are read.
  @Test(arguments: messages.indices)
  func passesOverBadEvents(_ index: Int) throws {
    let good = (0..<9).map { WireWriter.event($0, [("loss", Float(9 - $0))]) }
    let bytes = WireWriter.eventFile(good + [Self.messages[index].bytes])
    let reading = try LogReader.read(bytes: bytes, file: "tfevents")
    #expect(reading.entries.first?.run.loss == (0..<9).map { Double(9 - $0) })
  }

  /// A header with a sound check may promise any length.
  @Test(arguments: [1 << 20, 1 << 27, 1 << 62, 1 << 63, UInt64.max])
  func endsAtARecordThatIsNotThere(_ length: UInt64) throws {
    let good = (0..<9).map { WireWriter.event($0, [("loss", Float(9 - $0))]) }
    let header = WireWriter.little(length)
    let check = WireWriter.little(header.withUnsafeBytes { CRC32C.masked($0) })
    let bytes = WireWriter.eventFile(good) + header + check + [1, 2, 3]
    let reading = try LogReader.read(bytes: bytes, file: "tfevents")
    #expect(reading.entries.first?.rows == 9)
    #expect(reading.issues.count == 1)
  }

  /// Any bytes are a message, or none, and never more than they are.
  @Test func readsAnyBytes() {
    let seed: UInt64 = 20_261_124
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<60, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var fields = 0
      bytes.withUnsafeBytes { bytes in
        var reader = WireReader(bytes)
        while reader.next() != nil { fields += 1 }
        var event = EventMessage()
        _ = event.read(bytes)
        _ = TensorScalar.value(of: bytes)
      }
      #expect(fields <= count, "seed \(seed)")
    }
  }
}
