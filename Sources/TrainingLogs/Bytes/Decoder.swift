/// Decompresses a stream of bytes.
enum Decoder: ~Copyable {
  case gzip(Inflater)
  case zstd(ZstdDecoder)

  /// A decoder for data that begins like this; nil for plain data.
  static func forData(
    beginning bytes: UnsafeRawBufferPointer, file: String
  ) throws(LogError) -> Decoder? {
    if bytes.starts(with: [0x1F, 0x8B]) { return .gzip(try Inflater(file: file)) }
    if ZstdDecoder.isFrame(bytes) { return .zstd(try ZstdDecoder(file: file)) }
    return nil
  }

  /// Whether the data may not end here.
  var isInside: Bool {
    switch self {
    case .gzip(let inflater): inflater.state == .inside
    case .zstd(let decoder): decoder.isInside
    }
  }

  /// Whether bytes may be written although there is nothing more to take.
  var mayHoldBack: Bool {
    switch self {
    case .gzip: false
    case .zstd(let decoder): decoder.isInside
    }
  }

  /// Decompresses from `input` to `output`.
  ///
  /// - Returns: How many bytes were taken and how many were written.
  /// - Throws: `damagedCompression`.
  mutating func decode(
    _ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(LogError) -> (taken: Int, written: Int) {
    switch consume self {
    case .gzip(var inflater):
      do throws(LogError) {
        let step = try inflater.inflate(input, into: output)
        self = .gzip(inflater)
        return step
      } catch {
        self = .gzip(inflater)
        throw error
      }
    case .zstd(var decoder):
      do throws(LogError) {
        let step = try decoder.decode(input, into: output)
        self = .zstd(decoder)
        return step
      } catch {
        self = .zstd(decoder)
        throw error
      }
    }
  }
}
