/// The order in which people count: `run2` before `run10`.
enum NaturalOrder {
  /// Whether a name stands before another.
  static func precedes(_ first: String, _ second: String) -> Bool {
    let (left, right) = (parts(first), parts(second))
    for (one, other) in zip(left, right) where one != other {
      return one.precedes(other)
    }
    // Equal but for zeros in front of numbers, or one begins the other.
    return left.count != right.count ? left.count < right.count : first < second
  }

  /// A run of digits or of other characters.
  private enum Part: Equatable {
    case digits(length: Int, text: String)
    case text(String)

    func precedes(_ other: Part) -> Bool {
      switch (self, other) {
      case (.digits(let length, let text), .digits(let otherLength, let otherText)):
        (length, text) < (otherLength, otherText)
      case (.text(let text), .text(let otherText)): text < otherText
      case (.digits, .text): true
      case (.text, .digits): false
      }
    }
  }

  private static func parts(_ name: String) -> [Part] {
    var parts: [Part] = []
    var rest = Substring(name)
    while let first = rest.first {
      let isDigits = isDigit(first)
      let run = rest.prefix { isDigit($0) == isDigits }
      rest = rest.dropFirst(run.count)
      guard isDigits else {
        parts.append(.text(String(run)))
        continue
      }
      let significant = run.drop { $0 == "0" }
      parts.append(.digits(length: significant.count, text: String(significant)))
    }
    return parts
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}
