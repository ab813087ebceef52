/// A value as Python code writes it: what configurations need of the language.
indirect enum PythonExpression: Sendable, Hashable {
  case number(Double)
  case text(String)
  /// A name that no assignment before it explains, or code that is not followed.
  case unknown(String)
  /// A list or a tuple.
  case list([PythonExpression])
  case dictionary([PythonMember])
  case call(PythonCall)
}

/// A value with its name: an entry of a dictionary, a keyword argument, an assignment.
struct PythonMember: Sendable, Hashable {
  var name: PythonExpression
  var value: PythonExpression
}

/// A call: `module.function(a, b, name=c)`.
struct PythonCall: Sendable, Hashable {
  /// The function's name without its modules.
  var name: String
  var positional: [PythonExpression]
  var named: [String: PythonExpression]
  /// The line of the name, from 1.
  var line: Int
}

extension PythonExpression {
  /// The value as a setting; a call gives its named arguments.
  func setting(line: Int?) -> Setting {
    switch self {
    case .number(let value): .scalar("\(value)", line: line)
    case .text(let text): .scalar(text, line: line)
    case .unknown(let code): .scalar(code, line: line)
    case .list(let values): .list(values.map { $0.setting(line: line) }, line: line)
    case .dictionary(let members): Self.table(members, line: line)
    case .call(let call) where call.named.isEmpty && !call.positional.isEmpty:
      .scalar("\(call.name)(…)", line: call.line)
    case .call(let call):
      .table(call.named.mapValues { $0.setting(line: call.line) }, line: call.line)
    }
  }

  private static func table(_ members: [PythonMember], line: Int?) -> Setting {
    var table: [String: Setting] = [:]
    for member in members {
      switch member.name {
      case .text(let name), .unknown(let name): table[name] = member.value.setting(line: line)
      case .number(let value): table["\(value)"] = member.value.setting(line: line)
      default: break
      }
    }
    return .table(table, line: line)
  }
}
