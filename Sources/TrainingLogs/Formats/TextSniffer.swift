/// Tells text that may be a table from what is certainly none.
enum TextSniffer {
  /// What is met in place of a log, by its first bytes, and what to do.
  private struct Signature {
    var bytes: [UInt8]
    /// What it is.
    var name: String
    /// What to do; `FILE` stands for the file's path.
    var advice: String
  }

  private static let duckDB =
    "convert it: duckdb -c \"COPY (FROM 'FILE') TO 'history.csv'\", or with Python: "
    + "python3 -c \"import pandas; pandas.read_parquet('FILE').to_csv('history.csv')\""
  private static let numpy =
    "write its arrays as columns: python3 -c \"import numpy, pandas; "
    + "pandas.DataFrame(dict(numpy.load('FILE'))).to_csv('history.csv')\""

  private static let signatures: [Signature] = [
    Signature(
      bytes: [0xFD] + Array("7zXZ".utf8), name: "xz-compressed",
      advice: "decompress it: xz -dk 'FILE'"),
    Signature(
      bytes: Array("BZh".utf8), name: "bzip2-compressed", advice: "decompress it: bzip2 -dk 'FILE'"),
    Signature(
      bytes: [0x04, 0x22, 0x4D, 0x18], name: "lz4-compressed",
      advice: "decompress it: lz4 -dk 'FILE'"),
    Signature(bytes: Array("PAR1".utf8), name: "a Parquet file", advice: duckDB),
    Signature(
      bytes: Array("ARROW1".utf8), name: "an Arrow file",
      advice: "convert it: python3 -c \"import pandas; "
        + "pandas.read_feather('FILE').to_csv('history.csv')\""),
    Signature(
      bytes: Array("SQLite format 3".utf8), name: "an SQLite database",
      advice: "export a table: sqlite3 -header -csv 'FILE' 'SELECT * FROM metrics' > history.csv "
        + "(.tables lists them; MLflow's has key, value, step and run_uuid)"),
    Signature(
      bytes: [0x93] + Array("NUMPY".utf8), name: "a NumPy array",
      advice: "write it as text: python3 -c \"import numpy; "
        + "numpy.savetxt('history.csv', numpy.load('FILE'), delimiter=',')\""),
    Signature(
      bytes: [0x89] + Array("HDF".utf8), name: "an HDF5 file",
      advice: "write its series as columns of a CSV file"),
    Signature(
      bytes: [0xFF, 0xFE], name: "UTF-16 text",
      advice: "make it UTF-8: iconv -f UTF-16 -t UTF-8 'FILE' > log.txt"),
    Signature(
      bytes: [0xFE, 0xFF], name: "UTF-16 text",
      advice: "make it UTF-8: iconv -f UTF-16 -t UTF-8 'FILE' > log.txt"),
    Signature(bytes: Array("<!DOCTYPE".utf8), name: "HTML", advice: "export the data as CSV"),
    Signature(bytes: Array("<html".utf8), name: "HTML", advice: "export the data as CSV"),
  ]

  /// Refuses a beginning that is no text that could be a log.
  ///
  /// - Throws: `notALog`.
  static func check(_ sample: [UInt8], file: String) throws(LogError) {
    if let found = signature(sample) {
      let advice = found.advice.split(separator: "FILE", omittingEmptySubsequences: false)
        .joined(separator: file)
      throw refusal(file, "this is \(found.name), which is not read; \(advice)")
    }
    // Tab, line ends, escape (terminal colours) and backspace are met in text.
    let controls = sample.count { $0 < Ascii.space && ![8, 9, 10, 12, 13, 27].contains($0) }
    // A few may have come with a crash of the writer.
    if controls > max(8, sample.count / 50) || controls * 4 > sample.count {
      throw refusal(
        file, "this is binary data that is no known log; write the losses as text, a line a step")
    }
  }

  private static func signature(_ sample: [UInt8]) -> Signature? {
    if let found = signatures.first(where: { sample.starts(with: $0.bytes) }) { return found }
    if sample.starts(with: Array("PK".utf8) + [3, 4]) {
      // The name of the first member stands behind 30 bytes.
      let isArrays = sample.dropFirst(30).prefix(64).contains(Array(".npy".utf8))
      return isArrays
        ? Signature(bytes: [], name: "a NumPy archive (.npz)", advice: numpy)
        : Signature(bytes: [], name: "a zip archive", advice: "unpack it: unzip 'FILE'")
    }
    // Protocols 2 to 5 begin so.
    if sample.count > 2, sample[0] == 0x80, 2...5 ~= sample[1] {
      return Signature(
        bytes: [], name: "a Python pickle",
        advice: "write its series as columns, if you trust it, for a pickle can run code: "
          + "python3 -c \"import pandas; "
          + "pandas.DataFrame(pandas.read_pickle('FILE')).to_csv('history.csv')\"")
    }
    return nil
  }

  private static func refusal(_ file: String, _ message: String) -> LogError {
    LogError(code: .notALog, file: file, message: message)
  }
}
