public import Foundation

/// Where test data stands.
public enum Fixtures {
  /// The package's root folder.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The path of a file below `fixtures/`.
  public static func path(_ name: String) -> String {
    root.appendingPathComponent("fixtures").appendingPathComponent(name).path
  }

  /// The path of a file of the optional collections beside the package; nil when it is absent.
  public static func shared(_ name: String) -> String? {
    let file = root.deletingLastPathComponent().appendingPathComponent("shared")
      .appendingPathComponent(name).path
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }
}
