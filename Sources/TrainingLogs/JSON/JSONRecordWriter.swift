/// Makes records of the objects that a log is made of, whatever framework wrote them.
struct JSONRecordWriter {
  private var reader = JSONRowReader()
  /// Rows before the first loss: settings of the run, or records of other quantities.
  private var leading: [(line: Int, values: [(node: Int, value: Double)])] = []
  private var hasStarted = false
  /// Whether a loss was among the records.
  private(set) var hasMetLoss = false
  private var epochs = JSONEpochs()
  private var runName: [UInt8] = []

  /// So many rows without a loss before the first one are kept back at most.
  private static let mostLeading = 1000

  /// Whether the last object had a loss.
  var hasLoss: Bool { reader.row.hasLoss }
  /// Whether the last object is a metric's name and value.
  var isLongForm: Bool { metricName != nil && metricValue != nil }

  /// Reads an object whose opening brace was taken; its numbers are a record only when ``commit`` says.
  ///
  /// - Returns: false on a failure of the scanner.
  mutating func read(_ scanner: inout JSONScanner) -> Bool { reader.read(&scanner) }

  /// Adds the record of the object that was read last.
  mutating func commit(line: Int, to records: inout RecordTable) {
    if reader.row.hasLoss || isLongForm { hasMetLoss = true }
    guard !reader.row.isOfWholeRun else { return }
    if !reader.row.texts.isEmpty, commitTexts(line: line, to: &records) { return }
    guard !reader.row.values.isEmpty else { return }
    if !hasStarted, !reader.row.hasLoss {
      guard leading.count >= Self.mostLeading else {
        return leading.append((line, placed(reader.row)))
      }
    }
    if !hasStarted { start(&records) }
    let values = placed(reader.row)
    add(values, line: line, to: &records)
    if let epoch = epochs.listedEpoch { records.set(records.column("epoch"), epoch) }
  }

  /// Adds what was kept back when everything was read.
  mutating func finish(into records: inout RecordTable) {
    if !hasStarted { start(&records) }
    epochs.finish(&records)
    CommitCounter.judge(&records)
  }

  /// The row's values with its step set as the framework means it.
  private mutating func placed(_ row: JSONRow) -> [(node: Int, value: Double)] {
    epochs.placed(row, keys: reader.keys)
  }

  /// Adds the rows that were kept back, those aside that lack the step of the first row with a loss
  /// or have nothing else: they are settings.
  private mutating func start(_ records: inout RecordTable) {
    hasStarted = true
    let step = reader.row.hasLoss ? stepNode(reader.row.values) : nil
    for row in leading {
      let isRecord = step == nil || row.values.contains { $0.node == step }
      guard isRecord, row.values.contains(where: { !isPlace($0.node) }) else { continue }
      add(row.values, line: row.line, to: &records)
    }
    leading = []
  }

  private func isPlace(_ node: Int) -> Bool {
    reader.keys.nodes[node].meaning.stepRank != nil
  }

  /// The name of the likeliest step among values.
  private func stepNode(_ values: [(node: Int, value: Double)]) -> Int? {
    let ranked = values.compactMap { node, _ in
      reader.keys.nodes[node].meaning.stepRank.map { (rank: $0, node: node) }
    }
    return ranked.min { $0.rank < $1.rank }?.node
  }

  @inline(__always)
  private mutating func add(
    _ values: [(node: Int, value: Double)], line: Int, to records: inout RecordTable
  ) {
    records.begin(line: line)
    for (node, value) in values {
      let column = reader.keys.nodes[node].column ?? makeColumn(node, &records)
      records.set(column, value)
    }
  }

  private mutating func makeColumn(_ node: Int, _ records: inout RecordTable) -> Int {
    let key = reader.keys.nodes[node]
    let column = records.column(key.name, key.meaning.stated)
    reader.setColumn(column, of: node)
    return column
  }

  // Records that texts say more of.

  private var metricName: JSONRow.Text? {
    reader.row.texts.first { $0.role == .metricName }
  }

  private var metricValue: Double? {
    reader.row.values.first { reader.keys.nodes[$0.node].meaning.role == .metricValue }?.value
  }

  /// Takes what texts say of the record.
  ///
  /// - Returns: whether the record was added.
  private mutating func commitTexts(line: Int, to records: inout RecordTable) -> Bool {
    enterRun(&records)
    if let name = metricName, let value = metricValue {
      if !hasStarted { start(&records) }
      let column = records.column(name.string)
      let others = reader.row.values.filter {
        reader.keys.nodes[$0.node].meaning.role != .metricValue
      }
      add(others, line: line, to: &records)
      records.set(column, value)
      return true
    }
    guard reader.row.hasLoss, let split = heldOutSplit else { return false }
    // The losses of held-out data have the names of the training losses.
    if !hasStarted { start(&records) }
    let values = placed(reader.row)
    let losses = values.filter { isUnsplitLoss($0.node) }
    add(values.filter { !isUnsplitLoss($0.node) }, line: line, to: &records)
    for (node, value) in losses {
      records.set(records.column("\(split)/\(reader.keys.nodes[node].name)"), value)
    }
    return true
  }

  /// `val` when the record is of held-out data.
  private var heldOutSplit: String? {
    guard let mode = reader.row.texts.first(where: { $0.role == .mode })?.string.lowercased(),
      ["val", "valid", "validation", "eval", "test", "dev"].contains(mode)
    else { return nil }
    return mode
  }

  /// Whether a name is that of a training loss.
  private func isUnsplitLoss(_ node: Int) -> Bool {
    guard case .series(.trainLoss, _, _) = reader.keys.nodes[node].meaning.stated else {
      return false
    }
    return true
  }

  private mutating func enterRun(_ records: inout RecordTable) {
    guard let run = reader.row.texts.first(where: { $0.role == .run }),
      !run.raw.elementsEqual(runName)
    else { return }
    runName = Array(run.raw)
    records.enter(run: run.string)
  }
}
