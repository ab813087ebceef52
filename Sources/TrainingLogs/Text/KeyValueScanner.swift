/// A key and the number that stands beside it.
struct KeyValuePair {
  /// How a key and its value are told apart.
  enum Separator: UInt8 {
    /// `loss: 2.3`, `loss:2.3`, `'loss': 2.3`
    case colon
    /// `loss=2.3`
    case equals
    /// `loss 2.3`: any word before a number looks like it.
    case blank
  }

  /// The key's bytes in the line, without blanks and quotes around it; never empty.
  var key: Range<Int>
  /// The number, with its thousands or its suffix for thousands, millions and so on.
  var value: Double
  /// The number behind a slash, as in `step 10/4800`; NaN when there is none.
  var total: Double
  /// How they are told apart.
  var separator: Separator
  /// Where the value ends, with what hangs on to it.
  var end: Int
  /// What hangs on to the number, as `ms` in `413.58ms`.
  var unit: Range<Int>
}

/// Hands out the pairs of a line: `key: value`, `key=value`, `'key': value`, `key value`.
///
/// Pairs may stand side by side or be told apart by `|`, `,`, `;`, tabs, ` - ` and brackets. Numbers
/// have thousands commas, a suffix (K, M, G or B, T, P), a unit, quotes or a bracket before them
/// (`lr=[1e-4, 1e-4]` gives the first); `nan` and `inf` are numbers. Keys may have blanks inside. One
/// walk from left to right; every step forward takes at least a byte.
struct KeyValueScanner {
  private let line: TextLine
  private var position: Int
  /// Where the key that is being read begins.
  private var keyStart: Int

  /// Longer texts before a number are no keys.
  static let longestKey = 80
  /// Longer texts in parentheses belong to no key.
  private static let longestRemark = 16

  /// Stands at a place of a line.
  init(_ line: TextLine, from start: Int = 0) {
    self.line = line
    position = max(start, 0)
    keyStart = position
  }

  /// The next pair; nil at the line's end.
  mutating func next() -> KeyValuePair? {
    while position < line.count {
      let byte = line[position]
      switch ByteClass.of(byte) {
      case .word:
        if let pair = spelledNumber(byte) { return pair }
        skipWord()
      case .blank, .quote:
        position &+= 1
      case .number:
        if let pair = number() { return pair }
      case .assignment:
        if let pair = assignment(byte) { return pair }
      case .opening:
        open(byte)
      case .separator:
        position &+= 1
        keyStart = position
      }
    }
    return nil
  }

  /// A bracket.
  private mutating func open(_ byte: UInt8) {
    position &+= 1
    // `Step [100/500]`: the bracket stands between a key and its value.
    if line.isDigit(position) { return }
    // `elapsed time (ms): 12.3`: what is in it is a part of the key.
    if byte == UInt8(ascii: "(") {
      var end = position
      while end < position &+ Self.longestRemark, ByteClass.of(line[end]) <= .blank { end &+= 1 }
      if line[end] == UInt8(ascii: ")"), ByteClass.of(line[end &+ 1]) == .assignment {
        position = end &+ 1
        return
      }
    }
    keyStart = position
  }

  /// `:` or `=` behind a key.
  private mutating func assignment(_ byte: UInt8) -> KeyValuePair? {
    let colon = position
    position &+= 1
    let key = trimmedKey(before: colon)
    guard !key.isEmpty else {
      keyStart = position
      return nil
    }
    var first = line.afterBlanks(position)
    while ByteClass.of(line[first]) == .opening || ByteClass.of(line[first]) == .quote {
      first &+= 1
    }
    guard let number = line.number(at: first) else {
      keyStart = position
      return nil
    }
    if skipTime(from: number.end) { return nil }
    return pair(
      key, number, byte == UInt8(ascii: "=") ? .equals : .colon)
  }

