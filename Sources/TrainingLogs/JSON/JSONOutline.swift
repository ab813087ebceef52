/// What the beginning of a file shows of its outermost JSON value.
struct JSONOutline {
  /// Whether the outermost value is an object; else it is an array.
  private(set) var isObject = false
  /// The outermost object's keys, with the kind of the value behind each.
  private(set) var members: [(key: String, value: JSONScanner.Token)] = []
  /// Whether the value is there to its end.
  private(set) var isComplete = false

  private static let mostMembers = 10_000

  /// Looks at a sample; nil when it does not begin with one object or array, or more follows it.
  init?(_ sample: LogSample) {
    guard let first = sample.bytes.first(where: { $0 > Ascii.space }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    isObject = first == UInt8(ascii: "{")
    let fits = (sample.bytes + [0]).withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(UnsafeBufferPointer(rebasing: buffer.dropLast()))
      return look(&scanner, isWhole: sample.isWhole)
    }
    guard fits else { return nil }
  }

  /// Whether there is a member of that name.
  func has(_ key: String) -> Bool { members.contains { $0.key == key } }

  private mutating func look(_ scanner: inout JSONScanner, isWhole: Bool) -> Bool {
    _ = scanner.next()
    while scanner.depth > 0 {
      let isOuter = scanner.depth == 1
      switch scanner.next() {
      case .key:
        guard isOuter else { continue }
        let key = JSONText.string(scanner)
        let value = scanner.next()
        if members.count < Self.mostMembers { members.append((key, value)) }
        if value == .failure { return scanner.failure?.isAtEnd == true }
      case .failure: return scanner.failure?.isAtEnd == true
      case .end: return false
      default: continue
      }
    }
    isComplete = isWhole
    return scanner.next() == .end
  }
}
