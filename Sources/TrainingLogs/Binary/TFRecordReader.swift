/// Takes the records of a TFRecord file.
///
/// A record is its length (8 bytes), a check of the length, the data, and a check of the data
/// (tensorflow/core/lib/io/record_writer.h).
struct TFRecordReader: ~Copyable {
  /// Why the records end.
  enum Ending: Sendable {
    /// The file ends behind a record.
    case whole
    /// The file ends inside a record: it is still written, or was cut.
    case insideRecord
    /// A check is wrong, at this byte of the file.
    case damaged(at: Int)
  }

  private var bytes: BlockReader
  private var header: [UInt8] = []
  /// The data of the last record that was taken.
  private(set) var data: [UInt8] = []
  /// Why there is no further record; nil as long as there may be.
  private(set) var ending: Ending?
  /// Records that were passed over because of their size.
  private(set) var oversized = 0

  /// No scalar is written into a record that is larger than this; images and graphs may be.
  private static let largest = 1 << 26
  static let headerSize = 12

  /// Takes from the input's beginning on.
  init(_ stream: consuming ByteStream) {
    bytes = BlockReader(stream)
  }

  /// Takes the next record, which is then in `data`.
  ///
  /// - Returns: whether there was a complete one whose checks hold.
  mutating func next() throws(LogError) -> Bool {
    while ending == nil {
      let start = bytes.position
      header.removeAll(keepingCapacity: true)
      guard try bytes.take(Self.headerSize, into: &header) else {
        ending = header.isEmpty ? .whole : .insideRecord
        return false
      }
      guard let length = Self.length(header), length <= UInt64(Int.max / 2) else {
        ending = .damaged(at: start)
        return false
      }
      if try take(Int(length), from: start) { return true }
    }
    return false
  }

  /// Takes a record's data; nil-like false also for one that is passed over.
  private mutating func take(_ length: Int, from start: Int) throws(LogError) -> Bool {
    data.removeAll(keepingCapacity: length <= 1 << 20)
    guard length <= Self.largest else {
      if try bytes.skip(length + 4) { oversized += 1 } else { ending = .insideRecord }
      return false
    }
    guard try bytes.take(length + 4, into: &data) else {
      ending = .insideRecord
      return false
    }
    let isSound = data.withUnsafeBytes { data in
      let stored = data.loadUnaligned(fromByteOffset: length, as: UInt32.self)
      return CRC32C.masked(UnsafeRawBufferPointer(rebasing: data[..<length]))
        == UInt32(littleEndian: stored)
    }
    guard isSound else {
      ending = .damaged(at: start)
      return false
    }
    data.removeLast(4)
    return true
  }

  /// The length in a header whose check holds.
  static func length(_ header: [UInt8]) -> UInt64? {
    header.withUnsafeBytes { header in
      guard header.count >= headerSize else { return nil }
      let stored = UInt32(littleEndian: header.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
      guard CRC32C.masked(UnsafeRawBufferPointer(rebasing: header[..<8])) == stored else {
        return nil
      }
      return UInt64(littleEndian: header.loadUnaligned(as: UInt64.self))
    }
  }

  /// Reads what is left and says what the whole was.
  consuming func end() throws(LogError) -> LogInput.End { try bytes.end() }
}
