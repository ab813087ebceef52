/// Reads command-line flags, alone or out of a shell script.
enum FlagText {
  /// The flags of a text by name: `--lr 3e-4`, `--optimizer.lr=3e-4`, `-l 6e-4`.
  ///
  /// A name with points makes tables, and a flag without a value is `true`. A flag with two values
  /// is a conflict, and a variable with two values is not followed: which one is meant depends on
  /// the script's run.
  static func settings(of text: String) -> Setting {
    var variables = ShellVariables()
    var words: [ShellWord] = []
    for word in ShellWords.words(of: text) {
      guard let (name, value) = assignment(word) else {
        words.append(word)
        continue
      }
      variables.set(name, to: value)
      if let inner = word.quoted, inner.contains("-") {
        // ARGS="--lr 3e-4 …": the flags stand in the variable.
        for var flag in ShellWords.words(of: inner) {
          flag.line += word.line - 1
          words.append(flag)
        }
      }
    }
    return table(words, variables)
  }

  private static func table(_ words: [ShellWord], _ variables: ShellVariables) -> Setting {
    var settings = Setting.table([:], line: nil)
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      guard isFlag(word.text) else { continue }
      let bare = word.text.drop { $0 == "-" }
      var values: [String] = []
      let name: Substring
      if let mark = bare.firstIndex(of: "=") {
        name = bare[..<mark]
        values = [String(bare[bare.index(after: mark)...])]
      } else {
        name = bare
        let limit = listFlags.contains(String(bare)) ? 8 : 1
        while index < words.count, values.count < limit, !isFlag(words[index].text) {
          values.append(words[index].text)
          index += 1
        }
      }
      let path = name.split(separator: ".")
      guard !path.isEmpty else { continue }
      let scalars = values.map { Setting.scalar(variables.expanded($0), line: word.line) }
      let value =
        scalars.count > 1
        ? Setting.list(scalars, line: word.line)
        : scalars.first ?? .scalar("true", line: word.line)
      settings.put(conflict(settings[String(name)], value) ?? value, at: path)
    }
    return settings
  }

  /// What stands for two values that differ; nil where they are the same or only one is there.
  private static func conflict(_ earlier: Setting?, _ later: Setting) -> Setting? {
    if case .conflict? = earlier { return earlier }
    guard let first = earlier.flatMap(words), let second = words(later), first != second else {
      return nil
    }
    return .conflict(first, second, line: later.line)
  }

  private static func words(_ setting: Setting) -> String? {
    switch setting {
    case .scalar(let text, _): text
    case .list(let values, _): values.compactMap(words).joined(separator: " ")
    case .table, .conflict: nil
    }
  }

  /// The flags that take several values.
  private static let listFlags: Set<String> = ["rampup-batch-size"]

  /// Whether a word is a flag, rather than a value such as -0.5.
  private static func isFlag(_ word: String) -> Bool {
    guard word.first == "-" else { return false }
    let name = word.drop { $0 == "-" }
    return word.count - name.count <= 2 && (name.first.map { $0.isLetter || $0 == "_" } ?? false)
  }

  /// `NAME=value`, outside flags.
  private static func assignment(_ word: ShellWord) -> (name: String, value: String)? {
    guard let mark = word.text.firstIndex(of: "="), word.text.first != "-" else { return nil }
    let name = word.text[..<mark].drop { $0 == "+" }
    guard let first = name.first, first.isLetter || first == "_",
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "+" })
    else { return nil }
    return (String(name.filter { $0 != "+" }), String(word.text[word.text.index(after: mark)...]))
  }
}

/// The variables of a shell script.
struct ShellVariables {
  private var values: [String: String] = [:]
  /// The names that were set to different values.
  private var ambiguous: Set<String> = []

  /// Sets a variable; one that has another value already is not followed any more.
  mutating func set(_ name: String, to value: String) {
    if let earlier = values[name], !earlier.isEmpty, earlier != value { ambiguous.insert(name) }
    values[name] = value
  }

  private func value(_ name: String) -> String? { ambiguous.contains(name) ? nil : values[name] }

  /// A text with `$NAME`, `${NAME}`, `${NAME:-usual}` and `$((…))` worked out where that can be.
  func expanded(_ text: String) -> String { expanded(text, depth: 0) }

  private func expanded(_ text: String, depth: Int) -> String {
    guard depth < 8, text.contains("$"), text.count < 10_000 else { return text }
    if text.hasPrefix("$(("), text.hasSuffix("))") {
      let inner = text.dropFirst(3).dropLast(2)
      return arithmetic(String(inner), depth: depth) ?? text
    }
    guard let name = wholeName(text) else { return text }
    let parts = name.split(separator: ":", maxSplits: 1)
    let bare = String(parts.first ?? "")
    let usual = parts.count > 1 && parts[1].first == "-" ? String(parts[1].dropFirst()) : nil
    guard !ambiguous.contains(bare), let value = values[bare] ?? usual else { return text }
    return expanded(value, depth: depth + 1)
  }

  /// The name when a text is one variable: `$NAME` or `${NAME…}`.
  private func wholeName(_ text: String) -> String? {
    guard text.first == "$" else { return nil }
    let rest = text.dropFirst()
    if rest.first == "{", rest.last == "}" { return String(rest.dropFirst().dropLast()) }
    let isName = rest.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isName && !rest.isEmpty ? String(rest) : nil
  }

  /// Whole-number arithmetic, in which bare names are variables too.
  private func arithmetic(_ text: String, depth: Int) -> String? {
    var code = ""
    for token in PythonLexer.tokens(of: text.filter { !"${}".contains($0) }) {
      guard token.kind == .name else {
        // The shell's division drops the remainder.
        code += token.text == "/" ? "//" : token.text
        continue
      }
      guard let value = value(token.text) else { return nil }
      code += "(" + expanded(value, depth: depth + 1) + ")"
    }
    guard case .number(let value)? = PythonProgram(code).statements.first?.value else { return nil }
    return Int(exactly: value).map { "\($0)" }
  }
}
