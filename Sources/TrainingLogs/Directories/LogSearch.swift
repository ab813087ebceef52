/// Finds the logs that paths stand for.
public enum LogSearch {
  /// The file name of a manifest.
  static let manifestName = "runs.csv"

  /// The runs' logs that paths stand for, each once, in natural order (`run2` before `run10`).
  ///
  /// A path is a file, `-` for the standard input, a directory or a pattern with `*`, `?` or
  /// `[...]`. Directories are searched recursively for folders that make up a run (of MLflow, wandb,
  /// TensorBoard, Lightning, Hugging Face's checkpoints) and for log files: those whose ending says
  /// so, and `.txt`, `.log`, `.out`, `.json`, `.md`, `.ipynb` that look like a log, all plain or
  /// compressed. Hidden files, links to directories and manifests called `runs.csv` are passed over;
  /// a directory that cannot be listed is a source with a `problem`.
  ///
  /// - Throws: `notFound` for a path or pattern that stands for nothing, `noLogsInDirectory`.
  public static func sources(for paths: [String]) throws(LogError) -> [LogSource] {
    var found: [LogSource] = []
    for path in paths { found += try sources(for: path) }
    var seen: Set<[String]> = []
    let distinct = found.filter { source in
      seen.insert((source.files.isEmpty ? [source.path] : source.files).map(SystemPath.resolved))
        .inserted
    }
    return distinct.sorted { one, other in
      if one.path != other.path { return NaturalOrder.precedes(one.path, other.path) }
      return NaturalOrder.precedes(one.files.first ?? "", other.files.first ?? "")
    }
  }

  /// The log that a path stands for where one is wanted: a file, `-`, or a folder that makes up one run.
  public static func source(for path: String) -> LogSource {
    guard let found = try? sources(for: [path]), found.count == 1 else {
      return LogSource(file: path)
    }
    return found[0]
  }

  /// The path of the manifest in a directory: a `runs.csv` with a column `file`; nil without one.
  ///
  /// - Throws: `unreadable` when there is a `runs.csv` that cannot be read.
  public static func manifest(in directory: String) throws(LogError) -> String? {
    let path = SystemPath.joined(directory, manifestName)
    guard SystemPath.kind(of: path) == .file else { return nil }
    return try LogSniff.isManifest(path) ? path : nil
  }

  private static func sources(for path: String) throws(LogError) -> [LogSource] {
    guard path != "-" else { return [LogSource(file: path)] }
    switch SystemPath.kind(of: path) {
    case .file, .special: return [named(path)]
    case .directory: return try logs(in: [path], given: path)
    case .absent: return try logs(in: matches(of: path), given: path)
    }
  }

  /// A file that was named; event files all have the same name but for numbers, their folders do not.
  private static func named(_ path: String) -> LogSource {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count > 1, let name = parts.last, TensorBoardLayout.isEventFile(name) else {
      return LogSource(file: path)
    }
    return LogSource(file: path, runName: parts[parts.count - 2])
  }

  private static func matches(of pattern: String) throws(LogError) -> [String] {
    let isPattern = pattern.contains { "*?[".contains($0) }
    let matches = isPattern ? SystemPath.matches(of: pattern) : []
    guard matches.isEmpty else { return matches }
    let message =
      isPattern
      ? "the pattern matches no file; quote it so that the shell leaves it alone, and check it"
      : "there is no such file or directory; check the path"
    throw LogError(code: .notFound, file: pattern, message: message)
  }

  private static func logs(in paths: [String], given: String) throws(LogError) -> [LogSource] {
    var scan = DirectoryScan()
    for path in paths {
      if SystemPath.kind(of: path) == .directory {
        scan.collect(path)
      } else {
        scan.found.append(named(path))
      }
    }
    guard scan.found.isEmpty else { return scan.found }
    throw LogError(
      code: .noLogsInDirectory, file: given,
      message: "no log in there: no table, JSON Lines, event file or text with a step and a loss; "
        + "name the log files instead")
  }
}
