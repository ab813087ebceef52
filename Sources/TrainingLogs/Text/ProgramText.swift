/// Tells printed source code and sentences of tracebacks from records.
enum ProgramText {
  private static let beginnings: [StaticString] = [
    "def ", "return", "if ", "elif ", "for ", "while ", "print", "import ", "from ", "assert ",
    "raise ", "self.", "#", "//", "class ", "with ", "File ", "logger.", "logging.", "+ ",
  ]

  /// Whether a line is code.
  static func isProgram(_ line: TextLine) -> Bool {
    let start = line.afterBlanks(0)
    for word in beginnings where line.has(word, at: start) { return true }
    guard line.find("(") != nil else { return false }
    let calls: [StaticString] = [
      "print(", "print0(", "format(", "f\"", "f'", "info(", "def ", "log(",
    ]
    return calls.contains { line.find($0) != nil }
  }
}
