import CZstd

/// Decompresses Zstandard data (RFC 8878), of one frame or several.
struct ZstdDecoder: ~Copyable {
  private let stream: OpaquePointer
  private let file: String
  /// Whether the data may not end here.
  private(set) var isInside = true
  /// Whether what follows is no further frame and is ignored.
  private var isFinished = false

  /// Frames that need a larger window are refused: 128 MiB, what the tool `zstd` takes without asking.
  private static let largestWindowLog: Int32 = 27

  /// Prepares to decompress.
  init(file: String) throws(LogError) {
    self.file = file
    guard let stream = ZSTD_createDStream() else {
      throw Self.failure(file, "zstd cannot start")
    }
    self.stream = stream
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.largestWindowLog)
  }

  deinit { ZSTD_freeDStream(stream) }

  /// Whether data begins with a frame, or one that is to be skipped.
  static func isFrame(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 4 else { return false }
    let magic = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
    return magic == 0xFD2F_B528 || magic & 0xFFFF_FFF0 == 0x184D_2A50
  }

  /// Decompresses from `input` to `output`.
  ///
  /// - Returns: How many bytes were taken and how many were written.
  /// - Throws: `damagedCompression`.
  mutating func decode(
    _ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(LogError) -> (taken: Int, written: Int) {
    if !isInside, input.isEmpty { return (0, 0) }
    if !isInside, !isFinished, !Self.mayBeginFrame(UnsafeRawBufferPointer(input)) {
      isFinished = true
    }
    guard !isFinished else { return (input.count, 0) }
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let hint = ZSTD_decompressStream(stream, &target, &source)
    guard ZSTD_isError(hint) == 0 else {
      throw Self.failure(file, String(cString: ZSTD_getErrorName(hint)))
    }
    // 0 stands behind a frame that is decoded and written completely.
    isInside = hint != 0
    return (source.pos, target.pos)
  }

  /// Whether bytes, perhaps fewer than four, can be the beginning of a frame.
  private static func mayBeginFrame(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count < 4 else { return isFrame(bytes) }
    return bytes.first == 0x28 || bytes.first.map { $0 & 0xF0 == 0x50 } ?? false
  }

  private static func failure(_ file: String, _ reason: String) -> LogError {
    LogError(
      code: .damagedCompression, file: file,
      message: "the zstd data is damaged or needs too large a window (\(reason)); copy or compress "
        + "the file anew")
  }
}
