#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Cuts a stream of bytes into lines.
///
/// Lines end with LF, CR LF, CR CR LF or CR: a progress bar writes many records to one line of the
/// terminal. Colours and other ANSI sequences are taken out. Empty lines are handed out, too. Lines are
/// counted by LF.
struct LineReader: ~Copyable {
  private var stream: ByteStream
  private let file: String
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Where the next line begins.
  private var start = 0
  /// Where the bytes in the buffer end; one NUL byte follows.
  private var limit = 0
  /// Where the physical line ends that is being handed out piece by piece.
  private var lineFeed: Int?
  private var ended = false
  private var number = 1

  /// The longest line, in bytes.
  private static let longestLine = 1 << 26

  /// Reads from a stream.
  init(_ stream: consuming ByteStream, file: String) {
    capacity = BufferSize.fitting(stream.length, most: 1 << 18)
    self.stream = stream
    self.file = file
    buffer = .allocate(capacity: capacity + 1)
    buffer[0] = 0
  }

  deinit { buffer.deallocate() }

  /// What the whole was; reads what is left.
  mutating func end() throws(LogError) -> LogInput.End {
    LogInput.End(
      sha256: try stream.sha256(), isCompressed: stream.isCompressed,
      isTruncated: stream.isTruncated)
  }

  /// The next line; nil at the end.
  ///
  /// It is valid until the next call.
  mutating func next() throws(LogError) -> TextLine? {
    while true {
      if let feed = lineFeed { return piece(before: feed, hasEnd: true) }
      if let found = find(Ascii.lineFeed, from: start, to: limit) {
        lineFeed = found
      } else if ended {
        guard start < limit else { return nil }
        return piece(before: limit, hasEnd: false)
      } else {
        try refill()
      }
    }
  }

  /// The piece of a physical line up to its next CR, or all of it.
  private mutating func piece(before feed: Int, hasEnd: Bool) -> TextLine {
    let first = start
    let line = number
    if let cut = find(Ascii.carriageReturn, from: start, to: feed) {
      var next = cut + 1
      while next < feed, buffer[next] == Ascii.carriageReturn { next += 1 }
      start = next
      if next == feed, hasEnd { finishLine(feed) }
      return self.line(from: first, to: cut, number: line, hasEnd: true)
    }
    if hasEnd { finishLine(feed) } else { start = feed }
    return self.line(from: first, to: feed, number: line, hasEnd: hasEnd)
  }

  private mutating func finishLine(_ feed: Int) {
    start = feed + 1
    lineFeed = nil
    number += 1
  }

  private func line(from first: Int, to last: Int, number: Int, hasEnd: Bool) -> TextLine {
    var stop = last
    if find(27, from: first, to: last) != nil {
      stop = AnsiText.strip(buffer, from: first, to: last)
      if stop < last { buffer[stop] = Ascii.lineFeed }
    }
    return TextLine(
      bytes: UnsafeBufferPointer(start: buffer + first, count: stop - first), number: number,
      hasEnd: hasEnd)
  }

  @inline(__always)
  private func find(_ byte: UInt8, from first: Int, to last: Int) -> Int? {
    guard first < last, let hit = memchr(buffer + first, Int32(byte), last - first) else {
      return nil
    }
    return UnsafePointer(buffer).distance(to: hit.assumingMemoryBound(to: UInt8.self))
  }

  /// Moves the unfinished line to the buffer's start and reads on.
  private mutating func refill() throws(LogError) {
    if start > 0 {
      buffer.update(from: buffer + start, count: limit - start)
      limit -= start
      start = 0
    }
    if limit >= Self.longestLine {
      throw LogError(
        code: .notALog, file: file, line: number,
        message: "a line of more than \(Self.longestLine >> 20) MiB; this is no log of lines")
    }
    if limit == capacity { grow() }
    let free = UnsafeMutableRawBufferPointer(start: buffer + limit, count: capacity - limit)
    let count = try stream.read(into: free)
    ended = count == 0
    limit += count
    buffer[limit] = 0
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 1)
    larger.update(from: buffer, count: limit)
    buffer.deallocate()
    buffer = larger
    capacity *= 2
  }
}

/// Sequences that steer a terminal: `ESC [ parameters letter`.
enum AnsiText {
  /// Moves the text between the sequences together.
  ///
  /// - Returns: where it ends now.
  static func strip(_ bytes: UnsafeMutablePointer<UInt8>, from first: Int, to last: Int) -> Int {
    var (read, write) = (first, first)
    while read < last {
      guard bytes[read] == 27 else {
        bytes[write] = bytes[read]
        (read, write) = (read + 1, write + 1)
        continue
      }
      read += 1
      guard read < last, bytes[read] == UInt8(ascii: "[") else { continue }
      read += 1
      while read < last, bytes[read] < 0x40 { read += 1 }
      read += 1
    }
    return write
  }
}
