import CZlib

/// Decompresses gzip data (RFC 1952), of one member or several.
struct Inflater: ~Copyable {
  /// Where the decompression stands.
  enum State {
    /// Inside a member.
    case inside
    /// Between members: what was read so far is complete.
    case betweenMembers
    /// After the last member; what follows is not gzip and is ignored.
    case finished
  }

  // The library keeps a pointer to the structure it was set up with, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private(set) var state = State.inside
  private let file: String

  private static let gzipWindowBits = MAX_WBITS + 16

  /// Prepares to decompress.
  init(file: String) throws(LogError) {
    self.file = file
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(
      stream, Self.gzipWindowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw Self.failure(file, "zlib cannot start (\(status))") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Decompresses from `input` to `output`.
  ///
  /// - Returns: How many bytes were taken and how many were written.
  /// - Throws: `damagedCompression`.
  mutating func inflate(
    _ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(LogError) -> (taken: Int, written: Int) {
    if state == .betweenMembers, let first = input.first {
      // A member begins with 1F 8B; padding or other bytes end the data, as gzip itself does.
      guard first == 0x1F else {
        state = .finished
        return (input.count, 0)
      }
      inflateReset(stream)
      state = .inside
    }
    guard state == .inside else { return (input.count, 0) }
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let status = CZlib.inflate(stream, Z_NO_FLUSH)
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: state = .betweenMembers
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
      throw Self.failure(file, reason)
    }
    return (
      input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out)
    )
  }

  private static func failure(_ file: String, _ reason: String) -> LogError {
    LogError(
      code: .damagedCompression, file: file,
      message: "the gzip data is damaged (\(reason)); copy or compress the file anew")
  }
}
