/// Reads training logs.
///
/// The format is found from the first bytes (``FormatChoice`` says how); files may be compressed.
public enum LogReader {
  /// Reads one log file, plain or compressed; `-` is the standard input.
  ///
  /// With `hashing` the file's SHA-256 is computed, which may take longer than reading a table;
  /// without it the reading's is empty.
  ///
  /// - Throws: A ``LogError`` with the place when the file cannot be read or has no usable loss.
  public static func read(
    _ path: String, columns: ColumnChoice = ColumnChoice(), hashing: Bool = true
  ) throws(LogError) -> LogReading {
    try read(ByteSource(path: path, hashes: hashing), file: path, columns: columns)
  }

  /// Reads the first bytes of a log file.
  static func read(
    _ path: String, columns: ColumnChoice, limit: Int
  ) throws(LogError) -> LogReading {
    try read(ByteSource(path: path, hashes: true, limit: limit), file: path, columns: columns)
  }

  /// Reads a log that is in memory.
  ///
  /// The bytes are plain or compressed; `file` is the name for messages and the run's name.
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
    var records = RecordTable()
    var issues = IssueCollector(file: file)
    let read = try Self.records(
      source, file: file, choice: columns, into: &records, issues: &issues)
    if read.end.isTruncated { issues.addTruncation() }
    let entries = try RunAssembler.entries(
      records, file: file, choice: columns, issues: &issues)
    return LogReading(
      file: file, format: read.format, sha256: read.end.sha256, entries: entries,
      issues: issues.sorted(), choice: read.choice)
  }

  /// Reads the records of one file of any format.
  static func records(
    _ source: consuming ByteSource, file: String, choice columns: ColumnChoice,
    into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> (end: LogInput.End, format: String, choice: FormatChoice) {
    var input = try LogInput(source, file: file, choice: columns)
    let (format, choice) = try FormatSniffer.format(of: &input)
    var own = IssueCollector(file: file)
    let end = try format.read(input, into: &records, issues: &own)
    PreferenceTraining.note(records, &own)
    issues.append(own)
    return (end, end.variant ?? format.name, choice)
  }

  /// Reads a run from its file or files.
  ///
  /// - Throws: A ``LogError`` with the place when a file cannot be read or there is no usable loss.
  public static func read(
    _ source: LogSource, columns: ColumnChoice = ColumnChoice(), hashing: Bool = true
  ) throws(LogError) -> LogReading {
    if let problem = source.problem { throw problem }
    guard let layout = DirectoryLayouts.reader(of: source.layout) else {
      return named(
        try read(source.path, columns: columns, hashing: hashing), source.runName)
    }
    var run = FolderRun(source, choice: columns, hashes: hashing)
    try layout.read(source, into: &run)
    let entries = try RunAssembler.entries(
      run.records, file: source.path, choice: columns, issues: &run.issues)
    let chosen = FormatChoice.Candidate(
      format: run.format, reason: run.reason, isChosen: true)
    let reading = LogReading(
      file: source.path, format: run.format, sha256: run.sha256, entries: entries,
      issues: run.issues.sorted(), choice: FormatChoice(candidates: [chosen]))
    return named(reading, run.name ?? source.runName)
  }

  /// Gives a run the name of its source, and a number behind it where a log has several.
  private static func named(_ reading: LogReading, _ name: String?) -> LogReading {
    guard let name else { return reading }
    var reading = reading
    let usual = LogName.runName(of: reading.file)
    for index in reading.entries.indices {
      let own = reading.entries[index].run.name
      if reading.entries.count == 1 {
        reading.entries[index].run.name = name
      } else if own == usual || own.hasPrefix("\(usual) (") {
        reading.entries[index].run.name = name + own.dropFirst(usual.count)
      }
    }
    return reading
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
  /// Endings of files that are logs whatever is in them.
  static let sure = [".csv", ".tsv", ".jsonl", ".ndjson", ".wandb"]
  /// Endings of files that are logs or anything else: what is in them decides.
  static let ambiguous = [".txt", ".log", ".out", ".json", ".md", ".ipynb"]
  /// Endings of compressed files.
  static let compressed = [".gz", ".zst", ".zstd"]

  /// The name in lower case without the ending of a compressed file.
  static func plain(_ name: String) -> String {
    let name = name.lowercased()
    let ending = compressed.first(where: name.hasSuffix)
    return ending.map { String(name.dropLast($0.count)) } ?? name
  }

  /// A file's name without folders and endings; `stdin` for the standard input.
  static func runName(of file: String) -> String {
    guard file != "-" else { return "stdin" }
    var name = file.split(separator: "/").last.map(String.init) ?? file
    for ending in compressed where name.lowercased().hasSuffix(ending) && name.count > ending.count
    {
      name.removeLast(ending.count)
      break
    }
    for ending in sure + ambiguous
    where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      name.removeLast(ending.count)
      break
    }
    return name
  }
}
