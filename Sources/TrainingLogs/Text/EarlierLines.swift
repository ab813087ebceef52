/// What the records before it say of a last line that has no end.
///
/// A log that is still written ends anywhere, also inside a number, and a finished one may lack its
/// last line end. The line counts when a few of the last records have the same text around their numbers
/// and its last number has the decimals that theirs have, all of them as many: formats print a fixed
/// number. What ends in a unit or a bracket needs no decimals to compare.
struct EarlierLines {
  /// Records by the letters that they begin with, the last few of each kind.
  private var kinds: [[[UInt8]]] = Array(repeating: [], count: Self.kindCount)
  private var next = Array(repeating: 0, count: Self.kindCount)

  private static let kindCount = 8
  private static let kept = 4
  /// Fewer of the same text prove nothing.
  private static let fewest = 2
  private static let longestLine = 4096

  /// Notes a line that was a record.
  @inline(__always)
  mutating func add(_ line: TextLine) {
    guard line.count <= Self.longestLine else { return }
    let kind = Self.kind(of: line)
    if kinds[kind].count < Self.kept {
      kinds[kind].append(Array(line.bytes))
    } else {
      let place = next[kind]
      kinds[kind][place].removeAll(keepingCapacity: true)
      kinds[kind][place].append(contentsOf: line.bytes)
      next[kind] = place + 1 == Self.kept ? 0 : place + 1
    }
  }

  /// Whether a line without an end is most likely whole.
  func suggestComplete(_ line: TextLine) -> Bool {
    guard line.count > 0, line.count <= Self.longestLine else { return false }
    let own = LineShape(line.bytes)
    let alike = kinds[Self.kind(of: line)].map { $0.withUnsafeBufferPointer { LineShape($0) } }
      .filter { $0.skeleton == own.skeleton && $0.endsInDigit == own.endsInDigit }
    guard alike.count >= Self.fewest else { return false }
    guard own.endsInDigit else { return true }
    return own.lastDigits > 1 && own.endsInDecimals
      && alike.allSatisfy { $0.lastDigits == own.lastDigits }
  }

  /// Which of the kinds a line is of: lines of one kind begin with the same letters.
  private static func kind(of line: TextLine) -> Int {
    var hash: UInt32 = 0
    for index in 0..<min(line.count, 32) {
      let byte = line.bytes[index]
      if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A { hash = hash &* 31 &+ UInt32(byte) }
    }
    return Int(hash % UInt32(Self.kindCount))
  }
}

/// The text of a line around its numbers.
private struct LineShape {
  /// The text without digits and blanks.
  var skeleton: [UInt8] = []
  /// Whether the last byte is a digit.
  var endsInDigit = false
  /// How many digits the line ends in.
  var lastDigits = 0
  /// Whether these digits stand behind a decimal point or in an exponent.
  var endsInDecimals = false

  init(_ line: UnsafeBufferPointer<UInt8>) {
    skeleton.reserveCapacity(line.count)
    for byte in line where byte != Ascii.space && byte &- Ascii.zero >= 10 { skeleton.append(byte) }
    var first = line.count
    while first > 0, line[first - 1] &- Ascii.zero < 10 { first -= 1 }
    lastDigits = line.count - first
    endsInDigit = lastDigits > 0
    guard endsInDigit, first > 0 else { return }
    let before = line[first - 1]
    let isExponent =
      first > 1 && (before == Ascii.plus || before == Ascii.minus)
      && line[first - 2] | 0x20 == Ascii.lowerE
    endsInDecimals = before == Ascii.dot || isExponent
  }
}
