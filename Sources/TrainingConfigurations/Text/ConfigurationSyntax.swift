/// The syntaxes that configurations are written in.
enum ConfigurationSyntax: String, CaseIterable {
  case yaml = "YAML or JSON"
  case toml = "TOML"
  case flags = "command-line flags"
  case python = "Python"

  /// The largest text of settings or code that is read, in bytes.
  static let sizeLimit = 1_000_000

  /// What a text seems to be written in.
  init(of text: String) {
    let lines = text.split(whereSeparator: \.isNewline).lazy
      .map { $0.drop { $0.isWhitespace } }.filter { !$0.isEmpty && $0.first != "#" }
    guard let first = lines.first else {
      self = .yaml
      return
    }
    if first.first == "{" {
      self = .yaml
    } else if Self.isTable(first) || lines.contains(where: Self.isTable) {
      self = .toml
    } else if lines.count(where: Self.hasFlag) > lines.count(where: Self.isMember) {
      self = .flags
    } else if lines.contains(where: Self.isPython), !lines.contains(where: Self.isMember) {
      self = .python
    } else {
      self = .yaml
    }
  }

  /// `[section]` on a line of its own.
  private static func isTable(_ line: Substring) -> Bool {
    guard line.first == "[", let end = line.lastIndex(of: "]") else { return false }
    let name = line[line.index(after: line.startIndex)..<end]
    // What follows may be a comment; in a shell script it is a command.
    let rest = line[line.index(after: end)...].drop { $0.isWhitespace }
    guard rest.isEmpty || rest.first == "#", !name.contains(" -") else { return false }
    return !name.isEmpty
      && name.allSatisfy { $0.isLetter || $0.isNumber || "._-[]\" ".contains($0) }
      && name.contains(where: \.isLetter)
  }

  /// A word that begins with `--`, or with `-` and a letter.
  private static func hasFlag(_ line: Substring) -> Bool {
    line.split { $0.isWhitespace || "\"'(=".contains($0) }.contains { word in
      guard word.first == "-" else { return false }
      let name = word.drop { $0 == "-" }
      return word.count - name.count <= 2 && name.first?.isLetter == true
    }
  }

  /// `name = …`, `name: type = …`, or a call.
  private static func isPython(_ line: Substring) -> Bool {
    let name = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    var rest = line[name.endIndex...].drop { $0 == " " }
    if rest.first == ":" {
      rest = rest.dropFirst().drop { $0.isLetter || $0.isNumber || "_.[] ".contains($0) }
      return !name.isEmpty && rest.first == "="
    }
    return !name.isEmpty && (rest.first == "=" || rest.first == "(")
  }

  /// `name: …`, with a name that YAML allows bare.
  private static func isMember(_ line: Substring) -> Bool {
    let name = line.prefix { $0.isLetter || $0.isNumber || "_-./".contains($0) }
    let rest = line[name.endIndex...]
    guard !["else", "try", "finally"].contains(name) else { return false }
    return !name.isEmpty && rest.first == ":" && (rest.dropFirst().first.map { $0 == " " } ?? true)
      && !rest.contains("=")
  }
}
