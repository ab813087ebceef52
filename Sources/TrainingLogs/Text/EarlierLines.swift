/// What the records before it say of a last line that has no end.
///
/// A log that is still written ends anywhere, also inside a number, and a finished one may lack its
/// last line end. The line counts when a few of the last records have the same text around their numbers
/// and its last number has the decimals that theirs have, all of them as many: formats print a fixed
/// number. What ends in a unit or a bracket needs no decimals to compare.
struct EarlierLines {
  /// The bytes of the last records, and of those before them.
  private var recent = Stretch()
  private var older = Stretch()

  /// Records side by side.
  private struct Stretch {
    var bytes: [UInt8] = []
    var ends: [Int] = []

    /// The records, the last one first.
    func forEachBackwards(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
      bytes.withUnsafeBufferPointer { bytes in
        for index in ends.indices.reversed() {
          let start = index > 0 ? ends[index - 1] : 0
          body(UnsafeBufferPointer(rebasing: bytes[start..<ends[index]]))
        }
      }
    }
  }

  private static let stretch = 1 << 15
  /// So many records of the same text are compared.
  private static let most = 4
  /// Fewer of the same text prove nothing.
  private static let fewest = 2
  private static let longestLine = 4096

  /// Notes a line that was a record.
  @inline(__always)
  mutating func add(_ line: TextLine) {
    guard line.count <= Self.longestLine else { return }
    if recent.bytes.count > Self.stretch {
      swap(&recent, &older)
      recent.bytes.removeAll(keepingCapacity: true)
      recent.ends.removeAll(keepingCapacity: true)
    }
    recent.bytes.append(contentsOf: line.bytes)
    recent.ends.append(recent.bytes.count)
  }

  /// Whether a line without an end is most likely whole.
  func suggestComplete(_ line: TextLine) -> Bool {
    guard line.count > 0, line.count <= Self.longestLine else { return false }
    let own = LineShape(line.bytes)
    var alike: [LineShape] = []
    for stretch in [recent, older] {
      stretch.forEachBackwards { bytes in
        guard alike.count < Self.most else { return }
        let other = LineShape(bytes)
        if other.skeleton == own.skeleton, other.endsInDigit == own.endsInDigit {
          alike.append(other)
        }
      }
    }
    guard alike.count >= Self.fewest else { return false }
    guard own.endsInDigit else { return true }
    return own.lastDigits > 1 && own.endsInDecimals
      && alike.allSatisfy { $0.lastDigits == own.lastDigits }
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
