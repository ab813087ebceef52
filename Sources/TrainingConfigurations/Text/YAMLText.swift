import Yams

/// Reads YAML, and JSON as a part of it.
enum YAMLText {
  /// How many values a text may come to when its aliases are followed.
  private static let valueLimit = 200_000
  /// How deep values may lie in one another.
  private static let depthLimit = 100

  /// The settings of a text: a table.
  static func settings(of text: String) throws(ConfigurationError) -> Setting {
    let node: Node?
    do {
      node = try compose(yaml: text)
    } catch let error as YamlError {
      throw ConfigurationError(
        .unreadable, "this is no YAML or JSON: \(reason(error))", line: line(error))
    } catch {
      throw ConfigurationError(.unreadable, "this is no YAML or JSON: \(error)")
    }
    guard let node else { throw ConfigurationError(.unreadable, "the text is empty") }
    guard node.mapping != nil else {
      throw ConfigurationError(
        .unreadable, "this holds no 'name: value' settings; give a configuration or --from FORMAT")
    }
    var budget = valueLimit
    return try setting(node, depth: 0, budget: &budget)
  }

  private static func setting(
    _ node: Node, depth: Int, budget: inout Int
  ) throws(ConfigurationError) -> Setting {
    let line = node.mark?.line
    budget -= 1
    guard budget >= 0 else {
      throw ConfigurationError(
        .unreadable, "the text comes to more than \(valueLimit) values, its aliases followed",
        line: line)
    }
    guard depth <= depthLimit else {
      throw ConfigurationError(
        .unreadable, "values lie more than \(depthLimit) deep in one another", line: line)
    }
    switch node {
    case .scalar(let scalar):
      return .scalar(scalar.string, line: line)
    case .sequence(let values):
      var list: [Setting] = []
      for value in values {
        list.append(try setting(value, depth: depth + 1, budget: &budget))
      }
      return .list(list, line: line)
    case .mapping(let mapping):
      var members: [String: Setting] = [:]
      for (key, value) in mapping {
        guard let name = key.string else { continue }
        members[name] = try setting(value, depth: depth + 1, budget: &budget)
      }
      // YAML's `<<: *base` gives what the table itself does not.
      if let base = members.removeValue(forKey: "<<")?.members {
        members.merge(base) { own, _ in own }
      }
      return .table(members, line: line)
    case .alias:
      throw ConfigurationError(.unreadable, "an alias stands for nothing", line: line)
    }
  }

  private static func line(_ error: YamlError) -> Int? {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  private static func reason(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    case .reader(let problem, _, _, _): problem
    case .duplicatedKeysInMapping(let keys, _):
      "\(keys.prefix(3).map { "'\($0)'" }.joined(separator: ", ")) stands twice in one table"
    default: "\(String("\(error)".prefix(200)))"
    }
  }
}
