/// The text bytes of a log: decompressed, without leading NUL bytes and byte-order mark.
struct ByteStream: ~Copyable {
  private var source: ByteSource
  private let file: String
  private var decoder: Decoder?
  /// Compressed bytes that were read and not taken yet.
  private var input: UnsafeMutableRawBufferPointer
  private var inputStart = 0
  private var inputEnd = 0
  private var sourceEnded = false
  private var atStart = true
  /// Text that was looked at and not taken yet.
  private var peeked: [UInt8] = []
  private var peekedStart = 0

  /// Whether the data is compressed.
  private(set) var isCompressed: Bool
  /// Whether the compressed data ended before its end mark.
  private(set) var isTruncated = false

  /// How many bytes of text there are; nil where that is not known.
  var length: Int? { isCompressed ? nil : source.length }

  /// Whether the text that was read to its end is most likely the whole of what was to be written.
  var isFinished: Bool { isCompressed ? !isTruncated : source.isFinished }

  /// Whether the bytes are those of a file, not of a pipe or of memory.
  var isOfFile: Bool { source.isOfFile }

  /// The size of the file, compressed or not; nil where that is not known.
  var sizeOnDisk: Int? { source.length }

  private static let inputSize = 1 << 18

  /// Looks at the first bytes to see whether they are compressed.
  ///
  /// - Throws: `empty` when there are no bytes; what reading them throws.
  init(_ source: consuming ByteSource, file: String) throws(LogError) {
    let size = BufferSize.fitting(source.length, most: Self.inputSize)
    self.source = source
    self.file = file
    input = .allocate(byteCount: size, alignment: 16)
    isCompressed = false
    decoder = nil
    try fill(atLeast: 4)
    if inputEnd == 0 {
      throw LogError(
        code: .empty, file: file,
        message: "the file is empty; has the run written its log yet?")
    }
    decoder = try Decoder.forData(
      beginning: UnsafeRawBufferPointer(rebasing: input[..<inputEnd]), file: file)
    isCompressed = decoder != nil
  }

  deinit { input.deallocate() }

  /// SHA-256 of all bytes on disk, for which what was not needed is read to the end; empty when
  /// the source does not hash.
  mutating func sha256() throws(LogError) -> String {
    while source.hashes, !sourceEnded {
      inputEnd = 0
      inputStart = 0
      try fill(atLeast: 1)
    }
    return source.sha256()
  }

  /// The next bytes, as many as wanted or all that are left; takes nothing.
  mutating func peek(_ wanted: Int) throws(LogError) -> [UInt8] {
    let rest = Array(peeked[peekedStart...])
    guard rest.count < wanted else { return Array(rest.prefix(wanted)) }
    peeked = []
    peekedStart = 0
    var bytes = rest
    let chunk = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(wanted, BufferSize.fitting(length, most: 1 << 16)), alignment: 16)
    defer { chunk.deallocate() }
    while bytes.count < wanted {
      let free = min(chunk.count, wanted - bytes.count)
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: chunk[..<free]))
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    peeked = bytes
    return bytes
  }

  /// Reads what comes next into the buffer.
  ///
  /// - Returns: How many bytes were read, 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(LogError) -> Int {
    if peekedStart < peeked.count {
      let count = min(peeked.count - peekedStart, buffer.count)
      buffer.copyBytes(from: peeked[peekedStart..<peekedStart + count])
      peekedStart += count
      if peekedStart == peeked.count { (peeked, peekedStart) = ([], 0) }
      return count
    }
    var count = try next(into: buffer)
    while atStart, count > 0 {
      count = try strippedStart(buffer, count)
      if count == 0 { count = try next(into: buffer) }
    }
    return count
  }

  /// Removes leading NUL bytes (a log truncated under its writer) and a UTF-8 byte-order mark.
  private mutating func strippedStart(
    _ buffer: UnsafeMutableRawBufferPointer, _ filled: Int
  ) throws(LogError) -> Int {
    var count = filled
    var skipped = buffer.prefix(count).prefix { $0 == 0 }.count
    guard skipped < count else { return 0 }
    while count - skipped < 3 {
      let more = try next(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      if more == 0 { break }
      count += more
    }
    atStart = false
    if buffer[skipped..<count].starts(with: [0xEF, 0xBB, 0xBF]) { skipped += 3 }
    let rest = count - skipped
    if skipped > 0, let base = buffer.baseAddress {
      base.copyMemory(from: base + skipped, byteCount: rest)
    }
    return rest
  }

  private mutating func next(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(LogError) -> Int {
    guard !buffer.isEmpty else { return 0 }
    if decoder != nil { return try decoded(into: buffer) }
    guard inputStart < inputEnd else { return try source.read(into: buffer) }
    let count = min(inputEnd - inputStart, buffer.count)
    buffer.copyMemory(
      from: UnsafeRawBufferPointer(rebasing: input[inputStart..<inputStart + count]))
    inputStart += count
    return count
  }

  private mutating func decoded(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(LogError) -> Int {
    while true {
      if inputStart == inputEnd, !sourceEnded {
        inputStart = 0
        inputEnd = 0
        try fill(atLeast: 1)
      }
      guard inputStart < inputEnd || decoder?.mayHoldBack == true else {
        isTruncated = decoder?.isInside ?? false
        return 0
      }
      let available = UnsafeMutableRawBufferPointer(rebasing: input[inputStart..<inputEnd])
      let step = try decoder?.decode(available, into: buffer) ?? (taken: 0, written: 0)
      inputStart += step.taken
      if step.written > 0 { return step.written }
      if inputStart == inputEnd, sourceEnded {
        isTruncated = decoder?.isInside ?? false
        return 0
      }
    }
  }

  /// Reads into the input buffer until it has so many bytes or the source ends.
  private mutating func fill(atLeast wanted: Int) throws(LogError) {
    while inputEnd < wanted, !sourceEnded {
      let free = UnsafeMutableRawBufferPointer(rebasing: input[inputEnd...])
      let count = try source.read(into: free)
      inputEnd += count
      sourceEnded = count == 0
    }
  }
}
