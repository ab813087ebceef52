/// TensorBoard event files, `events.out.tfevents.*`, of TensorFlow, PyTorch and others.
///
/// The scalars of events with the same step that follow each other make a record.
struct TensorBoardFormat: LogFormat {
  static let name = "tfevents"
  static let title = "TensorBoard event files"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    let header = Array(sample.bytes.prefix(TFRecordReader.headerSize))
    guard TFRecordReader.length(header) != nil else { return nil }
    return FormatEvidence(
      strength: .certain, hits: 1, reason: "begins with a record of TFRecord, length and check")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    try read(input, prefix: "", into: &records, issues: &issues)
  }

  /// Reads a file whose tags get a prefix; the records go on after those that are there.
  static func read(
    _ input: consuming LogInput, prefix: String, into records: inout RecordTable,
    issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    var reader = TFRecordReader(input.stream)
    var event = EventMessage()
    var table = EventTable(&records, prefix: prefix)
    var unreadable = 0
    while try reader.next() {
      let isEvent = reader.data.withUnsafeBytes { bytes in
        guard event.read(bytes) else { return false }
        table.take(event, into: &records)
        return true
      }
      if !isEvent { unreadable += 1 }
    }
    table.finish(&records, issues: &issues)
    note(reader.ending, unreadable, &issues)
    return try reader.end()
  }

  private static func note(
    _ ending: TFRecordReader.Ending?, _ unreadable: Int, _ issues: inout IssueCollector
  ) {
    switch ending {
    case .insideRecord:
      issues.add(
        .truncatedRecord,
        "the file ends inside a record: it is still written, or was cut; the records before are used"
      )
    case .damaged(let place):
      issues.add(
        .damagedRecord,
        "the check of the record at byte \(place) is wrong; what follows is not used")
    case .whole, nil: break
    }
    if unreadable > 0 {
      issues.add(.damagedRecord, "\(NumberText.count(unreadable, "record")) hold no event")
    }
  }
}
