/// Finds the series in a JSON document of any layout: objects of lists (`{"step": […], "loss": […]}`),
/// lists of objects (`[{"step": 1, "loss": 2.5}, …]`), lists of pairs (`[[1, 2.5], …]`).
struct JSONDocumentReader {
  /// An object or list that is open.
  private struct Frame {
    var name: String
    var isObject: Bool
    var lists = JSONLists()
    var label: String?
    var count = 0
    /// The values of members that are named 0, 1, 2, …, as pandas writes a column.
    var rows: [Double] = []
    /// Whether there is another member.
    var hasOther = false
  }

  private let file: JSONFile
  private var frames: [Frame] = []
  private var key = ""
  private var place = (offset: 0, line: 1)
  /// How many lists of objects without a loss are open.
  private var probes = 0

  /// What was found.
  private(set) var parts: [JSONPart] = []
  /// Names of lists of numbers without a loss beside them.
  private(set) var otherLists: [String] = []
  /// Losses that have no step, although there are steps.
  private(set) var unplaced: [String] = []
  /// Single values outside lists.
  private(set) var metadata: [(name: String, value: String)] = []

  private static let mostProbes = 8
  private static let mostMetadata = 500
  private static let labels: Set<String> = ["name", "run", "run_name", "label"]

  /// Starts before the text's beginning.
  init(_ file: JSONFile) { self.file = file }

  /// Reads the document.
  ///
  /// - Returns: why it is no JSON, if so; what stands before that place was read.
  mutating func read(_ scanner: inout JSONScanner) -> JSONScanner.Failure? {
    repeat {
      switch scanner.next() {
      case .key:
        key = JSONText.string(scanner)
        noteMember()
      case .beginObject: frames.append(Frame(name: nextName(), isObject: true))
      case .endObject, .endArray: if let frame = frames.popLast() { close(frame) }
      case .beginArray: takeArray(&scanner, nextName())
      case .number:
        takeRow(scanner.number)
        note(NumberText.short(scanner.number))
      case .string: noteText(JSONText.string(scanner))
      case .null: takeRow(RowTable.missing)
      case .boolean: continue
      case .end, .failure: return scanner.failure
      }
    } while scanner.depth > 0
    return scanner.failure
  }

  /// The name of the value that begins: its key, or its number in a list.
  private mutating func nextName() -> String {
    guard let last = frames.indices.last else { return "" }
    if frames[last].isObject { return key }
    frames[last].count += 1
    return "\(frames[last].count)"
  }

  private var path: [String] { frames.dropFirst().map(\.name) }

  private mutating func takeArray(_ scanner: inout JSONScanner, _ name: String) {
    var ahead = scanner
    switch ahead.next() {
    case .number, .string, .null:
      if let list = JSONNumbers.list(&scanner), !list.isEmpty {
        let own = frames.isEmpty ? "loss" : name
        if let last = frames.indices.last, frames[last].isObject {
          frames[last].lists.add(own, list)
        } else {
          add(JSONLists.table([(own, list, nil)]), path: path)
        }
      }
      return
    case .beginArray:
      var attempt = scanner
      if let table = JSONPairs.table(&attempt, named: frames.isEmpty ? "loss" : name) {
        scanner = attempt
        return add(table, path: path)
      }
    case .beginObject: if takeObjects(&scanner, name) { return }
    default: break
    }
    frames.append(Frame(name: name, isObject: false))
  }

  /// Takes a list of objects when they have a loss.
  private mutating func takeObjects(_ scanner: inout JSONScanner, _ name: String) -> Bool {
    guard probes < Self.mostProbes, !JSONNumbers.areLosses(inObjectOf: scanner) else {
      return false
    }
    var attempt = scanner
    var writer = JSONRecordWriter()
    var table = RecordTable()
    let start = place
    let isWhole = writer.takeArray(&attempt, of: file, place: &place, into: &table)
    writer.finish(into: &table)
    guard writer.hasMetLoss else {
      place = start
      probes += 1
      return false
    }
    add(table, path: path + (frames.isEmpty ? [] : [name]))
    scanner = attempt
    return isWhole || scanner.failure != nil
  }

  /// Notes whether a member's name is the number of the next row.
  private mutating func noteMember() {
    guard let last = frames.indices.last, !frames[last].hasOther else { return }
    frames[last].hasOther = Int(key) != frames[last].rows.count
  }

  private mutating func takeRow(_ value: Double) {
    guard let last = frames.indices.last, frames[last].isObject, !frames[last].hasOther else {
      return
    }
    frames[last].rows.append(value)
  }

  private mutating func close(_ frame: Frame) {
    if frame.isObject, !frame.hasOther, frame.rows.count > 1, let last = frames.indices.last,
      frames[last].isObject
    {
      return frames[last].lists.add(frame.name, frame.rows)
    }
    if !frame.isObject, probes > 0 { probes -= 1 }
    guard !frame.lists.isEmpty else { return }
    let path = frames.isEmpty ? [] : path + [frame.name]
    let (tables, unplaced) = frame.lists.tables(in: path)
    self.unplaced += unplaced
    // A curve's name is its own and not that of a run.
    let isCurve = frame.lists.isCurve
    for table in tables {
      add(table, path: isCurve ? [] : path, label: isCurve ? nil : frame.label)
    }
  }

  private mutating func add(_ table: RecordTable, path: [String], label: String? = nil) {
    let part = JSONPart(
      path: path, label: label ?? frames.last { $0.label != nil }?.label, table: table)
    if part.hasSeries {
      parts.append(part)
    } else {
      otherLists += table.columns.map(\.name)
    }
  }

  private mutating func noteText(_ text: String) {
    if let last = frames.indices.last, frames[last].isObject, Self.labels.contains(key) {
      frames[last].label = text
    }
    note(text)
  }

  private mutating func note(_ value: @autoclosure () -> String) {
    guard metadata.count < Self.mostMetadata, frames.allSatisfy(\.isObject), !frames.isEmpty else {
      return
    }
    metadata.append(((path + [key]).joined(separator: "."), value()))
  }
}

/// Lists of short lists of numbers.
enum JSONPairs {
  /// The records of `[[step, value], …]`, or of `[[time, step, value], …]` as TensorBoard writes them.
  ///
  /// - Returns: nil when the list, whose opening bracket was taken, is another one.
  static func table(_ scanner: inout JSONScanner, named name: String) -> RecordTable? {
    var columns: [[Double]] = []
    while scanner.next() == .beginArray {
      guard let row = JSONNumbers.list(&scanner), 2...3 ~= row.count else { return nil }
      if columns.isEmpty { columns = row.map { _ in [] } }
      guard columns.count == row.count else { return nil }
      for (index, value) in row.enumerated() { columns[index].append(value) }
    }
    guard scanner.failure == nil, let value = columns.last else { return nil }
    let step = ("step", columns[columns.count - 2], StatedMeaning.step(rank: 0))
    let times = columns.count == 3 ? [("wall time", columns[0], StatedMeaning.other)] : []
    return JSONLists.table(times + [step, (name, value, nil)])
  }
}
