/// Fills records from wandb's messages.
///
/// Source: wandb/proto/wandb_internal.proto (field numbers).
struct WandbTable {
  /// Messages taken.
  private(set) var messages = 0
  private var columns: [String: Int] = [:]
  private var scratch: [UInt8] = []

  /// More settings than this are not kept, nor longer ones.
  private static let mostMetadata = 2000
  private static let longestMetadata = 200
  /// Objects that are deeper or larger hold no metrics.
  private static let mostDepth = 8
  private static let mostMembers = 1000

  /// An item of a history, a summary or a configuration.
  private struct Item {
    var name = ""
    var json: UnsafeRawBufferPointer?

    /// Reads a key or a path of keys and the value's JSON.
    init?(_ bytes: UnsafeRawBufferPointer) {
      var path: [String] = []
      var fields = WireReader(bytes)
      while let field = fields.next() {
        switch field.number {
        case 1, 2: if let key = field.value.text, !key.isEmpty { path.append(key) }
        case 16: json = field.value.message
        default: break
        }
      }
      guard !fields.isDamaged, !path.isEmpty, path.count <= 64 else { return nil }
      name = path.joined(separator: ".")
    }
  }

  /// Takes a message.
  ///
  /// - Returns: whether the bytes are one.
  mutating func take(_ bytes: UnsafeRawBufferPointer, into records: inout RecordTable) -> Bool {
    messages += 1
    var fields = WireReader(bytes)
    while let field = fields.next() {
      guard let message = field.value.message else { continue }
      switch field.number {
      case 2: takeHistory(message, &records)
      case 3: takeItems(message, prefix: "summary.", &records)
      case 5: takeItems(message, prefix: "", &records)
      case 17: takeRun(message, &records)
      default: break
      }
    }
    return !fields.isDamaged
  }

  /// Takes the metrics of a call of `log`.
  private mutating func takeHistory(
    _ history: UnsafeRawBufferPointer, _ records: inout RecordTable
  ) {
    records.begin(line: 0)
    var fields = WireReader(history)
    while let field = fields.next() {
      guard let message = field.value.message else { continue }
      if field.number == 1, let item = Item(message), let json = item.json {
        takeValue(json, name: item.name, &records)
      } else if field.number == 2, let step = Self.integer(message, field: 1) {
        records.set(column("_step", &records), Double(Int64(bitPattern: step)))
      }
    }
  }

  private mutating func column(_ name: String, _ records: inout RecordTable) -> Int {
    if let known = columns[name] { return known }
    let column = records.column(name)
    columns[name] = column
    return column
  }

  private static func integer(_ message: UnsafeRawBufferPointer, field: Int) -> UInt64? {
    var number: UInt64?
    var fields = WireReader(message)
    while let next = fields.next() {
      if next.number == field { number = next.value.number }
    }
    // Zero is not written.
    return fields.isDamaged ? nil : number ?? 0
  }

  /// Sets the number of a JSON text, or the numbers of an object by names as in `train.loss`.
  private mutating func takeValue(
    _ json: UnsafeRawBufferPointer, name: String, _ records: inout RecordTable
  ) {
    scratch.removeAll(keepingCapacity: true)
    scratch += json
    scratch.append(0)
    let found = scratch.withUnsafeBufferPointer { text in
      var scanner = JSONScanner(UnsafeBufferPointer(rebasing: text.dropLast()))
      return Self.numbers(&scanner, name: name)
    }
    for (name, value) in found { records.set(column(name, &records), value) }
  }

  /// The numbers of a value; wandb writes what is not finite as text.
  ///
  /// Objects of media and histograms say what they are by `_type` and hold no metrics.
  private static func numbers(
    _ scanner: inout JSONScanner, name: String
  ) -> [(name: String, value: Double)] {
    var found: [(name: String, value: Double)] = []
    var path = [name]
    while true {
      let token = scanner.next()
      let depth = scanner.depth
      switch token {
      case .key:
        path = Array(path.prefix(depth))
        let key = JSONText.string(scanner)
        if key == "_type" { return [] }
        path.append(key)
      case .number: found.append((path.joined(separator: "."), scanner.number))
      case .string:
        let value = JSONWord.quotedNumber(scanner.rawText)
        if let value { found.append((path.joined(separator: "."), value)) }
      case .beginArray: guard scanner.skipContainer() else { return [] }
      case .beginObject: guard depth <= mostDepth else { return [] }
      case .endObject, .null, .boolean, .endArray: break
      case .end: return found
      case .failure: return []
      }
      if found.count > mostMembers { return [] }
    }
  }

  // What is known of the run.

  private func takeRun(_ run: UnsafeRawBufferPointer, _ records: inout RecordTable) {
    let names = [1: "run_id", 3: "project", 8: "name"]
    var fields = WireReader(run)
    while let field = fields.next() {
      guard let message = field.value.message else { continue }
      if field.number == 4 { takeItems(message, prefix: "", &records) }
      if let name = names[field.number], let text = field.value.text {
        note(name, text, &records)
      }
    }
  }

  private func takeItems(
    _ message: UnsafeRawBufferPointer, prefix: String, _ records: inout RecordTable
  ) {
    var fields = WireReader(message)
    while let field = fields.next() {
      guard field.number == 1, let bytes = field.value.message, let item = Item(bytes),
        let json = item.json, !item.name.hasPrefix("_")
      else { continue }
      note(prefix + item.name, String(decoding: json, as: UTF8.self), &records)
    }
  }

  private func note(_ name: String, _ value: String, _ records: inout RecordTable) {
    guard !value.isEmpty, value.utf8.count <= Self.longestMetadata else { return }
    if let index = records.metadata.lastIndex(where: { $0.name == name }) {
      records.metadata[index].value = value
    } else if records.metadata.count < Self.mostMetadata {
      records.metadata.append((name, value))
    }
  }

  /// Chooses between `_step` and a step that the user logged.
  func finish(_ records: inout RecordTable) {
    CommitCounter.judge(&records)
  }
}
