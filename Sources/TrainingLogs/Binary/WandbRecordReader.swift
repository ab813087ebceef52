import CZlib

/// Takes the records of a wandb run file.
///
/// Behind seven bytes of signature and version stand blocks of 32 KiB as in LevelDB's log format: a
/// piece is a check (CRC-32 of its kind and data), a length, a kind and the data; a record is one
/// full piece, or a first, middle ones and a last. Pieces never cross blocks.
///
/// Source: wandb/sdk/internal/datastore.py, and LevelDB's `doc/log_format.md`.
struct WandbRecordReader: ~Copyable {
  /// Why the records end.
  enum Ending: Sendable {
    case whole
    /// The file ends inside a record.
    case insideRecord
    /// A check or a length is wrong, at this byte of the file.
    case damaged(at: Int)
  }

  private enum Kind: UInt8 {
    case full = 1
    case first, middle, last
  }

  private var bytes: BlockReader
  private var piece: [UInt8] = []
  /// The data of the last record that was taken.
  private(set) var data: [UInt8] = []
  /// Why there is no further record; nil as long as there may be.
  private(set) var ending: Ending?

  static let signature: [UInt8] = Array(":W&B".utf8) + [0xE1, 0xBE]
  private static let fileHeaderSize = 7
  private static let headerSize = 7
  private static let blockSize = 1 << 15

  /// Takes from the input's beginning on, whose signature was seen.
  init(_ stream: consuming ByteStream) throws(LogError) {
    bytes = BlockReader(stream)
    if try !bytes.skip(Self.fileHeaderSize) { ending = .insideRecord }
  }

  /// Takes the next record, which is then in `data`.
  ///
  /// - Returns: whether there was a complete one whose checks hold.
  mutating func next() throws(LogError) -> Bool {
    data.removeAll(keepingCapacity: data.capacity <= 1 << 20)
    var isInside = false
    while ending == nil {
      let start = bytes.position
      guard let kind = try nextPiece(isInside: isInside) else { return false }
      switch (kind, isInside) {
      case (.full, false), (.first, false), (.middle, true), (.last, true):
        data += piece[Self.headerSize...]
      default:
        ending = .damaged(at: start)
        return false
      }
      if kind == .full || kind == .last { return true }
      isInside = true
    }
    return false
  }

  /// Takes a piece: its header and its data.
  private mutating func nextPiece(isInside: Bool) throws(LogError) -> Kind? {
    var left = Self.blockSize - bytes.position % Self.blockSize
    if left < Self.headerSize {
      guard try bytes.skip(left) else { return end(isInside ? .insideRecord : .whole) }
      left = Self.blockSize
    }
    let start = bytes.position
    piece.removeAll(keepingCapacity: true)
    guard try bytes.take(Self.headerSize, into: &piece) else {
      return end(piece.isEmpty && !isInside ? .whole : .insideRecord)
    }
    let check = piece.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) }
    let length = Int(piece[4]) | Int(piece[5]) << 8
    // Space that was set aside and not written yet is zero.
    if piece.allSatisfy({ $0 == 0 }) { return end(.insideRecord) }
    guard let kind = Kind(rawValue: piece[6]), length <= left - Self.headerSize else {
      return end(.damaged(at: start))
    }
    guard try bytes.take(length, into: &piece) else { return end(.insideRecord) }
    let actual = piece.withUnsafeBufferPointer { piece in
      crc32(0, piece.baseAddress.map { $0 + 6 }, UInt32(length + 1))
    }
    return UInt32(truncatingIfNeeded: actual) == check ? kind : end(.damaged(at: start))
  }

  private mutating func end(_ ending: Ending) -> Kind? {
    self.ending = ending
    return nil
  }

  /// Reads what is left and says what the whole was.
  consuming func end() throws(LogError) -> LogInput.End { try bytes.end() }
}
