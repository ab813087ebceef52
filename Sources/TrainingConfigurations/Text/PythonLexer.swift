/// A word of Python code.
struct PythonToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case number(Double)
    case text
    case name
    case symbol
    /// The end of a line outside brackets.
    case newline
  }

  var kind: Kind
  var text: String
  /// The line, from 1.
  var line: Int

  /// 1 for an opening bracket, -1 for a closing one, else 0.
  var bracketLevel: Int {
    guard kind == .symbol else { return 0 }
    return switch text {
    case "(", "[", "{": 1
    case ")", "]", "}": -1
    default: 0
    }
  }
}

/// Takes Python code apart; what it does not know becomes symbols, so that it never fails.
struct PythonLexer {
  private let characters: [Character]
  private var index = 0
  private var line = 1
  private var depth = 0

  private init(_ text: String) { characters = Array(text) }

  /// The tokens of a text.
  static func tokens(of text: String) -> [PythonToken] {
    var lexer = PythonLexer(text)
    var tokens: [PythonToken] = []
    while let token = lexer.next() { tokens.append(token) }
    return tokens
  }

  private var current: Character? { index < characters.count ? characters[index] : nil }

  private mutating func next() -> PythonToken? {
    while let character = current {
      if character.isNewline {
        index += 1
        line += 1
        if depth == 0 { return PythonToken(kind: .newline, text: "\n", line: line - 1) }
      } else if character.isWhitespace {
        index += 1
      } else if character == "\\", index + 1 < characters.count, characters[index + 1].isNewline {
        index += 2
        line += 1
      } else if character == "#" {
        while let character = current, !character.isNewline {
          _ = character
          index += 1
        }
      } else {
        return token(character)
      }
    }
    return nil
  }

  private mutating func token(_ character: Character) -> PythonToken {
    if character == "\"" || character == "'" { return string(character) }
    if Self.isDigit(character) || (character == "." && Self.isDigit(following)) { return number() }
    if character.isLetter || character == "_" {
      let start = index
      while let next = current, next.isLetter || next.isNumber || next == "_" || next == "." {
        index += 1
      }
      return PythonToken(kind: .name, text: String(characters[start..<index]), line: line)
    }
    if "([{".contains(character) { depth += 1 }
    if ")]}".contains(character) { depth = max(0, depth - 1) }
    var text = String(character)
    index += 1
    if let next = current, ["**", "//", "==", "!=", "<=", ">=", "->"].contains(text + String(next))
    {
      text.append(next)
      index += 1
    }
    return PythonToken(kind: .symbol, text: text, line: line)
  }

  private var following: Character? {
    index + 1 < characters.count ? characters[index + 1] : nil
  }

  private static func isDigit(_ character: Character?) -> Bool {
    character.map { ("0"..."9").contains($0) } ?? false
  }

  private mutating func number() -> PythonToken {
    let start = index
    while let character = current {
      let isSign = character == "-" || character == "+"
      let before = characters[max(start, index - 1)]
      if isSign
        ? !(before == "e" || before == "E")
        : !(Self.isDigit(character) || "._eE".contains(character))
      {
        break
      }
      index += 1
    }
    let text = String(characters[start..<index])
    let value = Double(text.filter { $0 != "_" })
    return PythonToken(kind: value.map { .number($0) } ?? .symbol, text: text, line: line)
  }

  private mutating func string(_ quote: Character) -> PythonToken {
    let isLong =
      index + 2 < characters.count && characters[index + 1] == quote
      && characters[index + 2] == quote
    let width = isLong ? 3 : 1
    let firstLine = line
    index += width
    var text = ""
    while let character = current {
      let ends = (0..<width).allSatisfy {
        index + $0 < characters.count && characters[index + $0] == quote
      }
      if ends || (character.isNewline && !isLong) {
        if ends { index += width }
        break
      }
      if character == "\\", index + 1 < characters.count { index += 1 }
      if characters[index].isNewline { line += 1 }
      text.append(characters[index])
      index += 1
    }
    return PythonToken(kind: .text, text: text, line: firstLine)
  }
}
