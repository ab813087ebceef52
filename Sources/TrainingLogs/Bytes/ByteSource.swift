/// The bytes of a log as they stand on disk, hashed as they are read unless nobody asks for it.
struct ByteSource: ~Copyable {
  private var file: SystemFile?
  private var memory: ArraySlice<UInt8> = []
  private var hash = SHA256()
  /// Whether the bytes are hashed.
  let hashes: Bool
  /// How many bytes there are; nil where that is not known.
  let length: Int?

  /// Reads a file; `-` is the standard input.
  init(path: String, hashes: Bool = true) throws(LogError) {
    let file = try SystemFile(reading: path)
    length = file.length
    self.file = consume file
    self.hashes = hashes
  }

  /// Reads bytes that are already there.
  init(bytes: [UInt8], hashes: Bool = true) {
    file = nil
    memory = bytes[...]
    length = bytes.count
    self.hashes = hashes
  }

  /// Reads what comes next into the buffer.
  ///
  /// - Returns: How many bytes were read, 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(LogError) -> Int {
    let count: Int
    if file != nil {
      count = try file?.read(into: buffer) ?? 0
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
