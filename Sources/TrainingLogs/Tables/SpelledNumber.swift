/// Numbers as people and dashboards spell them: with commas between thousands, a suffix for thousands
/// or millions, a unit, or a remark in brackets.
enum SpelledNumber {
  /// A unit has at most so many letters.
  private static let longestUnit = 8

  /// The number in `838,860,800`, `2.62M`, `6.15 BPC`, `413.5ms`, `29.1GiB(92 %)` or
  /// `0.5 (tracked)`; nil for other text.
  ///
  /// The bytes are followed by one that is part of no number.
  static func value(
    of bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, thousands: Bool
  ) -> Double? {
    guard let number = NumberParser.number(in: bytes, from: start, separator: Ascii.dot) else {
      return nil
    }
    var (value, next) = number
    guard next < end else { return nil }
    if thousands, bytes[next] == Ascii.comma {
      guard let grouped = groups(bytes, from: start, first: next, to: end) else { return nil }
      (value, next) = grouped
    }
    if next == end { return value }
    let blank = next
    while next < end, bytes[next] == Ascii.space { next += 1 }
    let unit = next
    while next < end, isUnit(bytes[next]) { next += 1 }
    let length = next - unit
    guard length <= longestUnit else { return nil }
    if length == 1, let factor = factor(bytes[unit]) { value *= factor }
    while next < end, bytes[next] == Ascii.space { next += 1 }
    if next == end { return length > 0 ? value : nil }
    let isRemark = bytes[next] == UInt8(ascii: "(") && bytes[end - 1] == UInt8(ascii: ")")
    return isRemark && (length > 0 || blank < next) ? value : nil
  }

  private static func isUnit(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
      || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "/")
  }

  private static func factor(_ suffix: UInt8) -> Double? {
    switch suffix {
    case UInt8(ascii: "k"), UInt8(ascii: "K"): 1e3
    case UInt8(ascii: "M"): 1e6
    case UInt8(ascii: "B"), UInt8(ascii: "G"): 1e9
    case UInt8(ascii: "T"): 1e12
    default: nil
    }
  }

  /// Digits with commas between groups of three.
  private static func groups(
    _ bytes: UnsafePointer<UInt8>, from start: Int, first: Int, to end: Int
  ) -> (value: Double, end: Int)? {
    var text: [UInt8] = Array(UnsafeBufferPointer(start: bytes + start, count: first - start))
    let digits = text.drop { $0 == Ascii.minus || $0 == Ascii.plus }
    guard digits.count <= 3, digits.first != Ascii.zero, digits.allSatisfy(isDigit) else {
      return nil
    }
    var next = first
    while next + 3 < end, bytes[next] == Ascii.comma {
      let group = UnsafeBufferPointer(start: bytes + next + 1, count: 3)
      guard group.allSatisfy(isDigit) else { return nil }
      text += group
      next += 4
    }
    guard next > first, next == end || !isDigit(bytes[next]) else { return nil }
    if next < end, bytes[next] == Ascii.dot {
      text.append(Ascii.dot)
      next += 1
      while next < end, isDigit(bytes[next]) {
        text.append(bytes[next])
        next += 1
      }
    }
    guard text.count < 400 else { return nil }
    return Double(String(decoding: text, as: UTF8.self)).map { ($0, next) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- Ascii.zero < 10 }
}
