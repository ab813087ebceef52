/// What the cells of a notebook have printed and shown.
struct NotebookOutputs {
  /// The text, one output after the other.
  private(set) var text: [UInt8] = []
  /// The tables.
  private(set) var tables: [HTMLTable] = []

  /// Takes the notebook.
  ///
  /// - Returns: why it is no JSON, if so; what stands before that place was taken.
  mutating func take(_ scanner: inout JSONScanner) -> JSONScanner.Failure? {
    _ = scanner.next()
    var key = ""
    // How many containers are open where the outputs of a cell begin; 0: outside.
    var outputs = 0
    while scanner.depth > 0 {
      switch scanner.next() {
      case .key:
        key = JSONText.string(scanner)
        // A cell's source has texts, too.
        guard key == "outputs" || outputs > 0, scanner.depth <= 12 else { continue }
        if key == "outputs" { outputs = scanner.depth }
      case .string: if outputs > 0 { add(key, JSONText.bytes(scanner)) }
      case .beginArray: if outputs > 0, Self.isText(key) { takeLines(&scanner, key) }
      case .endObject: if scanner.depth < outputs { outputs = 0 }
      case .failure: return scanner.failure
      default: continue
      }
    }
    return nil
  }

  /// Whether a member has an output's text: `text` of streams, else a type of content.
  private static func isText(_ key: String) -> Bool {
    key == "text" || key == "text/plain" || key == "text/html"
  }

  /// Takes a text that is given as a list of lines.
  private mutating func takeLines(_ scanner: inout JSONScanner, _ key: String) {
    var lines: [UInt8] = []
    while scanner.next() == .string { lines += JSONText.bytes(scanner) }
    add(key, lines)
  }

  private mutating func add(_ key: String, _ bytes: [UInt8]) {
    switch key {
    case "text", "text/plain":
      text += bytes
      if bytes.last != Ascii.lineFeed, key == "text/plain" { text.append(Ascii.lineFeed) }
    case "text/html": tables += HTMLTable.tables(in: bytes)
    default: break
    }
  }
}
