/// Reads training logs.
///
/// Delimited text is read (comma, semicolon or tab between fields), plain or gzip-compressed,
/// through a buffer of fixed size; of the values only those of losses, learning rate, tokens and
/// gradient norm stay in memory.
public enum LogReader {
  /// Reads one log file, plain or gzip; `-` is the standard input.
  ///
  /// - Parameter hashing: whether the file's SHA-256 is computed, which takes longer than reading a
  ///   table; without it the reading's is empty.
  /// - Throws: A ``LogError`` with the place when the file cannot be read or has no usable loss.
  public static func read(
    _ path: String, columns: ColumnChoice = ColumnChoice(), hashing: Bool = true
  ) throws(LogError) -> LogReading {
    try read(ByteSource(path: path, hashes: hashing), file: path, columns: columns)
  }

  /// Reads a log that is in memory.
  ///
  /// The bytes are plain or gzip; `file` is the name for messages and the run's name.
  ///
  /// - Throws: A ``LogError`` with the place when there is no usable loss.
  public static func read(
    bytes: [UInt8], file: String, columns: ColumnChoice = ColumnChoice(), hashing: Bool = true
  ) throws(LogError) -> LogReading {
    try read(ByteSource(bytes: bytes, hashes: hashing), file: file, columns: columns)
  }

  private static func read(
    _ source: consuming ByteSource, file: String, columns: ColumnChoice
  ) throws(LogError) -> LogReading {
    var input = try LogInput(source, file: file, choice: columns)
    let (format, choice) = try FormatSniffer.format(of: &input)
    var records = RecordTable()
    var issues = IssueCollector(file: file)
    let end = try format.read(input, into: &records, issues: &issues)
    PreferenceTraining.note(records, &issues)
    if end.isTruncated {
      issues.add(
        .truncatedCompression,
        "the compressed data ends before its end mark; what could be read is used")
    }
    let entries = try RunAssembler.entries(
      records, file: file, choice: columns, issues: &issues)
    return LogReading(
      file: file, format: end.variant ?? format.name, sha256: end.sha256, entries: entries,
      issues: issues.sorted(), choice: choice)
  }

  /// A scanner that knows the delimiter and stands before the header.
  static func scanner(
    _ stream: consuming ByteStream, file: String
  ) throws(LogError) -> DelimitedScanner {
    var scanner = DelimitedScanner(stream, file: file)
    let sample = try scanner.sample()
    if let stated = Delimiter.stated(in: sample) {
      scanner.delimiter = stated.delimiter
      scanner.skipLine(stated.length)
    } else {
      scanner.delimiter = Delimiter.detected(in: sample)
    }
    return scanner
  }
}

/// Names of log files.
enum LogName {
  /// Endings of delimited text.
  static let endings = [".csv", ".tsv", ".txt"]
  /// The ending of compressed files.
  static let compressed = ".gz"

  /// A file's name without folders and endings; `stdin` for the standard input.
  static func runName(of file: String) -> String {
    guard file != "-" else { return "stdin" }
    var name = file.split(separator: "/").last.map(String.init) ?? file
    for ending in [compressed] + endings
    where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      name.removeLast(ending.count)
      if ending != compressed { break }
    }
    return name
  }
}
