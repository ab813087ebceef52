/// MLflow's file store: a run is a folder with `meta.yaml`, `metrics/` and `params/`.
///
/// A metric is a file of its own, its name with `/` is a path (mlflow/store/tracking/file_store.py).
enum MLflowLayout: DirectoryLayout {
  private static let metrics = "metrics"
  private static let mostMetrics = 10_000
  private static let mostParameters = 1000

  static func claim(_ folder: inout Folder) -> [LogSource] {
    guard folder.folders.contains(metrics), folder.files.contains("meta.yaml") else { return [] }
    var files: [String] = []
    collect(folder.joined(metrics), depth: 0, into: &files)
    let name = SimpleYAML.value(of: "run_name", inFile: folder.joined("meta.yaml"))
    let source = LogSource(
      path: folder.path, files: files, layout: .mlflow,
      runName: name.flatMap { $0.isEmpty ? nil : $0 } ?? folder.name)
    folder.takeAll()
    return files.isEmpty ? [] : [source]
  }

  private static func collect(_ path: String, depth: Int, into files: inout [String]) {
    guard depth < 32, let folder = try? Folder(listing: path) else { return }
    files += folder.files.map(folder.joined).prefix(max(mostMetrics - files.count, 0))
    for inner in folder.folders { collect(folder.joined(inner), depth: depth + 1, into: &files) }
  }

  static func read(_ source: LogSource, into run: inout FolderRun) throws(LogError) {
    run.format = MLflowMetricFormat.name
    run.reason =
      "a run of MLflow's file store with \(NumberText.count(source.files.count, "metric"))"
    let root = SystemPath.joined(source.path, metrics) + "/"
    var parts: [RecordTable] = []
    for file in source.files {
      var own = IssueCollector(file: file)
      var part = RecordTable()
      do throws(LogError) {
        let end = try MLflowMetricFormat.read(
          run.open(file), metric: String(file.dropFirst(root.count)), into: &part, issues: &own)
        run.note(end, of: file)
      } catch  where error.code == .empty {
        own.add(.emptyFile, "the file is empty")
      }
      parts.append(part)
      run.issues.append(own)
    }
    TimeMerge.append(
      parts, step: MLflowMetricFormat.step, time: MLflowMetricFormat.time, to: &run.records)
    takeParameters(source.path, &run.records)
  }

  private static func takeParameters(_ path: String, _ records: inout RecordTable) {
    guard let folder = try? Folder(listing: SystemPath.joined(path, "params")) else { return }
    for name in folder.files.prefix(mostParameters) {
      guard let text = SmallFile.text(folder.joined(name), most: 1000) else { continue }
      records.metadata.append((name, text))
    }
  }
}
