/// Hands out the members of an object that stands in a line: JSON or a Python dictionary.
///
/// Only one level is read; what is nested is handed out as a place at which another scanner may start.
/// Keys and texts have either quote. One walk from left to right that never goes back.
struct ObjectScanner {
  /// What a member is.
  enum Value {
    /// A number, also one in quotes (`"9.276"`).
    case number(Double)
    /// A text without its quotes.
    case text(Range<Int>)
    /// An object or an array, with its brackets.
    case nested(Range<Int>)
    /// `true`, `null` and whatever else.
    case other
  }

  private let line: TextLine
  /// Where the scanner stands.
  private(set) var position: Int
  /// Whether the object's closing bracket was met: only then the record is complete.
  private(set) var isComplete = false

  /// Starts behind the opening bracket at a place.
  init(_ line: TextLine, at start: Int) {
    self.line = line
    position = start &+ 1
  }

  /// The next member; nil at the object's end, or where it is no object.
  mutating func next() -> (key: Range<Int>, value: Value)? {
    skipPadding()
    if line[position] == UInt8(ascii: "}") {
      isComplete = true
      position &+= 1
      return nil
    }
    guard let key = text() else { return nil }
    skipBlanks()
    guard line[position] == UInt8(ascii: ":") else { return nil }
    position &+= 1
    skipBlanks()
    guard position < line.count, let value = value() else { return nil }
    return (key, value)
  }

  /// The next element, when the scanner was started on an array.
  mutating func nextElement() -> Value? {
    skipPadding()
    if line[position] == UInt8(ascii: "]") {
      isComplete = true
      position &+= 1
      return nil
    }
    return position < line.count ? value() : nil
  }

  private mutating func value() -> Value? {
    switch line[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("):
      let first = position
      return skipNested() ? .nested(first..<position) : nil
    case Ascii.quote, UInt8(ascii: "'"):
      guard let text = text() else { return nil }
      if let number = line.plainNumber(at: text.lowerBound), number.end == text.upperBound {
        return .number(number.value)
      }
      return .text(text)
    default:
      return bareValue()
    }
  }

  /// A number or a word; `tensor(2.5, device='cuda:0')` is the number in it.
  private mutating func bareValue() -> Value? {
    if let number = line.plainNumber(at: position), endsValue(number.end) {
      position = number.end
      return .number(number.value)
    }
    let first = position
    while position < line.count, !endsValue(position), line[position] != UInt8(ascii: "(") {
      position &+= 1
    }
    if line[position] == UInt8(ascii: "(") {
      let inside = position &+ 1
      guard skipNested() else { return nil }
      return line.plainNumber(at: inside).map { .number($0.value) } ?? .other
    }
    return position > first ? .other : nil
  }

  private func endsValue(_ index: Int) -> Bool {
    switch line[index] {
    case Ascii.comma, UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"), Ascii.space, 0: true
    default: false
    }
  }

  /// A quoted text; the scanner stands behind its quote.
  private mutating func text() -> Range<Int>? {
    let quote = line[position]
    guard quote == Ascii.quote || quote == UInt8(ascii: "'") else { return nil }
    position &+= 1
    let first = position
    while position < line.count, line[position] != quote {
      position &+= line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < line.count else { return nil }
    position &+= 1
    return first..<position &- 1
  }

  /// Goes behind the bracket that closes the one at the place; brackets in texts do not count.
  private mutating func skipNested() -> Bool {
    var depth = 0
    while position < line.count {
      switch line[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("):
        depth &+= 1
        position &+= 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
        depth &-= 1
        position &+= 1
        if depth == 0 { return true }
      case Ascii.quote, UInt8(ascii: "'"):
        guard text() != nil else { return false }
      default: position &+= 1
      }
    }
    return false
  }

  private mutating func skipBlanks() {
    position = line.afterBlanks(position)
  }

  private mutating func skipPadding() {
    skipBlanks()
    while line[position] == Ascii.comma { position = line.afterBlanks(position &+ 1) }
  }
}

extension TextLine {
  /// The number that begins exactly at a place; a comma ends it.
  ///
  /// - Returns: nil when no number begins there; `nan`, `inf` and their like are numbers.
  func plainNumber(at start: Int) -> (value: Double, end: Int)? {
    guard start >= 0, start < count, let base = bytes.baseAddress else { return nil }
    if let number = NumberParser.number(in: base, from: start, separator: Ascii.dot) {
      return number
    }
    switch self[start] | 0x20 {
    case UInt8(ascii: "n"), UInt8(ascii: "i"), Ascii.minus, Ascii.plus | 0x20:
      return number(at: start)
    default: return nil
    }
  }

  /// Whether the bytes of a range are a word.
  @inline(__always)
  func isWord(_ word: StaticString, _ range: Range<Int>) -> Bool {
    range.count == word.utf8CodeUnitCount && has(word, at: range.lowerBound)
  }

  /// Whether the bytes of a range end in a word.
  @inline(__always)
  func hasEnding(_ word: StaticString, _ range: Range<Int>) -> Bool {
    range.count >= word.utf8CodeUnitCount
      && has(word, at: range.upperBound &- word.utf8CodeUnitCount)
  }

  /// Whether a word stands anywhere in the bytes of a range.
  func contains(_ word: StaticString, in range: Range<Int>) -> Bool {
    guard let place = find(word, from: range.lowerBound) else { return false }
    return place &+ word.utf8CodeUnitCount <= range.upperBound
  }
}
