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
      if field.number == 1, let item = Item(message), let value = number(item.json) {
        records.set(column(item.name, &records), value)
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

  /// The number of a JSON text; wandb writes what is not finite as text in quotes.
  private mutating func number(_ json: UnsafeRawBufferPointer?) -> Double? {
    guard var json, json.count <= 400 else { return nil }
    if json.count > 2, json.first == Ascii.quote, json.last == Ascii.quote {
      json = UnsafeRawBufferPointer(rebasing: json[1..<json.count - 1])
    }
    switch json {
    case _ where json.elementsEqual("NaN".utf8): return .nan
    case _ where json.elementsEqual("Infinity".utf8): return .infinity
    case _ where json.elementsEqual("-Infinity".utf8): return -.infinity
    default: break
    }
    scratch.removeAll(keepingCapacity: true)
    scratch += json
    scratch.append(0)
    return scratch.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress,
        let found = NumberParser.number(in: base, from: 0, separator: Ascii.dot),
        found.end == text.count - 1
      else { return nil }
      return found.value
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
    guard let counter = columns["_step"], counter >= 0 else { return }
    let own = records.columns.indices.filter { index in
      guard index != counter, case .step = ColumnNames.meaning(of: records.columns[index].name)
      else { return false }
      return true
    }
    let losses = lossRecords(records)
    for index in own where !Self.stands(records.columns[index], beside: losses) {
      records.state(index, .other)
    }
  }

  /// Whether each record has a loss.
  private func lossRecords(_ records: RecordTable) -> [Bool] {
    var hasLoss = Array(repeating: false, count: records.count)
    for column in records.columns {
      guard case .series(let role, _, _) = ColumnNames.meaning(of: column.name), role.isLoss else {
        continue
      }
      for place in column.values.indices { hasLoss[column.record(of: place)] = true }
    }
    return hasLoss
  }

  /// Whether a step stands beside nine of ten losses and goes back in fewer than one of twenty.
  private static func stands(_ column: RecordTable.Column, beside hasLoss: [Bool]) -> Bool {
    let placed = column.values.indices.count { hasLoss[column.record(of: $0)] }
    let descents = zip(column.values, column.values.dropFirst()).count { $1 < $0 }
    return placed * 10 >= hasLoss.count(where: { $0 }) * 9 && descents * 20 <= column.values.count
  }
}
