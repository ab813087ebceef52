/// Takes blocks of known length from a log's bytes.
struct BlockReader: ~Copyable {
  private var stream: ByteStream
  /// How many bytes were taken.
  private(set) var position = 0

  private static let portion = 1 << 16

  /// Takes from the stream's place on.
  init(_ stream: consuming ByteStream) {
    self.stream = stream
  }

  /// Adds the next bytes to the block.
  ///
  /// Memory grows with the bytes that are there, whatever length is asked for.
  ///
  /// - Returns: whether all were there; else the block has what was left.
  mutating func take(_ count: Int, into block: inout [UInt8]) throws(LogError) -> Bool {
    var missing = count
    while missing > 0 {
      let start = block.count
      let wanted = min(missing, Self.portion)
      block.append(contentsOf: repeatElement(0, count: wanted))
      let taken = try read(&block, from: start, to: start + wanted)
      block.removeLast(wanted - taken)
      if taken == 0 { return false }
      missing -= taken
    }
    return true
  }

  /// Passes over bytes.
  ///
  /// - Returns: whether all were there.
  mutating func skip(_ count: Int) throws(LogError) -> Bool {
    var scratch = Array<UInt8>(repeating: 0, count: min(count, Self.portion))
    var missing = count
    while missing > 0 {
      let taken = try read(&scratch, from: 0, to: min(missing, scratch.count))
      if taken == 0 { return false }
      missing -= taken
    }
    return true
  }

  private mutating func read(
    _ bytes: inout [UInt8], from start: Int, to end: Int
  ) throws(LogError) -> Int {
    var failure: LogError?
    let taken = bytes.withUnsafeMutableBytes { buffer in
      do throws(LogError) {
        return try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end]))
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    position += taken
    return taken
  }

  /// Reads what is left and says what the whole was.
  consuming func end() throws(LogError) -> LogInput.End {
    let sha256 = try stream.sha256()
    return LogInput.End(
      sha256: sha256, isCompressed: stream.isCompressed, isTruncated: stream.isTruncated)
  }
}
