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
      let reading = try LogReader.read(path, columns: columns)
      let isBinary = FormatRegistry.binary.contains { $0.name == reading.format }
      guard !isBinary, let end = try LineEnds.last(in: path) else { return reading }
      // A last line without its end may be half a number.
      return try LogReader.read(path, columns: columns, limit: end)
    } catch  where error.code == .empty || error.code == .notFound {
      return nil
    }
  }
}

/// Where the lines of a file end.
enum LineEnds {
  /// The place behind the last line feed of a plain file that does not end with one.
  ///
  /// - Returns: nil for a file that ends with one, has none, or is compressed.
  static func last(in path: String) throws(LogError) -> Int? {
    let file = try SystemFile(reading: path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var (position, end) = (0, 0)
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { break }
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if position == 0, try Decoder.forData(beginning: bytes, file: path) != nil { return nil }
      if let place = bytes.lastIndex(of: Ascii.lineFeed) { end = position + place + 1 }
      position += count
    }
    return end > 0 && end < position ? end : nil
  }
}
