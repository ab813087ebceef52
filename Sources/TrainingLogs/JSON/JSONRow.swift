/// What one object says: numbers by their names, not yet a record.
struct JSONRow {
  /// A text that says something of the record.
  struct Text {
    var role: JSONKeyMeaning.Role
    /// The bytes between the quotes; valid as long as the scanned bytes.
    var raw: UnsafeBufferPointer<UInt8>
    var hasEscapes: Bool

    var string: String { JSONText.string(raw, hasEscapes: hasEscapes) }
  }

  /// The numbers and the nodes of their names.
  var values: [(node: Int, value: Double)] = []
  /// Texts of a special role.
  var texts: [Text] = []
  /// The first numbers of a list that is the step: epoch, step in it, steps an epoch (DLLogger).
  var stepList: (node: Int, numbers: [Double])?
  /// Whether there is a loss.
  var hasLoss = false
  /// Whether it tells of the whole run: a summary at its end, or parameters.
  var isOfWholeRun = false

  /// Empties it.
  mutating func clear() {
    values.removeAll(keepingCapacity: true)
    if !texts.isEmpty { texts.removeAll(keepingCapacity: true) }
    stepList = nil
    hasLoss = false
    isOfWholeRun = false
  }
}

/// Reads objects into rows.
struct JSONRowReader {
  /// The names met so far.
  private(set) var keys = JSONKeys()
  /// The object that was read last.
  private(set) var row = JSONRow()
  private var path: [Int] = []

  /// Reads an object whose opening brace was taken.
  ///
  /// - Returns: false on a failure of the scanner.
  mutating func read(_ scanner: inout JSONScanner) -> Bool {
    row.clear()
    path.removeAll(keepingCapacity: true)
    var object = JSONKeys.root
    var node = object
    keys.restart(object)
    while true {
      switch scanner.next() {
      case .key: node = keys.child(of: object, named: scanner)
      case .number: add(scanner.number, node)
      case .string: addText(scanner, node)
      case .null, .boolean: break
      case .beginObject:
        path.append(object)
        object = node
        keys.restart(object)
      case .endObject:
        guard let outer = path.popLast() else { return true }
        object = outer
      case .beginArray:
        guard takeArray(&scanner, node) else { return false }
      case .endArray, .end, .failure: return false
      }
    }
  }

  /// Notes the column of a name.
  mutating func setColumn(_ column: Int, of node: Int) { keys.setColumn(column, of: node) }

  @inline(__always)
  private mutating func add(_ value: Double, _ node: Int) {
    guard node >= 0 else { return }
    row.values.append((node, value))
    if keys.nodes[node].meaning.isLoss { row.hasLoss = true }
    if keys.nodes[node].meaning.role == .summaryMark { row.isOfWholeRun = true }
  }

  /// Takes a string that is a number, or one that says something of the record.
  private mutating func addText(_ scanner: borrowing JSONScanner, _ node: Int) {
    guard node >= 0 else { return }
    let role = keys.nodes[node].meaning.role
    let raw = scanner.rawText
    if role == .metricName || role == .run || role == .mode {
      row.texts.append(JSONRow.Text(role: role, raw: raw, hasEscapes: scanner.hasEscapes))
    } else if let value = JSONWord.quotedNumber(raw, mayHaveSlash: role == .stepOfSteps) {
      add(value, node)
    } else if keys.nodes[node].meaning.isStep {
      // DLLogger's `"step": "PARAMETER"`.
      row.isOfWholeRun = true
    }
  }

  /// Takes an array: of the learning rates of parameter groups the first, of a step the first three
  /// numbers.
  private mutating func takeArray(_ scanner: inout JSONScanner, _ node: Int) -> Bool {
    guard node >= 0 else { return scanner.skipContainer() }
    let meaning = keys.nodes[node].meaning
    guard meaning.isLearningRate || meaning.isStep else { return scanner.skipContainer() }
    var numbers: [Double] = []
    loop: while true {
      switch scanner.next() {
      case .number: if numbers.count < 3 { numbers.append(scanner.number) }
      case .string, .null, .boolean: break
      case .beginArray, .beginObject: guard scanner.skipContainer() else { return false }
      case .endArray: break loop
      case .key, .endObject, .end, .failure: return false
      }
    }
    if meaning.isStep {
      row.stepList = (node, numbers)
      if numbers.isEmpty { row.isOfWholeRun = true }
    } else if let first = numbers.first {
      add(first, node)
    }
    return true
  }
}

extension JSONWord {
  /// The number that the text of a string is, if it is one.
  ///
  /// A byte that is part of no number follows the text: its quote.
  static func quotedNumber(
    _ raw: UnsafeBufferPointer<UInt8>, mayHaveSlash: Bool = false
  ) -> Double? {
    guard let base = raw.baseAddress, !raw.isEmpty, raw.count <= 400 else { return nil }
    var (start, end) = (0, raw.count)
    while start < end, raw[start] == Ascii.space { start += 1 }
    while start < end, raw[end - 1] == Ascii.space { end -= 1 }
    guard start < end else { return nil }
    if let found = NumberParser.number(in: base, from: start, separator: Ascii.dot) {
      if found.end == end { return found.value }
      return mayHaveSlash && raw[found.end] == UInt8(ascii: "/") ? found.value : nil
    }
    return number(UnsafeBufferPointer(rebasing: raw[start..<end]))
  }
}
