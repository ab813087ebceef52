/// The inside of JSON strings.
enum JSONText {
  /// The bytes with their escapes resolved; a broken escape gives U+FFFD.
  static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    var next = 0
    while next < raw.count {
      guard raw[next] == UInt8(ascii: "\\") else {
        bytes.append(raw[next])
        next += 1
        continue
      }
      next += 1
      guard next < raw.count else { break }
      if raw[next] == UInt8(ascii: "u") {
        let scalar = self.scalar(raw, at: &next)
        bytes.append(contentsOf: String(Character(scalar)).utf8)
      } else {
        bytes.append(simple(raw[next]))
        next += 1
      }
    }
    return bytes
  }

  /// The bytes of a string or key.
  static func bytes(_ scanner: borrowing JSONScanner) -> [UInt8] {
    scanner.hasEscapes ? unescaped(scanner.rawText) : Array(scanner.rawText)
  }

  /// The text of a string or key.
  static func string(_ scanner: borrowing JSONScanner) -> String {
    string(scanner.rawText, hasEscapes: scanner.hasEscapes)
  }

  /// The text between quotes.
  static func string(_ raw: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) -> String {
    hasEscapes
      ? String(decoding: unescaped(raw), as: UTF8.self) : String(decoding: raw, as: UTF8.self)
  }

  private static func simple(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "n"): Ascii.lineFeed
    case UInt8(ascii: "t"): Ascii.tab
    case UInt8(ascii: "r"): Ascii.carriageReturn
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    default: letter
    }
  }

  /// Takes `u` and four digits, and a second such escape for the other half of a pair.
  private static func scalar(
    _ raw: UnsafeBufferPointer<UInt8>, at next: inout Int
  ) -> Unicode.Scalar {
    next += 1
    guard let high = hexadecimal(raw, at: next) else { return "\u{FFFD}" }
    next += 4
    guard high & 0xFC00 == 0xD800 else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    guard next + 1 < raw.count, raw[next] == UInt8(ascii: "\\"),
      raw[next + 1] == UInt8(ascii: "u"), let low = hexadecimal(raw, at: next + 2),
      low & 0xFC00 == 0xDC00
    else { return "\u{FFFD}" }
    next += 6
    return Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + (low & 0x3FF)) ?? "\u{FFFD}"
  }

  private static func hexadecimal(_ raw: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
    guard start + 4 <= raw.count else { return nil }
    var value: UInt32 = 0
    for byte in raw[start..<start + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
