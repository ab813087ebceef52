/// Words before a loss that say that it is one of held-out data: `Eval step 500: loss 2.3`.
enum PhaseNames {
  private static let words: [StaticString] = [
    "val", "valid", "validation", "eval", "evaluation", "test", "dev",
  ]
  /// Prefixes of loggers are shorter.
  private static let longestPrefix = 160

  /// The word as the line spells it; nil when there is none before a place.
  static func heldOut(in line: TextLine, before end: Int) -> String? {
    var next = max(0, end - longestPrefix)
    while next < end {
      guard isLetter(line[next]) else {
        next += 1
        continue
      }
      let first = next
      while next < end, isLetter(line[next]) { next += 1 }
      let initial = line[first] | 0x20
      guard
        initial == UInt8(ascii: "v") || initial == UInt8(ascii: "t")
          || initial == UInt8(ascii: "e") || initial == UInt8(ascii: "d")
      else { continue }
      if words.contains(where: { isWord($0, line, first..<next) }) {
        return line.text(first..<next)
      }
    }
    return nil
  }

  private static func isWord(_ word: StaticString, _ line: TextLine, _ range: Range<Int>) -> Bool {
    guard word.utf8CodeUnitCount == range.count else { return false }
    return range.allSatisfy { line[$0] | 0x20 == word.utf8Start[$0 - range.lowerBound] }
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }
}
