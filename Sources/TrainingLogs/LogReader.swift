/// Reads training logs.
///
/// Delimited text is read (comma, semicolon or tab between fields), plain or gzip-compressed,
/// through a buffer of fixed size; of the values only those of losses, learning rate, tokens and
/// gradient norm stay in memory.
public enum LogReader {
  /// Reads one log file, plain or gzip; `-` is the standard input.
  ///
  /// - Throws: A ``LogError`` with the place when the file cannot be read or has no usable loss.
  public static func read(
    _ path: String, columns: ColumnChoice = ColumnChoice()
  ) throws(LogError) -> LogReading {
    try read(ByteSource(path: path), file: path, columns: columns)
  }

  /// Reads a log that is in memory.
  ///
  /// The bytes are plain or gzip; `file` is the name for messages and the run's name.
  ///
  /// - Throws: A ``LogError`` with the place when there is no usable loss.
  public static func read(
    bytes: [UInt8], file: String, columns: ColumnChoice = ColumnChoice()
  ) throws(LogError) -> LogReading {
    try read(ByteSource(bytes: bytes), file: file, columns: columns)
  }

  private static func read(
    _ source: consuming ByteSource, file: String, columns: ColumnChoice
  ) throws(LogError) -> LogReading {
    let stream = try ByteStream(source, file: file)
    let scanner = try scanner(stream, file: file)
    var reader = try TableReader(scanner, file: file, choice: columns)
    try reader.readRows()
    let builder = RunBuilder(file: file, plan: reader.plan, tallies: reader.tallies)
    try builder.check(rows: reader.rows)
    let summaries = builder.summaries(steps: reader.table.steps)
    let (rows, format, sha256) = (reader.rows, reader.format, try reader.sha256())
    var (table, issues) = reader.contents()
    builder.noteNonFinite(&issues)
    let merged = RowMerger.merged(table, issues: &issues)
    let run = builder.run(
      named: LogName.runName(of: file), steps: merged.steps, values: merged.columns)
    return LogReading(
      file: file, format: format, sha256: sha256,
      entries: [LogReading.Entry(run: run, rows: rows, summaries: summaries)],
      issues: issues.sorted())
  }

  /// A scanner that knows the delimiter and stands before the header.
  static func scanner(
    _ stream: consuming ByteStream, file: String
  ) throws(LogError) -> DelimitedScanner {
    var scanner = DelimitedScanner(stream, file: file)
    let sample = try scanner.sample()
    try TextSniffer.check(sample, file: file)
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
