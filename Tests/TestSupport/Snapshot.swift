import Foundation
public import Testing

/// Compares text with a golden file below `fixtures/snapshots/`.
///
/// A missing file is written, and the test fails. With `RECORD_SNAPSHOTS=1` in the environment the
/// file is written anew.
public func expectSnapshot(
  _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = Fixtures.root.appendingPathComponent("fixtures/snapshots/\(name)")
  let recorded = try? String(contentsOf: file, encoding: .utf8)
  let shouldRecord = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
  if recorded == nil || shouldRecord {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  guard let recorded else {
    Issue.record("recorded a new snapshot, \(file.path)", sourceLocation: sourceLocation)
    return
  }
  guard !shouldRecord else { return }
  #expect(text == recorded, "differs from \(file.path)", sourceLocation: sourceLocation)
}
