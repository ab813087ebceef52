/// Composer's and LLM-Foundry's console (ConsoleLogger of mosaicml/composer).
///
/// `[epoch=1][batch=10/4800]:` counts within the epoch, `[batch=10/4800]:` and `[token=..]:` from the
/// start. Then a line a metric, `\t Train loss/train/total: 10.5`, evaluations' with `Eval`.
struct ComposerFormat: LineFormat {
  static let name = "composer"
  static let title = "Composer's and LLM-Foundry's console"

  private var columns = KeyColumns()
  private var step: (value: Double, column: Int)?
  private var hasRecord = false
  private var hasLoss = false

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    let first = line.afterBlanks(0)
    let isTraining = line.has("Train ", at: first)
    guard isTraining || line.has("Eval ", at: first) else {
      startBlock(line, &records)
      return false
    }
    let start = first + (isTraining ? 6 : 5)
    guard line.hasEnd, let step, let colon = line.find(": ", from: start), colon > start,
      colon - start <= KeyValueScanner.longestKey, let value = line.number(at: colon + 2),
      line.afterBlanks(value.end) == line.count
    else { return false }
    if !hasRecord {
      hasRecord = true
      records.begin(line: line.number)
      records.set(step.column, step.value)
    }
    records.set(
      columns.column(of: start..<colon, in: line, &records, meaning: Self.meaning), value.value)
    guard !hasLoss, !isTraining || line.contains("loss", in: start..<colon) else { return false }
    hasLoss = true
    return true
  }

  /// Cross-entropies of evaluations are losses of held-out data whatever their set is called.
  private static func meaning(_ name: String) -> StatedMeaning? {
    // `lr-DecoupledAdamW/group0`
    if name.hasPrefix("lr-") { return .series(.learningRate) }
    guard name.hasPrefix("metrics/eval"), name.hasSuffix("CrossEntropy") else { return nil }
    return .series(.validationLoss)
  }

  private mutating func startBlock(_ line: TextLine, _ records: inout RecordTable) {
    (hasRecord, hasLoss) = (false, false)
    // `[Eval batch=1/50] Eval on eval data:` keeps the training's step.
    guard line.find("[Eval ") == nil else { return }
    let epoch = Self.count("[epoch=", line)
    for (unit, name) in Self.units {
      guard let found = Self.count(unit, line), let total = found.total else { continue }
      var value = found.value
      if let epoch, epoch.value >= 1 { value += (epoch.value - 1) * total }
      step = (value, step?.column ?? records.column(name, .step(rank: 0)))
      return
    }
  }

  private static let units: [(StaticString, String)] = [
    ("[batch=", "batch"), ("[token=", "token"), ("[sample=", "sample"),
    ("[iteration=", "iteration"),
  ]

  private static func count(
    _ unit: StaticString, _ line: TextLine
  ) -> (value: Double, total: Double?)? {
    guard let start = line.find(unit),
      let value = line.plainNumber(at: start + unit.utf8CodeUnitCount)
    else { return nil }
    guard line[value.end] == UInt8(ascii: "/") else { return (value.value, nil) }
    return (value.value, line.plainNumber(at: value.end + 1)?.value)
  }
}
