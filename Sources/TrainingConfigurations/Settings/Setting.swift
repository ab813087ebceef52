/// A value of a configuration, whatever syntax it was written in.
indirect enum Setting: Sendable, Hashable {
  /// A number, word or text as it was written, without quotes.
  case scalar(String, line: Int?)
  /// Values in order.
  case list([Setting], line: Int?)
  /// Values by name.
  case table([String: Setting], line: Int?)
  /// Two values of one name where only one can be meant: two launches in one script.
  case conflict(String, String, line: Int?)

  /// The line where the value stands, from 1; nil where it is not known.
  var line: Int? {
    switch self {
    case .scalar(_, let line), .list(_, let line), .table(_, let line),
      .conflict(_, _, let line):
      line
    }
  }

  /// The values by name; nil when it is no table.
  var members: [String: Setting]? {
    guard case .table(let members, _) = self else { return nil }
    return members
  }

  /// The text of a scalar; nil for a list or table, and for the words that mean nothing.
  var text: String? {
    guard case .scalar(let text, _) = self else { return nil }
    return ["", "null", "~", "none"].contains(text.lowercased()) ? nil : text
  }

  /// The value with each `{value: x}`, as Weights & Biases writes its `config.yaml`, replaced by x.
  var unwrapped: Setting {
    switch self {
    case .scalar, .conflict: return self
    case .list(let values, let line): return .list(values.map(\.unwrapped), line: line)
    case .table(let members, let line):
      let names = Set(members.keys)
      if let value = members["value"], names.subtracting(["value", "desc"]).isEmpty {
        return value.unwrapped
      }
      return .table(members.mapValues(\.unwrapped), line: line)
    }
  }

  /// The value with every line in it replaced: of text inside a value, where it stands.
  func placed(at line: Int?) -> Setting {
    switch self {
    case .scalar(let text, _): .scalar(text, line: line)
    case .list(let values, _): .list(values.map { $0.placed(at: line) }, line: line)
    case .table(let members, _): .table(members.mapValues { $0.placed(at: line) }, line: line)
    case .conflict(let first, let second, _): .conflict(first, second, line: line)
    }
  }

  /// The table with a value put at a path, which makes the tables on its way.
  ///
  /// A name on the way that is no table stays as it is.
  mutating func put(_ value: Setting, at path: some Collection<Substring>) {
    guard case .table(var members, let line) = self, let name = path.first else { return }
    let rest = path.dropFirst()
    if rest.isEmpty {
      members[String(name)] = value
    } else {
      var inner = members[String(name)] ?? .table([:], line: value.line)
      inner.put(value, at: rest)
      members[String(name)] = inner
    }
    self = .table(members, line: line)
  }

  /// The value at a path such as `optimizer.lr`; hyphens and underscores are the same.
  subscript(path: String) -> Setting? {
    var place = self
    for name in path.split(separator: ".") {
      guard let members = place.members,
        let next = members[String(name)]
          ?? members[String(name.map { $0 == "_" ? "-" : $0 })]
          ?? members[String(name.map { $0 == "-" ? "_" : $0 })]
      else { return nil }
      place = next
    }
    return place
  }
}
