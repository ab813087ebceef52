import Foundation

/// Parses calls, literals and arithmetic on numbers; statements are in an extension.
struct PythonParser {
  /// How deep brackets may lie in one another.
  private static let depthLimit = 64

  let tokens: [PythonToken]
  var index = 0
  var depth = 0
  var values: [String: PythonExpression] = [:]
  /// Whether the text has ended inside brackets.
  private var isUnclosed = false

  init(tokens: [PythonToken]) { self.tokens = tokens }

  var current: PythonToken? { index < tokens.count ? tokens[index] : nil }

  func isAt(_ symbol: String) -> Bool {
    current?.kind == .symbol && current?.text == symbol
  }

  private mutating func take(_ symbol: String) -> Bool {
    guard isAt(symbol) else { return false }
    index += 1
    return true
  }

  /// The code from a token on up to the one at hand, shortened.
  func code(from start: Int) -> String {
    let words = tokens[start..<index].prefix(40).map(\.text)
    let text = words.joined(separator: " ")
    guard !text.isEmpty else { return "nothing" }
    return text.count > 60 ? text.prefix(60) + "…" : text
  }

  /// A value inside brackets; what cannot be read becomes unknown up to its comma or bracket.
  ///
  /// - Returns: nil where nothing stands, and when the text ends inside the brackets.
  private mutating func element() -> PythonExpression? {
    let start = index
    let value = expression()
    guard !isUnclosed else { return nil }
    if let value, isAt(",") || current?.bracketLevel == -1 { return value }
    // Behind a value all its brackets are closed.
    if value == nil { index = start }
    var level = 0
    while let token = current {
      if level == 0, isAt(",") || token.bracketLevel == -1 {
        return index > start ? .unknown(code(from: start)) : nil
      }
      level += token.bracketLevel
      index += 1
    }
    isUnclosed = true
    return nil
  }

  /// A sum of products; nil when no value stands here.
  mutating func expression() -> PythonExpression? {
    guard var left = product() else { return nil }
    while let sign = current, isAt("+") || isAt("-") {
      index += 1
      guard let right = product() else { return nil }
      left = Self.combine(left, sign.text, right)
    }
    return left
  }

  private mutating func product() -> PythonExpression? {
    guard var left = factor() else { return nil }
    while let sign = current, isAt("*") || isAt("/") || isAt("//") || isAt("%") {
      index += 1
      guard let right = factor() else { return nil }
      left = Self.combine(left, sign.text, right)
    }
    return left
  }

  private mutating func factor() -> PythonExpression? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { return nil }
    if take("-") { return factor().map { Self.combine(.number(0), "-", $0) } }
    if take("+") { return factor() }
    guard let base = atom() else { return nil }
    guard take("**") else { return base }
    guard let exponent = factor() else { return nil }
    return Self.combine(base, "**", exponent)
  }

  private static func combine(
    _ left: PythonExpression, _ sign: String, _ right: PythonExpression
  ) -> PythonExpression {
    guard case .number(let left) = left, case .number(let right) = right else {
      return .unknown("an expression with '\(sign)'")
    }
    return switch sign {
    case "+": .number(left + right)
    case "-": .number(left - right)
    case "*": .number(left * right)
    case "/": .number(left / right)
    case "//": .number((left / right).rounded(.down))
    case "%": .number(left - right * (left / right).rounded(.down))
    default: .number(pow(left, right))
    }
  }

  private mutating func atom() -> PythonExpression? {
    guard let token = current else { return nil }
    switch token.kind {
    case .number(let value):
      index += 1
      return .number(value)
    case .text:
      index += 1
      return .text(token.text)
    case .name:
      index += 1
      return isAt("(") ? call(token) : values[token.text] ?? .unknown(token.text)
    case .symbol where token.text == "(" || token.text == "[":
      return list()
    case .symbol where token.text == "{":
      return dictionary()
    case .symbol, .newline: return nil
    }
  }

  /// `[a, b]` or `(a, b)`; `(a)` is a.
  private mutating func list() -> PythonExpression? {
    let isTuple = isAt("(")
    index += 1
    var items: [PythonExpression] = []
    var hasComma = false
    while !isAt(isTuple ? ")" : "]") {
      guard let item = element() else { return nil }
      items.append(item)
      if take(",") { hasComma = true } else if !isAt(isTuple ? ")" : "]") { return nil }
    }
    index += 1
    if isTuple, !hasComma, let only = items.first { return only }
    return .list(items)
  }

  private mutating func dictionary() -> PythonExpression? {
    index += 1
    var members: [PythonMember] = []
    while !isAt("}") {
      guard let name = expression(), take(":"), let value = element() else { return nil }
      members.append(PythonMember(name: name, value: value))
      if !take(","), !isAt("}") { return nil }
    }
    index += 1
    return .dictionary(members)
  }

  private mutating func call(_ name: PythonToken) -> PythonExpression? {
    index += 1
    let plain = name.text.split(separator: ".").last.map(String.init) ?? name.text
    var call = PythonCall(name: plain, positional: [], named: [:], line: name.line)
    while !isAt(")") {
      if let token = current, token.kind == .name, index + 1 < tokens.count,
        tokens[index + 1].kind == .symbol, tokens[index + 1].text == "="
      {
        index += 2
        guard let value = element() else { return nil }
        call.named[token.text] = value
      } else {
        guard let value = element() else { return nil }
        call.positional.append(value)
      }
      if !take(","), !isAt(")") { return nil }
    }
    index += 1
    return .call(call)
  }
}
