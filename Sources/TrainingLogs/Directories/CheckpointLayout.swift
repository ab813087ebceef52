/// Hugging Face Trainer's `checkpoint-*/trainer_state.json`: each holds the history from the run's start
/// to its checkpoint, so that the longest tells everything.
enum CheckpointLayout: DirectoryLayout {
  private static let fileName = "trainer_state.json"
  private static let prefix = "checkpoint-"

  static func claim(_ folder: inout Folder) -> [LogSource] {
    let states = folder.folders.filter { $0.hasPrefix(prefix) }.filter {
      SystemPath.kind(of: SystemPath.joined(folder.joined($0), fileName)) == .file
    }
    guard !states.isEmpty else { return [] }
    folder.takeFolders(states)
    let own = folder.takeFiles { $0 == fileName }.map(folder.joined)
    let files = states.map { SystemPath.joined(folder.joined($0), fileName) } + own
    return [
      LogSource(path: folder.path, files: files, layout: .checkpoints, runName: folder.name)
    ]
  }

  static func read(_ source: LogSource, into run: inout FolderRun) throws(LogError) {
    // Histories only grow; of equally long files the later stands behind.
    let sizes = source.files.map { SystemPath.size(of: $0) ?? 0 }
    var order = source.files.indices.sorted { (sizes[$0], $0) > (sizes[$1], $1) }
    run.reason =
      "\(NumberText.count(source.files.count, "checkpoint")) of one run, the longest read"
    var failure: LogError?
    while let index = order.first {
      order.removeFirst()
      do throws(LogError) {
        run.records = try run.part(source.files[index])
        if !order.isEmpty {
          run.issues.add(
            .filesPassedOver,
            "\(NumberText.count(order.count, "other checkpoint")) of the run hold the beginning of "
              + "this history; they are passed over")
        }
        return
      } catch {
        // A run that is killed while it saves leaves half a file.
        if failure == nil { failure = error }
      }
    }
    if let failure { throw failure }
  }
}
