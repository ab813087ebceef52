import Foundation

/// Files written whole or not at all.
enum OutputFile {
  /// Fails early when a path cannot be written: before the work, not after it.
  static func check(_ path: String) throws {
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory),
      isDirectory.boolValue
    else {
      throw CommandFailure(
        .outputNotWritten, "\(path) cannot be written: there is no directory \(directory)")
    }
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      throw CommandFailure(.outputNotWritten, "\(path) cannot be written: it is a directory")
    }
    guard FileManager.default.isWritableFile(atPath: directory) else {
      throw CommandFailure(
        .outputNotWritten, "\(path) cannot be written: \(directory) is not writable")
    }
  }

  /// Writes text through a temporary file beside the target, then renames.
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw CommandFailure(
        .outputNotWritten, "\(path) cannot be written: \(error.localizedDescription)")
    }
  }
}
