import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

/// Whatever the bytes, reading gives a run that keeps its promises or a `LogError`.
struct RobustnessTests {
  /// Reads, and checks what a run promises.
  private func checkReading(_ bytes: [UInt8], _ comment: Comment) {
    guard let reading = try? LogReader.read(bytes: bytes, file: "x.csv") else { return }
    for entry in reading.entries {
      let run = entry.run
      #expect(!run.steps.isEmpty, comment)
      #expect(run.steps.allSatisfy { $0.isFinite }, comment)
      #expect(zip(run.steps, run.steps.dropFirst()).allSatisfy { $0 < $1 }, comment)
      #expect(run.series.allSatisfy { $0.values.count == run.steps.count }, comment)
      #expect(run.loss.contains { $0.isFinite }, comment)
    }
  }

  @Test(arguments: ["good.csv", "good.csv.gz", "newline-in-quotes.csv", "two-members.csv.gz"])
  func cutAtEveryByte(file: String) throws {
    let bytes = [UInt8](
      try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("hostile/\(file)"))))
    for count in 0...bytes.count {
      checkReading(Array(bytes.prefix(count)), "\(file) cut to \(count) bytes")
    }
  }

  @Test func cutCompressedFilesSaySo() throws {
    let path = Fixtures.path("hostile/good.csv.gz")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var readable = 0
    for count in 0..<bytes.count {
      let part = Array(bytes.prefix(count))
      guard let reading = try? LogReader.read(bytes: part, file: "x.csv.gz") else { continue }
      readable += 1
      #expect(reading.issues.contains { $0.code == .truncatedCompression }, "cut to \(count)")
    }
    #expect(readable > 8)
  }

  /// A row whose line end is there is never lost; a last row without one counts when it has all
  /// fields and its last cell is as long as those before.
  @Test func cutFilesKeepTheirWholeRows() throws {
    let path = Fixtures.path("hostile/good.csv")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let header = try #require(bytes.firstIndex(of: Ascii.lineFeed)) + 1
    for count in header + 1...bytes.count {
      let part = Array(bytes.prefix(count))
      var rows = part[header...].split(
        separator: Ascii.lineFeed, omittingEmptySubsequences: false)
      let tail = rows.removeLast()
      let lengths = rows.compactMap { $0.split(separator: Ascii.comma).last?.count }
      let cells = tail.split(separator: Ascii.comma, omittingEmptySubsequences: false)
      let last = cells.last?.count ?? 0
      let isWhole =
        cells.count == 3 && (last == 0 || last >= lengths.min() ?? .max)
      guard let reading = try? LogReader.read(bytes: part, file: "x.csv") else {
        #expect(rows.isEmpty, "cut to \(count)")
        continue
      }
      #expect(reading.entries.first?.rows == rows.count + (isWhole ? 1 : 0), "cut to \(count)")
      let isReported = reading.issues.contains { $0.code == .truncatedLine }
      #expect(isReported == (!tail.isEmpty && !isWhole), "cut to \(count)")
    }
  }

  @Test(arguments: 0..<20)
  func randomBytes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<50 {
      let count = Int.random(in: 0...2000, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      checkReading(bytes, "seed \(seed), round \(round)")
    }
  }

  /// Bytes that delimited text is made of, behind a header that is accepted.
  @Test(arguments: 0..<40)
  func randomTables(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("0123456789.,;\t\n\r\"\"eE+-naif \u{0}\u{FEFF},,\n\n".utf8)
    for round in 0..<50 {
      let count = Int.random(in: 0...1500, using: &generator)
      let body = (0..<count).compactMap { _ in alphabet.randomElement(using: &generator) }
      checkReading(
        Array("step,loss,val_loss\n1,2,3\n".utf8) + body, "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: 0..<20)
  func flippedBytes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for file in ["good.csv", "good.csv.gz", "quoted.csv"] {
      let path = Fixtures.path("hostile/\(file)")
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      for round in 0..<30 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        checkReading(changed, "\(file), seed \(seed), round \(round)")
      }
    }
  }

  /// Rows must not depend on where the buffer ends: the file is three buffers long.
  @Test func rowsAcrossBuffers() throws {
    let count = 120_000
    var text = "step,note,loss\n"
    for step in 0..<count { text += "\(step),\"a, \"\"b\"\"\nc\",\(Double(step) / 8)\r\n" }
    #expect(text.utf8.count > 3 << 20)
    let reading = try LogReader.read(bytes: Array(text.utf8), file: "x.csv")
    let run = try #require(reading.entries.first?.run)
    #expect(reading.issues == [])
    #expect(run.steps == (0..<count).map(Double.init))
    #expect(run.loss == (0..<count).map { Double($0) / 8 })
  }

  @Test func oneEndlessLineIsNoLog() {
    let bytes = Array("step,loss\n".utf8) + [UInt8](repeating: Ascii.zero, count: 5 << 20)
    let error = #expect(throws: LogError.self) {
      try LogReader.read(bytes: bytes, file: "x.csv")
    }
    #expect(error?.code == .notALog)
    #expect(error?.line == 2)
  }

  /// An unclosed quote far from the end costs its own row only.
  @Test func openQuoteBeforeManyRows() throws {
    var text = "step,loss,note\n0,1,\"open\n"
    for step in 1..<500_000 { text += "\(step),1.5,\n" }
    let reading = try LogReader.read(bytes: Array(text.utf8), file: "x.csv")
    #expect(reading.entries.first?.run.steps.count == 500_000)
    #expect(reading.issues.map(\.code) == [.unterminatedQuote])
    #expect(reading.issues.first?.line == 2)
  }
}
