/// One JSON object a line, with any names (JSON Lines).
///
/// Metrics may be nested, numbers may be strings, lines that are no records are passed over.
enum JSONLinesFormat: LogFormat {
  static let name = "jsonl"
  static let title = "JSON Lines: one object a line"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    var (objects, losses, others) = (0, 0, 0)
    var writer = JSONRecordWriter()
    sample.forEachLine { line in
      let first = line.afterBlanks(0)
      guard first < line.count else { return }
      guard line[first] == UInt8(ascii: "{"), isObject(line, &writer) else {
        others += 1
        return
      }
      objects += 1
      if writer.hasLoss || writer.isLongForm { losses += 1 }
    }
    // An object on one line may be a file of columns or settings.
    guard objects > 1 || losses > 0 else { return nil }
    let reason =
      "\(NumberText.count(objects, "line")) with an object each, \(losses) of them with a loss"
    let isMost = objects >= others
    let strength: FormatEvidence.Strength =
      losses == 0 ? .some : isMost ? .certain : .some
    return FormatEvidence(strength: strength, hits: objects, reason: reason)
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    var lines = LineReader(input.stream, file: input.file)
    var writer = JSONRecordWriter()
    while let line = try lines.next() {
      let first = line.afterBlanks(0)
      guard first < line.count else { continue }
      var scanner = JSONScanner(line.bytes)
      if scanner.next() == .beginObject, writer.read(&scanner), scanner.next() == .end {
        writer.commit(line: line.number, to: &records)
      } else {
        note(scanner.failure, line, at: first, &issues)
      }
    }
    writer.finish(into: &records)
    return try lines.end()
  }

  private static func isObject(_ line: TextLine, _ writer: inout JSONRecordWriter) -> Bool {
    var scanner = JSONScanner(line.bytes)
    return scanner.next() == .beginObject && writer.read(&scanner) && scanner.next() == .end
  }

  private static func note(
    _ failure: JSONScanner.Failure?, _ line: TextLine, at first: Int, _ issues: inout IssueCollector
  ) {
    if !line.hasEnd {
      return issues.add(
        .truncatedLine, line: line.number,
        "the last line has no end and is no whole object: it is half written and is left out")
    }
    let place = (failure?.offset ?? first) + 1
    issues.addRepeating(
      .malformedLine, line: line.number, column: place, subject: "lines are no JSON objects",
      "the line is no JSON object (\(failure?.message ?? "an object is expected")); it is left out")
  }
}
