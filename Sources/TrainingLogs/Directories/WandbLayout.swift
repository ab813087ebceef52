/// wandb's run folders, `wandb/run-<time>-<id>`: the run file, or the console output where that has no
/// history; the configuration and the summary beside.
enum WandbLayout: DirectoryLayout {
  private static let ending = ".wandb"

  static func claim(_ folder: inout Folder) -> [LogSource] {
    let isRun = folder.name.hasPrefix("run-") || folder.name.hasPrefix("offline-run-")
    let runFiles = folder.files.filter { $0.hasSuffix(ending) }.map(folder.joined)
    guard isRun else { return [] }
    let output = folder.joined("files/output.log")
    let others = SystemPath.kind(of: output) == .file ? [output] : []
    guard !runFiles.isEmpty || !others.isEmpty else { return [] }
    let name = folder.name
    let source = LogSource(
      path: folder.path, files: runFiles + others, layout: .wandb,
      runName: name.split(separator: "-").last.map(String.init))
    folder.takeAll()
    return [source]
  }

  static func read(_ source: LogSource, into run: inout FolderRun) throws(LogError) {
    var failures: [LogError] = []
    for file in source.files {
      do throws(LogError) {
        run.records = try run.part(file)
        for failure in failures { run.issues.add(.filesPassedOver, failure.description) }
        run.reason = "a run folder of wandb; read from \(file.dropFirst(source.path.count + 1))"
        run.name = run.records.metadata.first { $0.name == "name" }?.value
        takeMetadata(source.path, &run.records)
        return
      } catch {
        failures.append(error)
      }
    }
    if let failure = failures.first { throw failure }
  }

  private static func takeMetadata(_ path: String, _ records: inout RecordTable) {
    let files = SystemPath.joined(path, "files")
    let known = Set(records.metadata.map(\.name))
    let settings = SimpleYAML.settings(inFile: SystemPath.joined(files, "config.yaml"))
    for setting in settings where !known.contains(setting.name) && !setting.name.hasPrefix("_") {
      records.metadata.append(setting)
    }
    let summary = SmallFile.text(SystemPath.joined(files, "wandb-summary.json"), most: 1 << 20)
    for (name, value) in FlatJSON.numbers(in: summary ?? "") where !name.hasPrefix("_") {
      guard !known.contains("summary.\(name)") else { continue }
      records.metadata.append(("summary.\(name)", NumberText.short(value)))
    }
  }
}
