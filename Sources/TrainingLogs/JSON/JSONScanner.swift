/// A pull tokenizer of JSON text (RFC 8259) in memory.
///
/// It builds no tree and calls nothing recursively. Beyond the standard it takes what loggers write:
/// `NaN`, `Infinity`, `-Infinity`, numbers such as `.5` and `+1`, control characters in strings, bytes
/// that are no UTF-8, and several values one after the other.
struct JSONScanner {
  /// What comes next.
  enum Token: UInt8, Sendable {
    case beginObject, endObject, beginArray, endArray
    /// The name of a member; its colon is taken, too.
    case key
    case string, number, null
    /// `true` or `false`.
    case boolean
    /// There is nothing more.
    case end
    /// The text is no JSON from here on; ``JSONScanner/failure`` says why.
    case failure
  }

  /// Why the text is no JSON.
  struct Failure: Sendable, Hashable {
    /// Where, as an offset from the beginning.
    var offset: Int
    /// What was expected.
    var message: String
    /// Whether the text just ends too early.
    var isAtEnd: Bool
  }

  private enum Expectation: UInt8 {
    case value, firstKey, key, firstElement, separator
  }

  /// More containers than this inside each other are an error.
  static let mostDepth = 512

  private let base: UnsafePointer<UInt8>
  private let limit: Int
  /// Where the next token begins, or blanks before it.
  private(set) var offset: Int
  private var expectation = Expectation.value
  /// Whether each open container is an object.
  private var isObject: [Bool] = []
  private var inObject = false
  /// How many containers are open.
  private(set) var depth = 0
  /// The last number.
  private(set) var number = 0.0
  /// Where the last string's or key's text stands, without its quotes.
  private(set) var text = 0..<0
  /// Whether the last string or key has escapes.
  private(set) var hasEscapes = false
  private(set) var failure: Failure?

