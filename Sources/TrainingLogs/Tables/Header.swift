/// The first row of a table: names, or numbers when there is no header.
struct Header {
  /// The names of the columns.
  var names: [String]
  /// The line on which it stands.
  var line: Int
  /// Whether the file has no header and its first row is data.
  var isMadeUp: Bool

  /// Reads the header; afterwards the scanner stands on it.
  ///
  /// - Throws: `empty` when there is no row, `notALog` for tables of another kind.
  static func read(
    _ scanner: inout DelimitedScanner, file: String
  ) throws(LogError) -> Header {
    guard try scanner.next() else {
      throw LogError(
        code: .empty, file: file,
        message: "the file has no text but blank lines; has the run written its log yet?")
    }
    guard scanner.fieldCount <= RecordTable.mostColumns else {
      throw LogError(
        code: .notALog, file: file, line: scanner.line,
        message:
          "\(scanner.fieldCount) columns, more than \(RecordTable.mostColumns); this is no table "
          + "of a training run")
    }
    let cells = (0..<scanner.fieldCount).map { scanner.cell($0) }
    // pandas calls the index nothing and a lone series 0.
    let isIndexed = cells.count == 2 && scanner.texts() == ["", "0"]
    let isData =
      !isIndexed && cells.contains { $0.kind == .number } && !cells.contains { $0.kind == .text }
    guard !isData else {
      return Header(names: madeUpNames(cells.count), line: scanner.line, isMadeUp: true)
    }
    var names = scanner.texts()
    // `# step,loss` is how some writers mark a header.
    if names[0].hasPrefix("#") { names[0] = BlankTrimming.trimmed(String(names[0].dropFirst())) }
    if names.starts(with: ["Name", "State"]) && names.contains("Runtime") {
      throw LogError(
        code: .notALog, file: file, line: scanner.line,
        message: "this is a table of runs, one row a run; export the curves of the runs instead")
    }
    return Header(names: names, line: scanner.line, isMadeUp: false)
  }

  private static func madeUpNames(_ count: Int) -> [String] {
    switch count {
    case 1: ["loss"]
    case 2: ["step", "loss"]
    default: (1...count).map { "column \($0)" }
    }
  }
}

/// Blanks around a text.
enum BlankTrimming {
  /// The text without blanks at its ends.
  static func trimmed(_ text: String) -> String {
    let front = text.drop { $0.isWhitespace }
    let behind = front.reversed().prefix { $0.isWhitespace }.count
    return String(front.dropLast(behind))
  }
}
