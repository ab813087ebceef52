/// TensorBoard's folders: all event files of a folder are of one run, one after the other.
///
/// Keras and others write held-out data to a folder beside: it is the same run, its tags with the
/// folder's name before them as in `validation/epoch_loss`.
enum TensorBoardLayout: DirectoryLayout {
  private static let training = "train"
  private static let heldOut = ["validation", "val", "valid", "eval", "test", "dev"]

  /// Whether a file is one by its name.
  static func isEventFile(_ name: String) -> Bool {
    name.contains(".tfevents.") && !name.hasSuffix(".profile-empty")
  }

  static func claim(_ folder: inout Folder) -> [LogSource] {
    let own = folder.takeFiles(where: isEventFile).map(folder.joined)
    let beside = heldOut.filter(folder.folders.contains).flatMap { events(in: $0, of: folder) }
    let inner = folder.folders.contains(training) ? events(in: training, of: folder) : []
    if own.isEmpty, !inner.isEmpty, !beside.isEmpty {
      folder.takeFolders([training] + heldOut)
      return [source(folder, inner + beside)]
    }
    guard !own.isEmpty else { return [] }
    if !beside.isEmpty, inner.isEmpty { folder.takeFolders(heldOut) }
    return [source(folder, inner.isEmpty ? own + beside : own)]
  }

  private static func source(_ folder: Folder, _ files: [String]) -> LogSource {
    LogSource(path: folder.path, files: files, layout: .tensorBoard, runName: folder.name)
  }

  private static func events(in name: String, of folder: Folder) -> [String] {
    guard var inner = try? Folder(listing: folder.joined(name)) else { return [] }
    return inner.takeFiles(where: isEventFile).map(inner.joined)
  }

  static func read(_ source: LogSource, into run: inout FolderRun) throws(LogError) {
    run.format = TensorBoardFormat.name
    run.reason = "\(NumberText.count(source.files.count, "event file")) of one run"
    var parts: [(prefix: String, records: RecordTable)] = []
    for file in source.files {
      let prefix = heldOutPrefix(file, in: source.path)
      if parts.last?.prefix != prefix { parts.append((prefix, RecordTable())) }
      var own = IssueCollector(file: file)
      do throws(LogError) {
        let end = try TensorBoardFormat.read(
          run.open(file), prefix: prefix, into: &parts[parts.count - 1].records, issues: &own)
        run.note(end, of: file)
      } catch  where error.code == .empty && source.files.count > 1 {
        own.add(.emptyFile, "the file is empty")
      }
      run.issues.append(own)
    }
    if parts.count == 1 {
      run.records = parts[0].records
    } else {
      TimeMerge.append(
        parts.map(\.records), step: EventTable.step, time: EventTable.wallTime, to: &run.records)
    }
  }

  /// `validation/` for an event file of the folder beside.
  private static func heldOutPrefix(_ file: String, in root: String) -> String {
    let parts = file.dropFirst(root.count).split(separator: "/")
    guard parts.count > 1, let folder = parts.dropLast().last.map(String.init),
      heldOut.contains(folder)
    else { return "" }
    return folder + "/"
  }
}
