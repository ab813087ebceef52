/// The run file of wandb, `run-<id>.wandb`, which is written during a run and uploaded or kept.
///
/// The metrics of a call of `log` make a record. A `_step` counts these calls; a step that the user
/// logged is preferred.
struct WandbFormat: LogFormat {
  static let name = "wandb"
  static let title = "wandb's run files (.wandb)"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    guard sample.bytes.starts(with: WandbRecordReader.signature) else { return nil }
    return FormatEvidence(
      strength: .certain, hits: 1, reason: "begins with the signature of a wandb run file")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let file = input.file
    var reader = try WandbRecordReader(input.stream)
    var table = WandbTable()
    while try reader.next() {
      let isMessage = reader.data.withUnsafeBytes { table.take($0, into: &records) }
      if !isMessage {
        issues.addRepeating(
          .damagedRecord, line: 0, column: 0, subject: "records hold no message of wandb",
          "a record holds no message of wandb; it is left out")
      }
    }
    switch reader.ending {
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
    if case .damaged(let place) = reader.ending, table.messages == 0 {
      throw LogError(
        code: .notALog, file: file,
        message: "the check of the record at byte \(place) is wrong, and nothing stands before it; "
          + "copy the file anew")
    }
    table.finish(&records)
    let end = try reader.end()
    guard records.count > 0 else {
      throw LogError(
        code: .noLossColumn, file: file,
        message: "the run has no history: of \(NumberText.count(table.messages, "record")) none "
          + "is of a call of wandb.log; its console output may be in files/output.log beside it")
    }
    return end
  }
}
