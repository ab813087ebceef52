/// The JSON download of TensorBoard's time series, `[[wall time, step, value], …]`.
///
/// The scalar is named only in the file's name, as in `run-train-tag-loss.json`.
enum TensorBoardScalarsFormat: LogFormat {
  static let name = "tensorboard-json"
  static let title = "TensorBoard's JSON download of a scalar"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    guard let outline = JSONOutline(sample), !outline.isObject else { return nil }
    let file = JSONFile(sample)
    let isScalar = file.scan { scanner -> Bool in
      guard scanner.next() == .beginArray, scanner.next() == .beginArray,
        let row = JSONNumbers.list(&scanner), row.count == 3
      else { return false }
      // Seconds since 1970, from 2001 on.
      return 1e9...1e11 ~= row[0] && row[1] == row[1].rounded()
    }
    guard isScalar else { return nil }
    return FormatEvidence(
      strength: .certain, hits: .max, reason: "a list of times, steps and values")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let file = try JSONFile(input)
    let header = ["Wall time", "Step", "Value"]
    let columns = header.map { records.column($0) }
    let ending = ".json"
    let path = file.file.hasSuffix(ending) ? String(file.file.dropLast(ending.count)) : file.file
    if let tag = ScalarExport.tag(header: header, file: path) {
      records.state(columns[2], ColumnNames.meaning(of: tag))
    }
    let failure = file.scan { scanner in
      _ = scanner.next()
      while scanner.next() == .beginArray {
        guard let row = JSONNumbers.list(&scanner), row.count == 3 else { continue }
        records.begin(line: 0)
        for (column, value) in zip(columns, row) where !RowTable.isMissing(value) {
          records.set(column, value)
        }
      }
      return scanner.failure
    }
    if let failure { try file.note(failure, records: records.count, issues: &issues) }
    return file.end
  }
}
