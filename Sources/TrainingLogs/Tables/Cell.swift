/// One field of a row of delimited text.
struct Cell {
  /// What a field holds.
  enum Kind: UInt8 {
    /// Nothing, or a word for a missing value.
    case empty
    /// A number, NaN and infinity among them.
    case number
    /// Anything else.
    case text
  }

  /// What the field holds.
  var kind: Kind
  /// Whether the field stands in quotes.
  var isQuoted: Bool
  /// The number; meaningless for other kinds.
  var value: Double
  /// Where the field's text begins in the scanner's buffer.
  var start: Int
  /// Where the field's text ends in the scanner's buffer.
  var end: Int
}

/// The words that stand in logs where a number should.
enum NumberWord {
  /// A cell that says there is no value.
  private static let missing: Set<String> = [
    "null", "none", "n/a", "na", "nil", "-", "--", "#n/a", "<na>", "undefined",
  ]

  /// The meaning of a word, nil when it is neither a number nor a missing value.
  ///
  /// The comparison ignores case.
  static func meaning(of text: UnsafeBufferPointer<UInt8>) -> (kind: Cell.Kind, value: Double)? {
    // The longest word is "-infinity".
    guard text.count <= 9 else { return nil }
    let word = String(decoding: text, as: UTF8.self).lowercased()
    if missing.contains(word) { return (.empty, 0) }
    switch word {
    case "nan", "+nan", "-nan": return (.number, .nan)
    case "inf", "+inf", "infinity", "+infinity": return (.number, .infinity)
    case "-inf", "-infinity": return (.number, -.infinity)
    default: return nil
    }
  }
}

/// The inside of a field in quotes.
enum QuotedText {
  /// The text with every doubled quote made single.
  static func unescaped(_ text: String) -> String {
    var result = ""
    var previousIsQuote = false
    for character in text.unicodeScalars {
      previousIsQuote = character == "\"" && !previousIsQuote
      if !previousIsQuote { result.unicodeScalars.append(character) }
    }
    return result
  }
}
