/// Why a configuration was refused, and where.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of refusal.
  public enum Code: String, Sendable, Hashable {
    /// The text is empty, too large, or not of its syntax.
    case unreadable
    /// No format's settings were recognised.
    case unknownFormat
    /// A setting that the schedule needs is not there.
    case missing
    /// A setting has a value that its place does not allow.
    case invalid
    /// The configuration asks for something that no expression says.
    case notSupported
    /// A format has no settings for the schedule.
    case notExpressible
  }

  /// The kind of refusal.
  public let code: Code
  /// The file's name; nil when the text has none.
  public internal(set) var file: String?
  /// The line, from 1; nil where it is not known.
  public internal(set) var line: Int?
  /// The setting at fault, as the format spells it; nil when it is about the whole text.
  public let key: String?
  /// What is wrong and what to do, in one line.
  public let message: String

  init(_ code: Code, _ message: String, key: String? = nil, line: Int? = nil) {
    self.code = code
    self.key = key
    self.line = line
    // A message is one line, whatever the text that it quotes.
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// `file:line: key: message`, without what is not known.
  public var description: String {
    var place = file ?? ""
    if let line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
    return [place, key ?? "", message].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// The error with the file it is about.
  func located(in file: String?) -> ConfigurationError {
    var copy = self
    copy.file = file
    return copy
  }
}
