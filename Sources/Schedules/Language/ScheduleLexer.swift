/// A piece of a schedule's text with the place it was read from.
struct ScheduleToken: Sendable, Hashable {
  /// The text, without white space at its ends.
  var text: String
  /// Where it begins, in characters from the start of the whole text.
  var offset: Int
  /// The index, from 0, of the item it belongs to.
  var item: Int

  /// The number of characters.
  var length: Int { text.count }
}

/// One setting or phase: its fields in order, at least one.
struct ScheduleItem: Sendable, Hashable {
  /// The first field: a phase's name, or a whole setting.
  var head: ScheduleToken
  /// The fields after the first.
  var fields: [ScheduleToken]
}

/// Cuts a schedule's text into items and fields.
///
/// Items are separated by `,`, `>` or `->`, fields by `:`. The sugar `name(a, b, k=v)` reads as
/// `name:a:b:k=v`, so that a parenthesis only changes what a comma means.
struct ScheduleLexer {
  private let characters: [Character]
  private var items: [ScheduleItem] = []
  private var fields: [ScheduleToken] = []
  private var fieldStart = 0
  private var openParenthesis: Int?
  private var justClosed = false

  /// The items of a text.
  ///
  /// - Throws: `emptyText`, `emptyItem` or `misplacedParenthesis`.
  static func items(of text: String) throws(ScheduleError) -> [ScheduleItem] {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw ScheduleError(
        .emptyText, "the schedule is empty; write at least a peak, such as peak=3e-4,stable:1000")
    }
    var lexer = ScheduleLexer(characters: Array(text))
    try lexer.run()
    return lexer.items
  }

  private init(characters: [Character]) {
    self.characters = characters
  }

  private mutating func run() throws(ScheduleError) {
    var index = 0
    while index < characters.count {
      index += try read(at: index)
    }
    if let openParenthesis {
      throw misplaced("'(' is never closed", at: openParenthesis)
    }
    try endItem(at: characters.count, next: characters.count)
  }

  /// Handles the character at an index and returns how many characters it read.
  private mutating func read(at index: Int) throws(ScheduleError) -> Int {
    let inside = openParenthesis != nil
    switch characters[index] {
    case "(":
      try open(at: index)
    case ")":
      guard inside else { throw misplaced("')' closes nothing", at: index) }
      try endField(at: index)
      openParenthesis = nil
      justClosed = true
    case "," where inside:
      try endField(at: index)
    case ":" where !inside:
      try endField(at: index)
    case ",":
      try endItem(at: index, next: index + 1)
    case ">" where !inside:
      try endItem(at: index, next: index + 1)
    case "-" where !inside && index + 1 < characters.count && characters[index + 1] == ">":
      try endItem(at: index, next: index + 2)
      return 2
    default:
      break
    }
    return 1
  }

  private mutating func open(at index: Int) throws(ScheduleError) {
    guard openParenthesis == nil else { throw misplaced("'(' inside '('", at: index) }
    guard !justClosed, !token(upTo: index).text.isEmpty else {
      throw misplaced("'(' needs a name before it, as in stable(1000)", at: index)
    }
    try endField(at: index)
    openParenthesis = index
  }

  private mutating func endField(at end: Int) throws(ScheduleError) {
    let token = token(upTo: end)
    fieldStart = end + 1
    if justClosed {
      justClosed = false
      guard token.text.isEmpty else {
        throw misplaced("expected ':' or ',' after ')'", at: token.offset)
      }
      return
    }
    guard !token.text.isEmpty else {
      throw ScheduleError(
        .emptyItem, at: token, "a field is empty; remove the extra '\(characters[end])'")
    }
    fields.append(token)
  }

  private mutating func endItem(at end: Int, next: Int) throws(ScheduleError) {
    let token = token(upTo: end)
    if token.text.isEmpty, !justClosed {
      throw ScheduleError(
        .emptyItem, at: token,
        fields.isEmpty
          ? "nothing stands here; remove the extra separator" : "a field is empty; remove the ':'")
    }
    try endField(at: end)
    items.append(ScheduleItem(head: fields[0], fields: Array(fields.dropFirst())))
    fields = []
    fieldStart = next
  }

  /// The trimmed text from the start of the current field to an index.
  private func token(upTo end: Int) -> ScheduleToken {
    var first = fieldStart
    var last = end
    while first < last, characters[first].isWhitespace { first += 1 }
    while last > first, characters[last - 1].isWhitespace { last -= 1 }
    return ScheduleToken(
      text: String(characters[first..<last]), offset: first, item: items.count)
  }

  private func misplaced(_ message: String, at index: Int) -> ScheduleError {
    let place = ScheduleToken(text: String(characters[index]), offset: index, item: items.count)
    return ScheduleError(.misplacedParenthesis, at: place, message)
  }
}

extension ScheduleToken {
  /// The two sides of the first `=`, each trimmed; nil when there is none.
  var assignment: (name: ScheduleToken, value: ScheduleToken)? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let after = text.index(after: equals)
    return (part(text.startIndex..<equals), part(after..<text.endIndex))
  }

  private func part(_ range: Range<String.Index>) -> ScheduleToken {
    let leading = text[range].prefix { $0.isWhitespace }.count
    let start = text.distance(from: text.startIndex, to: range.lowerBound) + leading
    var trimmed = text[range].dropFirst(leading)
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    return ScheduleToken(text: String(trimmed), offset: offset + start, item: item)
  }
}
