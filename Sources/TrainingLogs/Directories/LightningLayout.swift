/// Lightning's CSV logger: `version_*/metrics.csv`.
///
/// A resumed run is a new version whose step goes on; such versions are one run, others are runs of
/// their own.
enum LightningLayout: DirectoryLayout {
  private static let fileName = "metrics.csv"
  private static let prefix = "version_"

  static func claim(_ folder: inout Folder) -> [LogSource] {
    let versions = folder.folders.filter { $0.hasPrefix(prefix) }.filter {
      SystemPath.kind(of: SystemPath.joined(folder.joined($0), fileName)) == .file
    }
    folder.takeFolders(versions)
    var groups: [(versions: [String], last: Double)] = []
    for version in versions {
      let range = stepRange(SystemPath.joined(folder.joined(version), fileName))
      if let range, let group = groups.last, continues(range, group.last) {
        groups[groups.count - 1].versions.append(version)
        groups[groups.count - 1].last = max(group.last, range.last)
      } else {
        groups.append(([version], range?.last ?? -.infinity))
      }
    }
    return groups.map { group in
      let files = group.versions.map { SystemPath.joined(folder.joined($0), fileName) }
      let name = "\(folder.name)/\(group.versions[0])"
      if files.count == 1 { return LogSource(file: files[0], runName: name) }
      return LogSource(path: folder.path, files: files, layout: .lightning, runName: name)
    }
  }

  /// Where a version's steps begin and end.
  private struct Range {
    var first: Double
    /// The step after the first.
    var second: Double
    var last: Double
  }

  /// Whether a version starts where another ended, or at a checkpoint not long before.
  private static func continues(_ range: Range, _ last: Double) -> Bool {
    // A run from the start logs first after about as many steps as between two rows.
    let interval = max(range.second - range.first, 1)
    return range.first > 1.5 * interval && range.first >= last / 2
      && range.first <= last + max(10 * interval, last / 10)
  }

  private static func stepRange(_ file: String) -> Range? {
    guard let stream = try? ByteStream(ByteSource(path: file), file: file),
      var scanner = try? LogReader.scanner(stream, file: file), (try? scanner.next()) == true,
      let column = scanner.texts().firstIndex(of: "step")
    else { return nil }
    var range: Range?
    while (try? scanner.next()) == true {
      guard column < scanner.fieldCount else { continue }
      let cell = scanner.cell(column)
      guard cell.kind == .number, cell.value.isFinite else { continue }
      guard var known = range else {
        range = Range(first: cell.value, second: cell.value, last: cell.value)
        continue
      }
      if known.second == known.first { known.second = cell.value }
      known.last = cell.value
      range = known
    }
    return range
  }

  static func read(_ source: LogSource, into run: inout FolderRun) throws(LogError) {
    run.reason =
      "\(source.files.count) versions of Lightning's metrics.csv that go on with the step"
    var parts: [RecordTable] = []
    for file in source.files { parts.append(try run.part(file)) }
    RecordSequence.concatenate(parts, to: &run.records)
    run.issues.add(
      .filesJoined,
      "\(source.files.count) versions are one run, for each goes on with the steps of the one "
        + "before; give their files one by one to keep them apart")
  }
}
