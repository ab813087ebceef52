/// Reads a log again and again while it is being written.
///
/// Only complete records are given. The file is read anew when its size, its time of change or the file
/// itself is another; a log that was cut or replaced is told by ``replacements``.
public struct LogFollower: Sendable {
  /// The file.
  public let path: String
  /// Which columns the user asked for.
  public let columns: ColumnChoice
  /// How often the file was cut short or replaced by another since the first poll.
  public private(set) var replacements = 0
  private var seen: FileState?

  /// Starts before the first look at a file, which need not be there yet.
  public init(_ path: String, columns: ColumnChoice = ColumnChoice()) {
    self.path = path
    self.columns = columns
  }

  /// All complete records so far; nil when the file is not there, is empty or has not changed.
  ///
  /// - Throws: what ``LogReader`` throws of the file as it is; a later poll may succeed.
  public mutating func poll() throws(LogError) -> LogReading? {
    guard let state = FileState(of: path), state != seen else { return nil }
    if let seen, seen.isReplaced(by: state) { replacements += 1 }
    seen = state
    do throws(LogError) {
      return try LogReader.read(path, columns: columns)
    } catch  where error.code == .empty || error.code == .notFound {
      return nil
    }
  }
}
