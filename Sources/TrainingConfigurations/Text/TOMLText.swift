import TOMLKit

/// Reads TOML.
enum TOMLText {
  /// The settings of a text, a table; the lines of its values are not known.
  static func settings(of text: String) throws(ConfigurationError) -> Setting {
    do {
      return setting(try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      throw ConfigurationError(
        .unreadable, "this is no TOML: \(error.description)", line: Int(error.source.begin.line))
    } catch {
      throw ConfigurationError(.unreadable, "this is no TOML: \(error)")
    }
  }

  private static func setting(_ table: TOMLTable) -> Setting {
    var members: [String: Setting] = [:]
    for (name, value) in table { members[name] = setting(value) }
    return .table(members, line: nil)
  }

  private static func setting(_ value: any TOMLValueConvertible) -> Setting {
    if let table = value.table { return setting(table) }
    if let array = value.array { return .list(array.map { setting($0) }, line: nil) }
    if let text = value.string { return .scalar(text, line: nil) }
    if let flag = value.bool { return .scalar("\(flag)", line: nil) }
    if let whole = value.int { return .scalar("\(whole)", line: nil) }
    if let number = value.double { return .scalar("\(number)", line: nil) }
    return .scalar("\(value.debugDescription)", line: nil)
  }
}
