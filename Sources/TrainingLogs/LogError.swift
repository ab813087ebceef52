/// Why a log cannot be used at all.
public struct LogError: Error, Sendable, Hashable {
  /// What kind of failure it is.
  public enum Code: String, Sendable, Hashable {
    /// There is no such file.
    case notFound
    /// The file exists but cannot be read.
    case unreadable
    /// The file holds nothing.
    case empty
    /// The file is not text that this reader knows.
    case notALog
    /// The compressed data is damaged.
    case damagedCompression
    /// No column is a loss.
    case noLossColumn
    /// A column that was asked for is not there.
    case noSuchColumn
    /// A column that must be numeric is not.
    case notNumeric
    /// There is a header but no row that can be used.
    case noUsableRows
    /// The directory has no logs in it.
    case noLogsInDirectory
    /// The manifest is wrong.
    case badManifest
    /// The table of finished runs is wrong.
    case badTable
  }

  /// What kind of failure it is.
  public var code: Code
  /// The file as it was given.
  public var file: String
  /// The line, counted from 1; 0 where it does not apply.
  public var line: Int
  /// The field's number in its row, counted from 1; 0 where it does not apply.
  public var column: Int
  /// What is wrong and what to do next.
  public var message: String

  /// Creates an error.
  public init(code: Code, file: String, line: Int = 0, column: Int = 0, message: String) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }
}

extension LogError: CustomStringConvertible {
  /// `file:line:column: message`, leaving out what is 0.
  public var description: String {
    let place = [line, column].filter { $0 > 0 }.map { ":\($0)" }.joined()
    return "\(file)\(place): \(message)"
  }
}