  /// A number where a word could begin.
  private mutating func number() -> KeyValuePair? {
    let first = position
    guard let number = line.number(at: first) else {
      position &+= 1
      // ` - ` stands between pairs; a sign at a word's start does not.
      if line[first] == Ascii.minus, line[position] == Ascii.space { keyStart = position }
      return nil
    }
    if skipTime(from: number.end) { return nil }
    let key = trimmedKey(before: first)
    let pair = pair(key, number, .blank)
    return key.isEmpty ? nil : pair
  }

  /// `loss nan`, with a blank between.
  private mutating func spelledNumber(_ byte: UInt8) -> KeyValuePair? {
    let letter = byte | 0x20
    guard letter == UInt8(ascii: "n") || letter == UInt8(ascii: "i") else { return nil }
    guard line[position &+ 1] | 0x20 == (letter == UInt8(ascii: "n") ? 0x61 : 0x6E) else {
      return nil
    }
    let key = trimmedKey(before: position)
    guard !key.isEmpty, let number = line.number(at: position),
      ByteClass.of(line[number.end]) != .word, ByteClass.of(line[number.end]) != .number,
      ByteClass.of(line[number.end]) != .assignment, !isInsideKey(number.end)
    else { return nil }
    return pair(key, number, .blank)
  }

  /// Whether a word and then `:` or `=` come next, as in `number of nan iterations: 0`.
  private func isInsideKey(_ start: Int) -> Bool {
    var next = line.afterBlanks(start)
    let first = next
    while next < line.count, ByteClass.of(line[next]) == .word { next &+= 1 }
    return next > first && ByteClass.of(line[next]) == .assignment
  }

  /// Passes over a time as `0:12:34`, which is no number.
  private mutating func skipTime(from end: Int) -> Bool {
    guard line[end] == UInt8(ascii: ":"), line.isDigit(end &+ 1) else { return false }
    var last = end
    while line.isDigit(last) || line[last] == UInt8(ascii: ":") || line[last] == Ascii.dot {
      last &+= 1
    }
    position = last
    keyStart = last
    return true
  }

  /// Takes what belongs to a number: a total and a unit.
  private mutating func pair(
    _ key: Range<Int>, _ number: (value: Double, end: Int), _ separator: KeyValuePair.Separator
  ) -> KeyValuePair {
    var (value, end) = number
    var total = Double.nan
    let slash = line.afterBlanks(end)
    if line[slash] == UInt8(ascii: "/"), line.isDigit(line.afterBlanks(slash &+ 1)),
      let whole = line.number(at: slash &+ 1)
    {
      (total, end) = whole
    }
    let unit = end
    end = unitEnd(from: unit)
    if end &- unit == 1, let factor = ByteClass.factor(line[unit]) { value *= factor }
    position = end
    keyStart = end
    return KeyValuePair(
      key: key, value: value, total: total, separator: separator, end: end, unit: unit..<end)
  }

  private func unitEnd(from start: Int) -> Int {
    var end = start
    while end < line.count {
      let byte = line[end]
      switch ByteClass.of(byte) {
      case .word, .number:
        if byte == UInt8(ascii: "/") { return end }
        end &+= 1
      case .opening:
        // `29.11GiB(92.83%)`
        guard end > start, byte == UInt8(ascii: "("), line.isDigit(end &+ 1) else { return end }
        end &+= 1
        while end < line.count, ByteClass.of(line[end]) <= .number { end &+= 1 }
        if line[end] == UInt8(ascii: ")") { end &+= 1 }
      default: return end
      }
    }
    return end
  }

  /// The text since the last pair or separator.
  private func trimmedKey(before end: Int) -> Range<Int> {
    var (first, last) = (keyStart, end)
    while first < last, isPadding(line[first]) { first &+= 1 }
    while first < last, isPadding(line[last &- 1]) { last &-= 1 }
    return last &- first <= Self.longestKey ? first..<last : last..<last
  }

  @inline(__always)
  private func isPadding(_ byte: UInt8) -> Bool {
    let kind = ByteClass.of(byte)
    return kind == .blank || kind == .quote || kind == .opening
  }

  private mutating func skipWord() {
    position &+= 1
    while position < line.count, ByteClass.of(line[position]) <= .number { position &+= 1 }
  }
}
