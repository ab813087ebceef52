import Foundation

/// Logs that a manifest lists.
enum ListedFile {
  /// Where a log is: as the manifest says, else with leading folders dropped one after the other,
  /// down to the bare name beside the manifest.
  ///
  /// - Parameters:
  ///   - file: the path that the manifest's folder and the listed path make.
  ///   - manifest: the manifest's path.
  /// - Returns: the first path where there is a file; `file` when there is none.
  static func path(of file: String, in manifest: String) -> String {
    guard !FileManager.default.fileExists(atPath: file) else { return file }
    let folder = URL(fileURLWithPath: manifest).deletingLastPathComponent()
    let parts = file.split(separator: "/")
    let candidates = parts.indices.map { first in
      folder.appendingPathComponent(parts[first...].joined(separator: "/")).path
    }
    return candidates.first { FileManager.default.fileExists(atPath: $0) } ?? file
  }
}
