/// Text with the same number of fields in every line, separated by commas, tabs or semicolons.
enum DelimitedFormat: LogFormat {
  static let name = "csv"
  static let title = "comma-, tab- or semicolon-separated values"

  /// The evidence of a table beyond doubt: a header with a known name and rows of numbers below it.
  ///
  /// - Returns: nil where another format might fit as well.
  static func certainEvidence(in sample: LogSample) -> FormatEvidence? {
    let shape = Delimiter.shape(of: sample.bytes, isWhole: sample.isWhole)
    let cells = shape.firstRow.filter { !$0.isEmpty }
    guard shape.fields > 1, !cells.isEmpty, cells.allSatisfy({ Double($0) != nil }),
      shape.names.allSatisfy({ Double($0) == nil }), let evidence = evidence(shape, in: sample),
      evidence.strength >= .strong, evidence.isSure
    else { return nil }
    return evidence
  }

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    evidence(Delimiter.shape(of: sample.bytes, isWhole: sample.isWhole), in: sample)
  }

  private static func evidence(
    _ shape: Delimiter.Shape, in sample: LogSample
  ) -> FormatEvidence? {
    guard shape.lines > 0 else { return nil }
    let share = Double(shape.agreeing) / Double(shape.lines)
    let name = Delimiter.name(shape.delimiter)
    let names = shape.names
    let layout = TableLayout(Header(names: names, line: 0, isMadeUp: false), file: sample.file)
    let isKnown =
      LongTable(names) != nil
      || layout.columns.contains {
        ($0.stated ?? ColumnNames.meaning(of: $0.name)) != .other
      }
    let isNumbers = names.allSatisfy { Double($0) != nil }
    let reason =
      "\(NumberText.count(shape.fields, "field")) separated by \(name) in \(shape.agreeing) of "
      + NumberText.count(shape.lines, "line")
    guard share >= 0.9 else { return FormatEvidence(strength: .weak, hits: 0, reason: reason) }
    if shape.fields > 1, isKnown || isNumbers {
      return FormatEvidence(
        strength: .strong, hits: shape.agreeing,
        reason: reason + (isNumbers ? ", all numbers" : ", a header with a known name"))
    }
    // The first bytes of a log that is just being written may look like a number.
    let isBeginning = shape.lines == 1 && !sample.bytes.contains(Ascii.lineFeed)
    if shape.fields == 1, isBeginning { return nil }
    if shape.fields == 1, isKnown || isNumbers {
      return FormatEvidence(strength: .some, hits: shape.agreeing, reason: reason)
    }
    return FormatEvidence(strength: .weak, hits: shape.agreeing, reason: reason)
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let (file, choice) = (input.file, input.choice)
    var scanner = try LogReader.scanner(input.stream, file: file)
    let header = try Header.read(&scanner, file: file)
    if let long = LongTable(header.names) {
      try long.read(&scanner, header: header, into: &records, issues: &issues)
      return LogInput.End(
        sha256: try scanner.sha256(), isCompressed: scanner.isCompressed,
        isTruncated: scanner.isTruncated)
    }
    var reader = try TableReader(scanner, header: header, file: file, choice: choice)
    try reader.readRows()
    let end = try reader.end()
    reader.give(to: &records, issues: &issues)
    return end
  }
}
