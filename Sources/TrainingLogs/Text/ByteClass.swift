/// What a byte can be in a line of pairs.
enum ByteClass: UInt8, Comparable {
  /// Letters and whatever has no other meaning, also bytes beyond ASCII.
  case word
  /// What a number begins with.
  case number
  case blank
  case quote
  case assignment
  case opening
  case separator

  static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

  /// The class of a byte.
  @inline(__always)
  static func of(_ byte: UInt8) -> ByteClass {
    guard byte < 128 else { return .word }
    return ByteClass(rawValue: table.utf8Start[Int(byte)] &- Ascii.zero) ?? .word
  }

  /// The raw value of each byte's class as a digit, 32 bytes a line.
  private static let table: StaticString = """
    00000000060000000000000000000000\
    20300003560161101111111111460400\
    00000000000000000000000000050600\
    00000000000000000000000000056600
    """

  /// What a suffix multiplies by; B stands for 10⁹, as in billions of tokens.
  static func factor(_ suffix: UInt8) -> Double? {
    switch suffix {
    case UInt8(ascii: "K"): 1e3
    case UInt8(ascii: "M"): 1e6
    case UInt8(ascii: "B"), UInt8(ascii: "G"): 1e9
    case UInt8(ascii: "T"): 1e12
    case UInt8(ascii: "P"): 1e15
    case UInt8(ascii: "E"): 1e18
    default: nil
    }
  }
}
