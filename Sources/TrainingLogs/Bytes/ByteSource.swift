/// The bytes of a log as they stand on disk, hashed as they are read.
struct ByteSource: ~Copyable {
  private var file: SystemFile?
  private var memory: ArraySlice<UInt8> = []
  private var hash = SHA256()

  /// Reads a file; `-` is the standard input.
  init(path: String) throws(LogError) {
    file = try SystemFile(reading: path)
  }

  /// Reads bytes that are already there.
  init(bytes: [UInt8]) {
    file = nil
    memory = bytes[...]
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
    hash.update(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
    return count
  }

  /// SHA-256 of the bytes read so far, in lower-case hexadecimal.
  func sha256() -> String { hash.hexadecimal() }
}
