#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Finds log files.
public enum LogSearch {
  /// The file name of a manifest.
  static let manifestName = "runs.csv"

  /// The log files that paths stand for, each once, in natural order (`run2` before `run10`).
  ///
  /// A path is a file, `-` for the standard input, a directory or a pattern with `*`, `?` or
  /// `[...]`. Directories are searched recursively for `.csv` and `.tsv`, for `.txt` that looks
  /// like a table, and for these with `.gz`; hidden files, links to directories and manifests
  /// called `runs.csv` are passed over.
  ///
  /// - Throws: `notFound` for a path or pattern that stands for nothing, `noLogsInDirectory`.
  public static func files(for paths: [String]) throws(LogError) -> [String] {
    var found: [String] = []
    for path in paths { found += try files(for: path) }
    var seen: Set<String> = []
    let distinct = found.filter { seen.insert(SystemPath.resolved($0)).inserted }
    return distinct.sorted(by: NaturalOrder.precedes)
  }

  /// The path of the manifest in a directory: a `runs.csv` with a column `file`; nil without one.
  ///
  /// - Throws: `unreadable` when there is a `runs.csv` that cannot be read.
  public static func manifest(in directory: String) throws(LogError) -> String? {
    let path = joined(directory, manifestName)
    guard SystemPath.kind(of: path) == .file else { return nil }
    return try isManifest(path) ? path : nil
  }

  private static func files(for path: String) throws(LogError) -> [String] {
    guard path != "-" else { return [path] }
    switch SystemPath.kind(of: path) {
    case .file: return [path]
    case .directory: return try logs(inDirectory: path)
    case .absent: return try logs(matching: path)
    }
  }

  private static func logs(matching pattern: String) throws(LogError) -> [String] {
    let isPattern = pattern.contains { "*?[".contains($0) }
    let matches = isPattern ? SystemPath.matches(of: pattern) : []
    guard !matches.isEmpty else {
      let message =
        isPattern
        ? "the pattern matches no file; quote it so that the shell leaves it alone, and check it"
        : "there is no such file or directory; check the path"
      throw LogError(code: .notFound, file: pattern, message: message)
    }
    var found: [String] = []
    for match in matches {
      guard SystemPath.kind(of: match) == .directory else {
        found.append(match)
        continue
      }
      collect(match, into: &found)
    }
    guard found.isEmpty else { return found }
    throw noLogs(pattern)
  }

  private static func logs(inDirectory directory: String) throws(LogError) -> [String] {
    guard (try? FileManager.default.contentsOfDirectory(atPath: directory)) != nil else {
      throw LogError(
        code: .unreadable, file: directory, message: "the directory cannot be listed")
    }
    var found: [String] = []
    collect(directory, into: &found)
    guard found.isEmpty else { return found }
    throw noLogs(directory)
  }

  private static func noLogs(_ path: String) -> LogError {
    LogError(
      code: .noLogsInDirectory, file: path,
      message: "no .csv, .tsv or .txt table (plain or .gz) in there; name the log files instead")
  }

  /// Adds the logs of a directory and of those below it; what cannot be listed is passed over.
  private static func collect(_ directory: String, into found: inout [String]) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in names where !name.hasPrefix(".") {
      let path = joined(directory, name)
      if SystemPath.kind(of: path) == .directory {
        // A link could lead back to where the search came from.
        if !SystemPath.isLink(path) { collect(path, into: &found) }
      } else if isLog(path, name: name.lowercased()) {
        found.append(path)
      }
    }
  }

  private static func isLog(_ path: String, name: String) -> Bool {
    let plain =
      name.hasSuffix(LogName.compressed) ? String(name.dropLast(LogName.compressed.count)) : name
    guard let ending = LogName.endings.first(where: plain.hasSuffix) else { return false }
    if name == manifestName, (try? isManifest(path)) == true { return false }
    return ending != ".txt" || looksDelimited(path)
  }

  /// Whether a text's first row has several fields and one that is a step or a loss.
  private static func looksDelimited(_ path: String) -> Bool {
    guard let names = try? firstRow(path), names.count > 1 else { return false }
    return names.contains { ColumnNames.meaning(of: $0) != .other }
      || names.allSatisfy { Double($0) != nil }
  }

  private static func isManifest(_ path: String) throws(LogError) -> Bool {
    try firstRow(path).contains { $0.lowercased() == "file" }
  }

  private static func firstRow(_ path: String) throws(LogError) -> [String] {
    let stream = try ByteStream(ByteSource(path: path), file: path)
    var scanner = try LogReader.scanner(stream, file: path)
    return try scanner.next() ? scanner.texts() : []
  }

  static func joined(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }
}