  /// Scans bytes behind which there is one that is part of no number.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    base = bytes.baseAddress ?? ("" as StaticString).utf8Start
    limit = bytes.count
    offset = 0
  }

  /// The bytes of the last string or key as they stand, escapes and all.
  @inline(__always)
  var rawText: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + text.lowerBound, count: text.count)
  }

  /// The next token.
  @inline(__always)
  mutating func next() -> Token {
    skipBlanks()
    guard offset < limit else { return atEnd() }
    var byte = base[offset]
    if expectation == .separator {
      if byte == Ascii.comma, depth > 0 {
        offset &+= 1
        skipBlanks()
        guard offset < limit else { return fail("a value", atEnd: true) }
        byte = base[offset]
        expectation = inObject ? .key : .value
      } else if depth > 0 {
        return close(byte)
      } else {
        expectation = .value
      }
    }
    switch expectation {
    case .value: return value(byte)
    case .firstElement:
      return byte == UInt8(ascii: "]") ? close(byte) : value(byte)
    case .firstKey where byte == UInt8(ascii: "}"): return close(byte)
    default: return key(byte)
    }
  }

  /// Passes over the rest of the container that is open, its end too.
  ///
  /// - Returns: false on a failure.
  mutating func skipContainer() -> Bool {
    let outer = depth - 1
    while depth > outer {
      let token = next()
      if token == .failure || token == .end { return false }
    }
    return true
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while offset < limit, base[offset] <= Ascii.space, base[offset] != 0 { offset &+= 1 }
  }

  @inline(__always)
  private mutating func value(_ byte: UInt8) -> Token {
    expectation = .separator
    switch byte {
    case Ascii.quote: return takeText() ? .string : .failure
    case UInt8(ascii: "{"): return open(object: true)
    case UInt8(ascii: "["): return open(object: false)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), Ascii.minus, Ascii.plus, Ascii.dot:
      return takeNumber()
    default: return word()
    }
  }

  @inline(__always)
  private mutating func key(_ byte: UInt8) -> Token {
    guard byte == Ascii.quote else { return fail("a member's name in quotes") }
    guard takeText() else { return .failure }
    skipBlanks()
    guard offset < limit else { return fail("a colon", atEnd: true) }
    guard base[offset] == UInt8(ascii: ":") else { return fail("a colon") }
    offset &+= 1
    expectation = .value
    return .key
  }

  private mutating func open(object: Bool) -> Token {
    guard depth < Self.mostDepth else {
      return fail("no more than \(Self.mostDepth) containers inside each other")
    }
    offset &+= 1
    if depth < isObject.count { isObject[depth] = object } else { isObject.append(object) }
    depth &+= 1
    inObject = object
    expectation = object ? .firstKey : .firstElement
    return object ? .beginObject : .beginArray
  }

  private mutating func close(_ byte: UInt8) -> Token {
    guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      return fail(inObject ? "a comma or a closing brace" : "a comma or a closing bracket")
    }
    offset &+= 1
    let token = inObject ? Token.endObject : .endArray
    depth &-= 1
    inObject = depth > 0 && isObject[depth &- 1]
    expectation = .separator
    return token
  }

  /// Takes a string in quotes; its text is what stands between them.
  @inline(__always)
  private mutating func takeText() -> Bool {
    let first = offset &+ 1
    var next = first
    hasEscapes = false
    while next < limit {
      let byte = base[next]
      if byte == Ascii.quote {
        text = first..<next
        offset = next &+ 1
        return true
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        next &+= 1
      }
      next &+= 1
    }
    _ = fail("a closing quote", atEnd: true)
    return false
  }

  @inline(__always)
  private mutating func takeNumber() -> Token {
    guard let found = NumberParser.number(in: base, from: offset, separator: Ascii.dot) else {
      return word()
    }
    number = found.value
    offset = found.end
    // At the very end digits may be missing.
    guard depth > 0, offset == limit || isWordByte(base[offset]) else { return .number }
    while offset < limit, isWordByte(base[offset]) { offset &+= 1 }
    return fail("the rest of a number", atEnd: offset == limit)
  }

  private mutating func word() -> Token {
    var end = offset
    while end < limit, isWordByte(base[end]) { end += 1 }
    let bytes = UnsafeBufferPointer(start: base + offset, count: end - offset)
    if let value = JSONWord.number(bytes) {
      number = value
      offset = end
      return .number
    }
    for (word, token) in JSONWord.literals where bytes.elementsEqual(word) {
      offset = end
      return token
    }
    return fail("a value", atEnd: end == limit && end > offset)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == Ascii.minus || byte == Ascii.plus
  }

  private mutating func atEnd() -> Token {
    guard depth > 0 else { return .end }
    return fail(inObject ? "a closing brace" : "a closing bracket", atEnd: true)
  }

  private mutating func fail(_ expected: String, atEnd: Bool = false) -> Token {
    let found = Failure(offset: offset, message: "\(expected) is expected", isAtEnd: atEnd)
    failure = failure ?? found
    offset = limit
    return .failure
  }
}

/// Words that are values in JSON, or that loggers write in their place.
enum JSONWord {
  static let literals: [(word: [UInt8], token: JSONScanner.Token)] = [
    (Array("null".utf8), .null), (Array("true".utf8), .boolean), (Array("false".utf8), .boolean),
    (Array("None".utf8), .null), (Array("True".utf8), .boolean), (Array("False".utf8), .boolean),
  ]

  /// The number that a word stands for, case aside: `NaN`, `-Infinity`, `inf`.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = bytes.first, bytes.count <= 9 else { return nil }
    let isSigned = first == Ascii.minus || first == Ascii.plus
    let word = UnsafeBufferPointer(rebasing: bytes.dropFirst(isSigned ? 1 : 0))
    if equals(word, "nan") { return .nan }
    guard equals(word, "infinity") || equals(word, "inf") else { return nil }
    return first == Ascii.minus ? -.infinity : .infinity
  }

  private static func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard bytes.count == word.utf8CodeUnitCount else { return false }
    for index in bytes.indices where bytes[index] | 0x20 != word.utf8Start[index] { return false }
    return true
  }
}
