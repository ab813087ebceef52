/// Megatron-LM's golden values (tests/functional_tests), series by name:
/// `{"lm loss": {"start_step": 1, "end_step": 100, "step_interval": 5, "values": {"1": 10.5, …}}}`.
///
/// Older files have a list of values; its steps follow from the first step and the interval.
enum MegatronGoldenFormat: LogFormat {
  static let name = "megatron-golden"
  static let title = "Megatron-LM's golden values"

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    guard let outline = JSONOutline(sample), outline.isObject,
      outline.members.contains(where: { $0.value == .beginObject }),
      !outline.members.contains(where: { $0.value == .beginArray })
    else { return nil }
    let file = JSONFile(sample)
    var parts: [JSONPart] = []
    _ = file.scan { take(&$0, into: &parts) }
    let values = parts.reduce(0) { $0 + $1.table.count }
    guard values > 0 else { return nil }
    return FormatEvidence(
      strength: .certain, hits: .max,
      reason: "\(NumberText.count(parts.count, "series")) with 'step_interval' and 'values'")
  }

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    let file = try JSONFile(input)
    var parts: [JSONPart] = []
    let failure = file.scan { take(&$0, into: &parts) }
    RecordMerge.append(parts, to: &records)
    if let failure { try file.note(failure, records: records.count, issues: &issues) }
    return file.end
  }

  /// Takes every series as a table of its own.
  private static func take(
    _ scanner: inout JSONScanner, into parts: inout [JSONPart]
  ) -> JSONScanner.Failure? {
    guard scanner.next() == .beginObject else { return scanner.failure }
    while scanner.next() == .key {
      let name = JSONText.string(scanner)
      // Older files have single numbers beside the series, as of the mean time of an iteration.
      switch scanner.next() {
      case .beginObject: break
      case .number, .string, .null, .boolean: continue
      default: return scanner.failure
      }
      var series = Series(name: name)
      let isWhole = series.take(&scanner)
      if let table = series.table() { parts.append(JSONPart(path: [], table: table)) }
      guard isWhole else { break }
    }
    return scanner.failure
  }

  /// One series.
  private struct Series {
    var name: String
    private var start: Double?
    private var interval: Double?
    private var steps: [Double] = []
    private var values: [Double] = []
    private var hasSteps = false

    init(name: String) { self.name = name }

    mutating func take(_ scanner: inout JSONScanner) -> Bool {
      var key = ""
      while true {
        switch scanner.next() {
        case .key: key = JSONText.string(scanner)
        case .number:
          if key == "start_step" { start = scanner.number }
          if key == "step_interval" { interval = scanner.number }
        case .beginObject where key == "values": guard takeSteps(&scanner) else { return false }
        case .beginArray where key == "values":
          guard let list = JSONNumbers.list(&scanner) else { return scanner.failure == nil }
          values = list
        case .beginObject, .beginArray: guard scanner.skipContainer() else { return false }
        case .endObject: return true
        case .failure, .end, .endArray: return false
        default: continue
        }
      }
    }

    /// Takes values by the step as a string.
    private mutating func takeSteps(_ scanner: inout JSONScanner) -> Bool {
      hasSteps = true
      var step: Double?
      while true {
        switch scanner.next() {
        case .key: step = JSONWord.quotedNumber(scanner.rawText)
        case .number: add(scanner.number, step)
        case .string: if let value = JSONWord.quotedNumber(scanner.rawText) { add(value, step) }
        case .null, .boolean: continue
        case .endObject: return true
        case .beginObject, .beginArray: guard scanner.skipContainer() else { return false }
        case .failure, .end, .endArray: return false
        }
      }
    }

    private mutating func add(_ value: Double, _ step: Double?) {
      guard let step else { return }
      steps.append(step)
      values.append(value)
    }

    /// The series as records; nil when it is none.
    func table() -> RecordTable? {
      guard let start, let interval, !values.isEmpty else { return nil }
      var table = RecordTable()
      let step = table.column("step", .step(rank: 0))
      let column = table.column(name)
      for (index, value) in values.enumerated() where !RowTable.isMissing(value) {
        table.begin(line: 0)
        table.set(step, hasSteps ? steps[index] : start + Double(index) * interval)
        table.set(column, value)
      }
      return table
    }
  }
}
