/// MLPerf's log lines, `:::MLLOG {"time_ms": .., "key": "train_loss", "value": 3.71, "metadata":
/// {"samples_count": 80, ..}}` (mlperf_logging of mlcommons).
///
/// The place is in the metadata: samples, epochs (which some submissions count in samples or tokens) or
/// steps. `eval_accuracy` of the language models' benchmarks is a mean log-perplexity: a loss.
struct MLPerfFormat: LineFormat {
  static let name = "mlperf"
  static let title = "MLPerf's log lines"
  static let closesRecords = true

  private var columns = KeyColumns()
  private var places = KeyColumns()
  private var benchmark = ""

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let start = line.find(":::MLLOG") else { return false }
    let first = line.afterBlanks(start + 8)
    guard line[first] == UInt8(ascii: "{") else { return false }
    var object = ObjectScanner(line, at: first)
    var (key, value, metadata): (Range<Int>?, Double?, Int?) = (nil, nil, nil)
    var text: Range<Int>?
    while let (name, member) = object.next() {
      switch member {
      case .text(let range) where line.isWord("key", name): key = range
      case .text(let range) where line.isWord("value", name): text = range
      case .number(let number) where line.isWord("value", name): value = number
      case .nested(let range) where line.isWord("metadata", name): metadata = range.lowerBound
      default: break
      }
    }
    guard object.isComplete, let key else { return false }
    if line.isWord("submission_benchmark", key), let text {
      benchmark = line.text(text)
      records.metadata.append(("submission_benchmark", benchmark))
    }
    guard let value else { return false }
    if line.isWord("global_batch_size", key) {
      records.metadata.append(("global_batch_size", NumberText.short(value)))
    }
    guard isSeries(key, line) else { return false }
    records.begin(line: line.number)
    let benchmark = benchmark
    records.set(
      columns.column(of: key, in: line, &records) { Self.meaning($0, benchmark) }, value)
    if let metadata { setPlace(ObjectScanner(line, at: metadata), of: line, &records) }
    return true
  }

  private func isSeries(_ key: Range<Int>, _ line: TextLine) -> Bool {
    if line.isWord("train_loss", key) || line.isWord("tracked_stats", key) { return true }
    return line.has("eval_", at: key.lowerBound) && !line.hasEnding("_samples", key)
      && !line.hasEnding("_start", key) && !line.hasEnding("_stop", key)
  }

  private mutating func setPlace(
    _ metadata: consuming ObjectScanner, of line: TextLine, _ records: inout RecordTable
  ) {
    var metadata = metadata
    while let (name, member) = metadata.next() {
      guard case .number(let number) = member else { continue }
      let column: Int
      if line.isWord("samples_count", name) {
        column = places.column(of: name, in: line, &records) { _ in .step(rank: 0) }
      } else if line.isWord("epoch_num", name) {
        column = places.column(of: name, in: line, &records) { _ in .step(rank: 2) }
      } else if line.isWord("step_num", name) {
        column = places.column(of: name, in: line, &records) { _ in .step(rank: 1) }
      } else {
        continue
      }
      records.set(column, number)
    }
  }

  private static let languageModels = ["gpt", "llama", "mixtral", "moe", "palm", "deepseek"]

  private static func meaning(_ name: String, _ benchmark: String) -> StatedMeaning {
    switch name {
    case "train_loss": .series(.trainLoss)
    case "eval_loss", "eval_error": .series(.validationLoss, unit: .unknown)
    case "eval_accuracy" where languageModels.contains { benchmark.lowercased().contains($0) }:
      .series(.validationLoss)
    default: .other
    }
  }

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    var lines = 0
    sample.forEachLine { line in if line.find(":::MLLOG {") != nil { lines += 1 } }
    guard lines > 0 else { return nil }
    return FormatEvidence(
      strength: lines > 1 ? .certain : .strong, hits: lines,
      reason: "\(NumberText.count(lines, "line")) with ':::MLLOG {' in the beginning")
  }
}
