extension PythonParser {
  /// Goes to the next statement; false at the end.
  mutating func skipToStatement() -> Bool {
    while current?.kind == .newline || isAt(";") { index += 1 }
    return current != nil
  }

  private var isAtEnd: Bool { current == nil || current?.kind == .newline || isAt(";") }

  /// The assignments of the statement at hand, or its value; goes to its end.
  ///
  /// What cannot be read is assigned as unknown: the name must not seem to be absent.
  mutating func statement() -> [PythonProgram.Statement] {
    depth = 0
    guard let first = current else { return [] }
    let start = index
    let isConditional = skipCondition()
    let names = targets()
    if names.isEmpty, current?.kind == .name, current?.text == "return" { index += 1 }
    let valueStart = index
    var value = expression()
    if !isAtEnd, !isChain(value) { value = nil }
    while !isAtEnd { index += 1 }
    guard !names.isEmpty else {
      guard let value, !isConditional else { return [] }
      return [PythonProgram.Statement(name: nil, value: value, line: first.line)]
    }
    let code = code(from: isConditional || names.count > 1 ? start : valueStart)
    let isPlain = !isConditional && (names.count == 1)
    let assigned = isPlain ? value ?? .unknown(code) : .unknown(code)
    return names.map { name in
      values[name] = assigned
      return PythonProgram.Statement(name: name, value: assigned, line: first.line)
    }
  }

  /// Goes behind `if …:` and the like when a statement follows on the line; false when none does.
  private mutating func skipCondition() -> Bool {
    let words: Set<String> = ["if", "elif", "else", "for", "while", "try", "with"]
    guard let first = current, first.kind == .name, words.contains(first.text) else {
      return false
    }
    var place = index
    var level = 0
    while place < tokens.count, tokens[place].kind != .newline {
      let token = tokens[place]
      level += token.bracketLevel
      if level == 0, token.kind == .symbol, token.text == ":" {
        guard place + 1 < tokens.count, tokens[place + 1].kind != .newline else { return false }
        index = place + 1
        return true
      }
      place += 1
    }
    return false
  }

  /// The names assigned to: `a =`, `a: type =`, `a = b =`, `a, b =`, `a *=`; the index goes behind.
  private mutating func targets() -> [String] {
    var names: [String] = []
    while let token = current, token.kind == .name, let end = assignmentEnd() {
      var place = index
      while place < end - 1, tokens[place].text != ":" {
        if tokens[place].kind == .name { names.append(tokens[place].text) }
        // a *= b hangs on what a was.
        if ["+", "-", "*", "/", "//", "%", "**"].contains(tokens[place].text) {
          names.append(token.text)
        }
        place += 1
      }
      index = end
    }
    return names
  }

  /// Whether what follows a call is a call of its result, as in `adam(schedule).init(x)`.
  private func isChain(_ value: PythonExpression?) -> Bool {
    guard case .call? = value else { return false }
    return isAt(".")
  }

  /// The index after `name =`, `name: type =`, `name, name =` or `name += `; nil when no assignment
  /// stands here.
  private func assignmentEnd() -> Int? {
    var place = index + 1
    while place + 1 < tokens.count, tokens[place].text == ",", tokens[place + 1].kind == .name {
      place += 2
    }
    if place < tokens.count, tokens[place].text == ":" {
      while place < tokens.count, tokens[place].text != "=", tokens[place].kind != .newline {
        place += 1
      }
    }
    if place < tokens.count,
      ["+", "-", "*", "/", "//", "%", "**"].contains(tokens[place].text),
      tokens[place].kind == .symbol
    {
      place += 1
    }
    guard place < tokens.count, tokens[place].kind == .symbol, tokens[place].text == "=" else {
      return nil
    }
    return place + 1
  }
}
