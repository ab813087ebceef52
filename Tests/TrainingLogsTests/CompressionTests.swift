import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct CompressionTests {
  private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// A zstd frame whose only block is not compressed (RFC 8878, section 3.1).
  static func frame(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let header = UInt32(bytes.count) << 3 | 1
    return magic + [0x20, UInt8(bytes.count)] + WireWriter.little(header).prefix(3) + bytes
  }

  private let table = "step,loss\n" + (0..<20).map { "\($0),\(20 - $0)\n" }.joined()

  @Test func readsZstd() throws {
    let reading = try LogReader.read(bytes: Self.frame(table), file: "x.csv.zst")
    #expect(reading.entries.first?.run.loss == (0..<20).map { Double(20 - $0) })
    #expect(reading.entries.first?.run.name == "x")
    #expect(reading.issues.isEmpty)
  }

  @Test func readsSeveralFrames() throws {
    let skipped: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let bytes = skipped + Self.frame("step,loss\n0,9\n1,8") + skipped + Self.frame("\n2,7\n3,6\n")
    let reading = try LogReader.read(bytes: bytes, file: "x.csv.zst")
    #expect(reading.entries.first?.run.loss == [9, 8, 7, 6])
  }

  /// As gzip does it, what is no further frame is passed over.
  @Test func ignoresWhatFollows() throws {
    let reading = try LogReader.read(
      bytes: Self.frame(table) + [0, 0, 0, 0, 0, 7], file: "x.csv.zst")
    #expect(reading.entries.first?.rows == 20)
    #expect(reading.issues.isEmpty)
  }

  /// zstd writes blocks of up to 128 KiB: one that repeats a byte is four bytes on disk.
  @Test func readsMoreThanTheBufferFromFewBytes() throws {
    let blank = WireWriter.little(UInt32(100_000) << 3 | 1 << 1).prefix(3) + [UInt8(ascii: "\n")]
    let rows = Array("2,7\n3,6\n".utf8)
    let last = WireWriter.little(UInt32(rows.count) << 3 | 1).prefix(3) + rows
    let head = Array("step,loss\n0,9\n".utf8)
    let first = WireWriter.little(UInt32(head.count) << 3).prefix(3) + head
    // A window of 1 MiB, no size of the content.
    let bytes =
      Self.magic + [0, 0x50] + first + (0..<20).flatMap { _ in Array(blank) } + last
    let reading = try LogReader.read(bytes: bytes, file: "x.csv.zst")
    #expect(reading.entries.first?.run.loss == [9, 7, 6])
  }

  @Test func usesWhatIsBeforeACut() throws {
    let bytes = Self.frame("step,loss\n0,9\n1,8\n") + Self.frame("2,7\n3,6\n").dropLast(2)
    let reading = try LogReader.read(bytes: bytes, file: "x.csv.zst")
    #expect(reading.entries.first?.run.loss == [9, 8, 7])
    #expect(reading.issues.contains { $0.code == .truncatedCompression })
  }

  /// 2^41 bytes of window would be needed: more memory than any log is worth.
  @Test func refusesALargeWindow() {
    let bytes = Self.magic + [0, 0xF8] + [1, 0, 0]
    let error = #expect(throws: LogError.self) {
      try LogReader.read(bytes: bytes, file: "x.csv.zst")
    }
    #expect(error?.code == .damagedCompression)
  }

  @Test func refusesDamagedData() {
    // Block type 3 is reserved.
    let bytes = Self.magic + [0x20, 4] + [0x27, 0, 0] + [1, 2, 3, 4]
    let error = #expect(throws: LogError.self) {
      try LogReader.read(bytes: bytes, file: "x.csv.zst")
    }
    #expect(error?.code == .damagedCompression)
  }

  /// What is met in place of logs, and a word of the advice.
  static let foreign: [(bytes: [UInt8], advice: String)] = [
    (Array("PAR1....".utf8), "duckdb"), (Array("BZh91AY".utf8), "bzip2 -dk"),
    ([0xFD] + Array("7zXZ".utf8) + [0], "xz -dk"),
    (Array("PK".utf8) + [3, 4] + Array(repeating: 0, count: 26) + Array("log.txt".utf8), "unzip"),
    (Array("PK".utf8) + [3, 4] + Array(repeating: 0, count: 26) + Array("loss.npy".utf8), "numpy"),
    ([0x80, 4, 0x95, 1], "pickle"), (Array("SQLite format 3".utf8) + [0], "sqlite3"),
    ([0xFF, 0xFE, 0x73, 0], "iconv"), ([0x93] + Array("NUMPY".utf8) + [1, 0], "savetxt"),
    ([0x89] + Array("HDF".utf8) + [0x0D, 0x0A, 0x1A, 0x0A], "CSV"),
    ([1, 2, 3, 0, 255, 254], "text"),
  ]

  @Test(arguments: foreign.indices)
  func refusesWithAWayOut(_ index: Int) {
    let error = #expect(throws: LogError.self) {
      try LogReader.read(bytes: Self.foreign[index].bytes, file: "dir/x.bin")
    }
    #expect(error?.code == .notALog)
    #expect(error?.message.contains(Self.foreign[index].advice) == true)
  }
}
