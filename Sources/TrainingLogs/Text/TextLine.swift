#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// One line of a text log: bytes that can be looked at anywhere without a trap.
///
/// A look beyond the ends gives 0, so that a grammar needs no bounds of its own. A line is valid only
/// as long as the reader that handed it out does not go on.
struct TextLine {
  /// The bytes, without the line's end.
  ///
  /// In memory a byte that is part of no number follows.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The line's number in the file, counted from 1.
  let number: Int
  /// Whether the line has an end; the last line of a file that is still written may have none.
  let hasEnd: Bool

  /// How many bytes there are.
  var count: Int { bytes.count }

  /// A byte; 0 beyond the ends.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  /// The text of a range, which is cut to the line.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// Whether the bytes of a word stand at a place.
  @inline(__always)
  func has(_ word: StaticString, at index: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index >= 0, length <= bytes.count - index else { return false }
    for offset in 0..<length where bytes[index + offset] != word.utf8Start[offset] { return false }
    return true
  }

  /// Where a word stands at or after a place.
  func find(_ word: StaticString, from start: Int = 0) -> Int? {
    let length = word.utf8CodeUnitCount
    guard length > 0, start >= 0, let base = bytes.baseAddress else { return nil }
    var next = start
    while bytes.count - next >= length {
      guard let hit = memchr(base + next, Int32(word.utf8Start[0]), bytes.count - next - length + 1)
      else { return nil }
      next = base.distance(to: hit.assumingMemoryBound(to: UInt8.self))
      if has(word, at: next) { return next }
      next += 1
    }
    return nil
  }

  /// The first place at or after `start` that is not blank.
  @inline(__always)
  func afterBlanks(_ start: Int) -> Int {
    var next = start
    while self[next] == Ascii.space || self[next] == Ascii.tab { next += 1 }
    return next
  }

  /// The number that begins at a place, and where it ends.
  ///
  /// Blanks and a quote before it are passed over. `nan`, `inf` and their like are numbers, as are
  /// digits with commas between thousands (`838,860,800`).
  ///
  /// - Returns: nil when no number begins there.
  func number(at start: Int) -> (value: Double, end: Int)? {
    var first = afterBlanks(start)
    if self[first] == Ascii.quote || self[first] == UInt8(ascii: "'") { first += 1 }
    guard first < count, let base = bytes.baseAddress else { return nil }
    guard let number = NumberParser.number(in: base, from: first, separator: Ascii.dot) else {
      return word(at: first)
    }
    return self[number.end] == Ascii.comma
      ? thousands(from: first, after: number) : (number.value, number.end)
  }

  /// A number spelt as a word.
  private func word(at start: Int) -> (value: Double, end: Int)? {
    var first = start
    let isNegative = self[first] == Ascii.minus
    if isNegative || self[first] == Ascii.plus { first += 1 }
    var end = first
    while self[end] | 0x20 >= UInt8(ascii: "a"), self[end] | 0x20 <= UInt8(ascii: "z") { end += 1 }
    guard end > first, end - first <= 8 else { return nil }
    switch text(first..<end).lowercased() {
    case "nan": return (.nan, end)
    case "inf", "infinity": return (isNegative ? -.infinity : .infinity, end)
    default: return nil
    }
  }

  /// A number with commas between groups of three digits; just its first group where it has none.
  private func thousands(
    from first: Int, after start: (value: Double, end: Int)
  ) -> (value: Double, end: Int) {
    let isNegative = self[first] == Ascii.minus
    let digits = start.end - first - (isNegative ? 1 : 0)
    guard digits <= 3 else { return start }
    var (value, end) = (abs(start.value), start.end)
    while self[end] == Ascii.comma, isDigit(end + 1), isDigit(end + 2), isDigit(end + 3),
      !isDigit(end + 4)
    {
      let group = (1...3).reduce(0) { $0 * 10 + Double(self[end + $1] - Ascii.zero) }
      value = value * 1000 + group
      end += 4
    }
    // `1,234.5`
    if end > start.end, self[end] == Ascii.dot, isDigit(end + 1), let base = bytes.baseAddress,
      let fraction = NumberParser.number(in: base, from: end - 1, separator: Ascii.dot)
    {
      value += fraction.value - Double(self[end - 1] - Ascii.zero)
      end = fraction.end
    }
    return (isNegative ? -value : value, end)
  }

  /// Whether a digit stands at a place.
  @inline(__always)
  func isDigit(_ index: Int) -> Bool { self[index] &- Ascii.zero < 10 }
}
