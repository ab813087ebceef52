import Foundation

extension Formula {
  /// Parses a formula: numbers, `pi`, parameters b1, b2, …, variables, + - * / ^, parentheses and
  /// the functions of ``Function``; nil when the text is not one.
  init?(parsing text: String, variables: [String]) {
    var parser = FormulaParser(text, variables: variables)
    guard parser.sum() != nil, parser.isAtEnd else { return nil }
    self = parser.formula
  }
}

/// A parser by recursive descent: sum > product > sign > power > atom, `^` binds to the right.
///
/// Every method returns the position of the operation that it has appended last, nil when the text
/// is wrong.
private struct FormulaParser {
  private(set) var formula = Formula()
  private let characters: [Character]
  private let variables: [String]
  private var position = 0

  init(_ text: String, variables: [String]) {
    characters = Array(text.filter { $0 != " " })
    self.variables = variables
  }

  var isAtEnd: Bool { position == characters.count }

  mutating func sum() -> Int? {
    guard var left = product() else { return nil }
    while true {
      if take("+") {
        guard let right = product() else { return nil }
        left = formula.append(.sum(left, right))
      } else if take("-") {
        guard let right = product() else { return nil }
        left = formula.append(.difference(left, right))
      } else {
        return left
      }
    }
  }

  private mutating func product() -> Int? {
    guard var left = sign() else { return nil }
    while true {
      if take("*") {
        guard let right = sign() else { return nil }
        left = formula.append(.product(left, right))
      } else if take("/") {
        guard let right = sign() else { return nil }
        left = formula.append(.quotient(left, right))
      } else {
        return left
      }
    }
  }

  private mutating func sign() -> Int? {
    guard take("-") else { return power() }
    guard let argument = sign() else { return nil }
    return formula.append(.negated(argument))
  }

  private mutating func power() -> Int? {
    guard let base = atom() else { return nil }
    guard take("^") else { return base }
    guard let exponent = sign() else { return nil }
    return formula.append(.power(base, exponent))
  }

  private mutating func atom() -> Int? {
    if take("(") {
      guard let inner = sum(), take(")") else { return nil }
      return inner
    }
    let word = word()
    if let value = Double(word) { return formula.append(.number(value)) }
    if word == "pi" { return formula.append(.number(.pi)) }
    if let index = variables.firstIndex(of: word) { return formula.append(.variable(index)) }
    if word.first == "b", let number = Int(word.dropFirst()), number > 0 {
      return formula.append(.parameter(number - 1))
    }
    guard let function = Formula.Function(rawValue: word), take("("), let argument = sum(),
      take(")")
    else { return nil }
    return formula.append(.call(function, argument))
  }

  private mutating func take(_ character: Character) -> Bool {
    guard position < characters.count, characters[position] == character else { return false }
    position += 1
    return true
  }

  /// Letters, digits and points up to the next other character.
  private mutating func word() -> String {
    let start = position
    while position < characters.count, isWordCharacter(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  private func isWordCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "."
  }
}
