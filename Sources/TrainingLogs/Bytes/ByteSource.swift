/// The bytes of a log as they stand on disk, hashed as they are read where somebody asks for it.
struct ByteSource: ~Copyable {
  private var file: SystemFile?
  private var memory: ArraySlice<UInt8> = []
  private var hash = SHA256()
  /// How many more bytes are read at most.
  private var left = Int.max
  /// Whether the bytes are hashed.
  let hashes: Bool
  /// How many bytes there are; nil where that is not known.
  let length: Int?
  /// Whether this is a file that nobody seems to write any more.
  ///
  /// One of whole pages counts as cut: a program that is killed leaves what its buffer had sent.
  let isFinished: Bool

  /// Whether this is a file, no pipe and no memory.
  var isOfFile: Bool { file != nil && length != nil }

  private static let page = 4096

  /// Reads a file, or its first bytes; `-` is the standard input.
  init(path: String, hashes: Bool = false, limit: Int = .max) throws(LogError) {
    let file = try SystemFile(reading: path)
    let size = file.length
    length = size.map { min($0, limit) }
    isFinished = file.isAtRest && (size ?? 0) % Self.page != 0
    left = limit
    self.file = consume file
    self.hashes = hashes
  }

  /// Reads bytes that are already there.
  init(bytes: [UInt8], hashes: Bool = false) {
    file = nil
    memory = bytes[...]
    length = bytes.count
    isFinished = false
    self.hashes = hashes
  }

  /// Reads what comes next into the buffer.
  ///
  /// - Returns: How many bytes were read, 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(LogError) -> Int {
    let count: Int
    if file != nil {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left))
      count = part.isEmpty ? 0 : try file?.read(into: part) ?? 0
      left -= count
    } else {
      count = min(memory.count, buffer.count)
      buffer.copyBytes(from: memory.prefix(count))
      memory = memory.dropFirst(count)
    }
    if hashes { hash.update(UnsafeRawBufferPointer(rebasing: buffer.prefix(count))) }
    return count
  }

  /// SHA-256 of the bytes read so far, in lower-case hexadecimal; empty when they are not hashed.
  func sha256() -> String { hashes ? hash.hexadecimal() : "" }
}

/// Sizes of buffers for reading.
enum BufferSize {
  private static let fewest = 1 << 12

  /// Room for data of a length, which may grow a little while it is read; `most` where the length is
  /// not known.
  static func fitting(_ length: Int?, most: Int) -> Int {
    guard let length, length < most else { return most }
    return min(most, max(fewest, length + 64))
  }
}
