/// OLMo's and OLMo-core's standard output: a header, then a line a metric.
///
/// `[step=100/2500,epoch=0]` (OLMo-core adds `eta`) at the end of a line of its logger, then indented
/// `    train/CrossEntropyLoss=6.912` with thousands commas (log_metrics_to_console of olmo.train,
/// ConsoleLoggerCallback of OLMo-core). An evaluation's metrics follow under a header of their own,
/// without a step: they belong to the step before.
struct OLMoFormat: LineFormat {
  static let name = "olmo"
  static let title = "OLMo's standard output"

  private var columns = KeyColumns()
  private var step: (value: Double, column: Int)?
  private var epoch: Double?
  private var epochColumn: Int?
  /// Whether the record of the current block was begun.
  private var hasRecord = false
  private var hasLoss = false

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard line[0] == Ascii.space, line[1] == Ascii.space else {
      startBlock(line, &records)
      return false
    }
    let first = line.afterBlanks(0)
    guard let step, let metric = metric(of: line, from: first) else { return false }
    if !hasRecord {
      hasRecord = true
      records.begin(line: line.number)
      records.set(step.column, step.value)
      if let epoch {
        let column = epochColumn ?? records.column("epoch", .other)
        epochColumn = column
        records.set(column, epoch)
      }
    }
    records.set(columns.column(of: metric.key, in: line, &records), metric.value)
    guard !hasLoss, line.contains("oss", in: metric.key) else { return false }
    hasLoss = true
    return true
  }

  /// `train/CrossEntropyLoss=6.912` and nothing behind it.
  private func metric(of line: TextLine, from first: Int) -> (key: Range<Int>, value: Double)? {
    guard line.hasEnd, first >= 2, let equals = line.find("=", from: first), equals > first,
      equals - first <= KeyValueScanner.longestKey, let value = line.number(at: equals + 1),
      line.afterBlanks(value.end) == line.count, line.contains("/", in: first..<equals)
    else { return nil }
    return (first..<equals, value.value)
  }

  /// A line of the logger ends a block; one with a step begins the next.
  private mutating func startBlock(_ line: TextLine, _ records: inout RecordTable) {
    if hasRecord { (hasRecord, hasLoss) = (false, false) }
    guard let start = line.find("[step="), let found = line.number(at: start + 6),
      line[found.end] == UInt8(ascii: "/"), let total = line.number(at: found.end + 1),
      line[total.end] == Ascii.comma || line[total.end] == UInt8(ascii: "]")
    else { return }
    step = (found.value, step?.column ?? records.column("step", .step(rank: 0)))
    epoch =
      line.has(",epoch=", at: total.end) ? line.plainNumber(at: total.end + 7)?.value : nil
  }
}
