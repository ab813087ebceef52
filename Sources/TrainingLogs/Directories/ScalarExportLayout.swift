/// TensorBoard's CSV exports, `run-<run>-tag-<tag>.csv`, a scalar each: those of a run belong together.
enum ScalarExportLayout: DirectoryLayout {
  private static let mark = "-tag-"

  static func claim(_ folder: inout Folder) -> [LogSource] {
    var runs: [(name: String, files: [String])] = []
    for file in folder.files {
      guard let name = runName(file) else { continue }
      if let index = runs.firstIndex(where: { $0.name == name }) {
        runs[index].files.append(file)
      } else {
        runs.append((name, [file]))
      }
    }
    // A lone one is a log like any other.
    runs.removeAll { $0.files.count < 2 }
    let taken = Set(runs.flatMap(\.files))
    _ = folder.takeFiles(where: taken.contains)
    return runs.map { run in
      LogSource(
        path: folder.path, files: run.files.map(folder.joined), layout: .scalarExports,
        runName: run.name == "." ? folder.name : run.name)
    }
  }

  /// The run in a file's name, `.` for the root's; nil for other names.
  private static func runName(_ file: String) -> String? {
    let name = LogName.runName(of: file)
    let parts = name.split(separator: mark, omittingEmptySubsequences: false)
    guard name != file, name.hasPrefix("run-"), parts.count > 1 else { return nil }
    return String(parts.dropLast().joined(separator: mark).dropFirst(4))
  }

  static func read(_ source: LogSource, into run: inout FolderRun) throws(LogError) {
    run.format = DelimitedFormat.name
    run.reason = "\(source.files.count) of TensorBoard's CSV exports, a scalar each, of one run"
    var parts: [RecordTable] = []
    for file in source.files { parts.append(try scalar(file, &run)) }
    TimeMerge.append(parts, step: "Step", time: "Wall time", to: &run.records)
  }

  /// Reads the three columns of an export.
  private static func scalar(
    _ file: String, _ run: inout FolderRun
  ) throws(LogError) -> RecordTable {
    let input = try run.open(file)
    var scanner = try LogReader.scanner(input.stream, file: file)
    var records = RecordTable()
    var own = IssueCollector(file: file)
    guard try scanner.next(), let tag = ScalarExport.tag(header: scanner.texts(), file: file) else {
      throw LogError(
        code: .notALog, file: file, line: 1,
        message:
          "the header is not 'Wall time,Step,Value' as its name promises; rename the file or "
          + "give the others without it")
    }
    let columns = [
      records.column("Wall time"), records.column("Step", .step(rank: 0)), records.column(tag),
    ]
    while try scanner.next() {
      let cells = (0..<min(3, scanner.fieldCount)).map { scanner.cell($0) }
      guard cells.count == 3, cells.allSatisfy({ $0.kind == .number }) else {
        own.addRepeating(
          .fieldCount, line: scanner.line, column: 0, subject: "rows are not three numbers",
          "the row is not three numbers; it is left out")
        continue
      }
      records.begin(line: scanner.line)
      for (column, cell) in zip(columns, cells) { records.set(column, cell.value) }
    }
    run.issues.append(own)
    run.note(
      LogInput.End(
        sha256: try scanner.sha256(), isCompressed: scanner.isCompressed,
        isTruncated: scanner.isTruncated), of: file)
    return records
  }
}
