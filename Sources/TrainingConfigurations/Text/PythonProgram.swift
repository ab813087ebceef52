/// Python code as assignments and calls, one after the other; all else is passed over.
struct PythonProgram: Sendable {
  /// A statement: an assignment, or a value by itself.
  struct Statement: Sendable {
    /// The name assigned to; nil for a value by itself.
    var name: String?
    var value: PythonExpression
    var line: Int
  }

  private(set) var statements: [Statement] = []

  /// Reads code; a name that was assigned stands for its value afterwards.
  init(_ text: String) {
    var parser = PythonParser(tokens: PythonLexer.tokens(of: text))
    while parser.skipToStatement() {
      statements += parser.statement()
    }
  }

  /// The assignments as a table, with the members of tables and calls by themselves too: settings
  /// may stand in `args = TrainingArguments(...)` or `config = dict(...)`.
  var settings: Setting {
    var members: [String: Setting] = [:]
    var inner: [String: Setting] = [:]
    for statement in statements {
      let value = statement.value.setting(line: statement.line)
      if let name = statement.name { members[name] = value }
      inner.merge(value.members ?? [:]) { _, new in new }
    }
    return .table(members.merging(inner) { own, _ in own }, line: nil)
  }

  /// The last call with one of the names, outermost first: the schedule of `adam(schedule)` too.
  func lastCall(_ names: Set<String>) -> PythonExpression? {
    for statement in statements.reversed() {
      if let call = Self.call(in: statement.value, names) { return call }
    }
    return nil
  }

  private static func call(
    in value: PythonExpression, _ names: Set<String>
  ) -> PythonExpression? {
    switch value {
    case .call(let call):
      if names.contains(call.name) { return value }
      let inner = call.positional + call.named.sorted { $0.key < $1.key }.map(\.value)
      for argument in inner {
        if let found = Self.call(in: argument, names) { return found }
      }
      return nil
    case .list(let values):
      for value in values {
        if let found = Self.call(in: value, names) { return found }
      }
      return nil
    default: return nil
    }
  }
}
