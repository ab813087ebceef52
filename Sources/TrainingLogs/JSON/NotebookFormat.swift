/// A Jupyter notebook (nbformat 4): the log is what its cells have printed.
///
/// Text outputs are read line by line by the text format that fits them best; the tables that
/// Hugging Face's Trainer shows (`Step | Training Loss | Validation Loss`) row by row.
enum NotebookFormat: LogFormat {
  static let name = "notebook"
  static let title = "a Jupyter notebook's outputs"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    guard let outline = JSONOutline(sample), outline.isObject, outline.has("cells") else {
      return nil
    }
    return FormatEvidence(
      strength: .certain, hits: .max, reason: "an object with 'cells', a notebook")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let choice = input.choice
    let file = try JSONFile(input)
    var outputs = NotebookOutputs()
    let failure = file.scan { outputs.take(&$0) }
    let tables = outputs.tables.filter { $0.hasLoss }
    let rows = tables.reduce(0) { $0 + $1.rows.count }
    let sample = LogSample(file: file.file, bytes: outputs.text, isWhole: true)
    let best = best(in: sample)
    if rows > 0, rows >= best?.evidence.hits ?? 0 {
      for table in tables { table.append(to: &records) }
    } else if let best {
      let text = try LogInput(ByteSource(bytes: outputs.text), file: file.file, choice: choice)
      _ = try best.format.read(text, into: &records, issues: &issues)
    } else if failure == nil {
      throw LogError(
        code: .notALog, file: file.file,
        message: "no output of this notebook has a step and a loss; were its cells run, and saved "
          + "with their outputs?")
    }
    if let failure { try file.note(failure, records: records.count, issues: &issues) }
    return file.end
  }

  /// The text format that fits best.
  private static func best(
    in sample: LogSample
  ) -> (format: any LogFormat.Type, evidence: FormatEvidence)? {
    var best: (format: any LogFormat.Type, evidence: FormatEvidence)?
    guard !sample.bytes.isEmpty else { return nil }
    for format in FormatRegistry.ofLines {
      guard let evidence = format.evidence(in: sample) else { continue }
      let order = (evidence.strength, evidence.hits)
      if let best, (best.evidence.strength, best.evidence.hits) >= order { continue }
      best = (format, evidence)
    }
    return best
  }
}
