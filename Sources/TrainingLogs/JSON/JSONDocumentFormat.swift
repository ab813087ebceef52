/// A JSON document with series somewhere in it, whatever its layout.
///
/// Histories of Keras, dumps of dashboards' interfaces, scalars of ClearML, lists of records or of
/// pairs. A document without a loss is refused here.
enum JSONDocumentFormat: LogFormat {
  static let name = "json"
  static let title = "JSON: lists of numbers by name, or a list of records"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    guard let outline = JSONOutline(sample) else { return nil }
    let file = JSONFile(sample)
    var reader = JSONDocumentReader(file)
    _ = file.scan { reader.read(&$0) }
    let losses = reader.parts.flatMap(\.lossNames)
    let rows = reader.parts.reduce(0) { $0 + $1.table.count }
    if !losses.isEmpty {
      return FormatEvidence(
        strength: .certain, hits: rows,
        reason: "JSON with \(NumberText.count(rows, "record")) of \(ColumnPlan.list(losses))")
    }
    return FormatEvidence(
      strength: outline.isComplete ? .strong : .some, hits: 0,
      reason: "JSON without a series of a loss")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let choice = input.choice
    let file = try JSONFile(input)
    var reader = JSONDocumentReader(file)
    let failure = file.scan { reader.read(&$0) }
    let isAsked = choice.loss.map(reader.otherLists.contains) ?? false
    guard reader.parts.contains(where: { choice.needsLoss ? $0.hasLoss : true }), !isAsked else {
      throw refusal(reader, failure, file)
    }
    reader.parts.append(to: &records)
    records.metadata = reader.metadata
    if !reader.unplaced.isEmpty {
      issues.add(
        .fieldCount,
        "\(ColumnPlan.list(reader.unplaced)) have other lengths than the steps beside them: their "
          + "values are counted from 0")
    }
    if let failure { try file.note(failure, records: records.count, issues: &issues) }
    return file.end
  }

  private static func refusal(
    _ reader: JSONDocumentReader, _ failure: JSONScanner.Failure?, _ file: JSONFile
  ) -> LogError {
    if let failure {
      let place = file.position(of: failure.offset)
      let problem = failure.isAtEnd ? "it ends too early" : failure.message
      return LogError(
        code: .notALog, file: file.file, line: place.line, column: place.column,
        message: "this is JSON that is cut or broken (\(problem)), and there is no loss before that"
      )
    }
    let lists = reader.otherLists.isEmpty ? "" : "; lists are \(ColumnPlan.list(reader.otherLists))"
    return LogError(
      code: .notALog, file: file.file,
      message: "this is JSON without a series of a loss: settings or results, no log\(lists)")
  }
}
