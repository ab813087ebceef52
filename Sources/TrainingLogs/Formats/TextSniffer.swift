/// Tells text that may be a table from what is certainly none.
enum TextSniffer {
  /// First bytes of formats that are met in place of a log.
  private static let signatures: [(bytes: [UInt8], name: String, advice: String)] = [
    (Array("PK".utf8) + [3, 4], "a zip archive", "unpack it first"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd-compressed", "decompress it first"),
    ([0xFD] + Array("7zXZ".utf8), "xz-compressed", "decompress it first"),
    (Array("BZh".utf8), "bzip2-compressed", "decompress it first"),
    (Array("PAR1".utf8), "a Parquet file", "export it as CSV"),
    (Array(":W&B".utf8), "a wandb run file", "export its history as CSV"),
    (Array("SQLite format 3".utf8), "an SQLite database", "export a table as CSV"),
    ([0xFF, 0xFE], "UTF-16 text", "save it as UTF-8"),
    ([0xFE, 0xFF], "UTF-16 text", "save it as UTF-8"),
    (Array("<!DOCTYPE".utf8), "HTML", "export the data as CSV"),
    (Array("<html".utf8), "HTML", "export the data as CSV"),
  ]

  /// Refuses a beginning that is no delimited text.
  ///
  /// - Throws: `notALog`.
  static func check(_ sample: [UInt8], file: String) throws(LogError) {
    if let found = signatures.first(where: { sample.starts(with: $0.bytes) }) {
      throw refusal(file, "this is \(found.name), not delimited text; \(found.advice)")
    }
    // Tab, line ends, escape (terminal colours) and backspace are met in text.
    let controls = sample.count { $0 < Ascii.space && ![8, 9, 10, 12, 13, 27].contains($0) }
    if sample.contains(0) || controls * 50 > sample.count {
      throw refusal(file, "this is binary data, not delimited text; give a CSV or TSV log")
    }
  }

  private static func refusal(_ file: String, _ message: String) -> LogError {
    LogError(code: .notALog, file: file, message: message)
  }
}
