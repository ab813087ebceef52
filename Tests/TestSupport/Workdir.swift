public import Foundation

/// A fresh directory for one test, removed with `remove()`.
public struct Workdir: Sendable {
  /// Where the directory is.
  public let url: URL

  /// Makes a new directory below the system's temporary one.
  public init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("losscast-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Writes text to a file of that name and returns its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  /// Writes bytes to a file of that name, making folders on the way, and returns its path.
  @discardableResult
  public func write(_ bytes: Data, to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    return file.path
  }

  /// Removes the directory and what is in it.
  public func remove() {
    try? FileManager.default.removeItem(at: url)
  }
}
