import Foundation

/// Files as bytes.
public enum ByteFile {
  /// All bytes of a file.
  ///
  /// - Throws: what reading the file throws.
  public static func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
