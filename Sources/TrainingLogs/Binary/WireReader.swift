/// Takes the fields of a protocol-buffer message one after the other.
///
/// Only the wire format is known: variable-length integers, 4 and 8 fixed bytes, and pieces with a
/// length. Groups, which nothing here uses, end the reading. A message that is damaged ends early
/// and says so; nothing is read beyond its bytes.
///
/// Source: protobuf.dev, "Encoding".
struct WireReader {
  /// What a field holds.
  enum Value {
    case integer(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(UnsafeRawBufferPointer)
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  /// Whether the bytes are no message.
  private(set) var isDamaged = false

  /// Reads a message; the bytes must outlive the reader.
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The next field; nil at the end and where the message is damaged.
  mutating func next() -> (number: Int, value: Value)? {
    guard position < bytes.count, !isDamaged else { return nil }
    guard let key = varint(), key >> 3 > 0, key >> 3 < 1 << 29, let value = value(key & 7) else {
      isDamaged = true
      return nil
    }
    return (Int(key >> 3), value)
  }

  private mutating func value(_ type: UInt64) -> Value? {
    switch type {
    case 0: return varint().map { .integer($0) }
    case 1: return fixed(UInt64.self).map { .fixed64($0) }
    case 2:
      guard let length = varint(), length <= UInt64(bytes.count &- position) else { return nil }
      let start = position
      position &+= Int(length)
      return .bytes(UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
    case 5: return fixed(UInt32.self).map { .fixed32($0) }
    default: return nil
    }
  }

  /// An integer of at most ten bytes, seven bits each, the lowest first.
  mutating func varint() -> UInt64? {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 70 {
      let byte = bytes[position]
      position &+= 1
      result |= shift < 64 ? UInt64(byte & 0x7F) &<< shift : 0
      if byte & 0x80 == 0 { return result }
      shift &+= 7
    }
    return nil
  }

  private mutating func fixed<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) -> T? {
    let size = MemoryLayout<T>.size
    guard bytes.count &- position >= size else { return nil }
    let value = T(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: T.self))
    position &+= size
    return value
  }
}

extension WireReader.Value {
  /// The bytes of a message, a text or a packed list.
  var message: UnsafeRawBufferPointer? {
    if case .bytes(let bytes) = self { bytes } else { nil }
  }

  /// The text.
  var text: String? {
    message.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The integer.
  var number: UInt64? {
    if case .integer(let number) = self { number } else { nil }
  }
}
