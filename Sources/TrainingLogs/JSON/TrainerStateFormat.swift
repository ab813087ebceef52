/// `trainer_state.json`, which Hugging Face's Trainer writes into every checkpoint
/// (`TrainerState` in transformers/trainer_callback.py).
///
/// `log_history` has a record of training every few steps, records of evaluation at the same steps,
/// and at the end means over the whole run, which are no record.
enum TrainerStateFormat: LogFormat {
  static let name = "trainer-state"
  static let title = "Hugging Face Trainer's trainer_state.json"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    guard let outline = JSONOutline(sample), outline.isObject, outline.has("log_history") else {
      return nil
    }
    return FormatEvidence(
      strength: .certain, hits: .max, reason: "an object with 'log_history'")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let file = try JSONFile(input)
    let failure = file.scan { scanner in take(&scanner, of: file, into: &records) }
    if let failure { try file.note(failure, records: records.count, issues: &issues) }
    return file.end
  }

  private static func take(
    _ scanner: inout JSONScanner, of file: JSONFile, into records: inout RecordTable
  ) -> JSONScanner.Failure? {
    var key = ""
    var place = (offset: 0, line: 1)
    _ = scanner.next()
    while scanner.depth > 0 {
      switch scanner.next() {
      case .key: key = JSONText.string(scanner)
      case .beginArray where key == "log_history":
        // The loss is the mean since the last row (Trainer._maybe_log_save_evaluate).
        records.lossIsWindowMean = true
        var writer = JSONRecordWriter()
        let isWhole = writer.takeArray(&scanner, of: file, place: &place, into: &records)
        writer.finish(into: &records)
        guard isWhole else { return scanner.failure }
      case .beginArray, .beginObject:
        guard scanner.skipContainer() else { return scanner.failure }
      case .number: records.metadata.append((key, NumberText.short(scanner.number)))
      case .string: records.metadata.append((key, JSONText.string(scanner)))
      case .failure: return scanner.failure
      default: continue
      }
    }
    return nil
  }
}

extension JSONRecordWriter {
  /// Adds the objects of an array whose opening bracket was taken.
  ///
  /// - Returns: false on a failure of the scanner.
  mutating func takeArray(
    _ scanner: inout JSONScanner, of file: JSONFile, place: inout (offset: Int, line: Int),
    into records: inout RecordTable
  ) -> Bool {
    while true {
      switch scanner.next() {
      case .beginObject:
        let line = file.line(at: scanner.offset, after: &place)
        guard read(&scanner) else { return false }
        commit(line: line, to: &records)
      case .beginArray: guard scanner.skipContainer() else { return false }
      case .endArray: return true
      case .failure, .end: return false
      default: continue
      }
    }
  }
}
