/// Standard output of Megatron-LM and Megatron-DeepSpeed (megatron/training/training.py, training_log).
///
/// ` iteration       10/     500 | consumed samples: 160 | ... | learning rate: 2.000E-06 | ... |
/// lm loss: 1.263599E+01 | loss scale: 1.0 | grad norm: 20.203 | ...`, behind a date or a rank in some
/// versions, and ` validation loss at iteration 1000 | lm loss value: 2.1E+00 | lm loss PPL: .. |`. Under
/// mixed precision a skipped iteration has no loss.
struct MegatronFormat: LineFormat {
  static let name = "megatron"
  static let title = "Megatron-LM's standard output"

  private var lines = MegatronLines(stated: [:])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let place = line.find("iteration ") else { return false }
    return lines.take(line, iteration: place, pairs: place, into: &records)
  }
}

/// Standard output of EleutherAI/gpt-neox, a fork of Megatron (megatron/logging.py).
///
/// ` samples/sec: 36.9 | iteration       10/   11000 | ... | lm_loss: 1.138E+01 | ...` and
/// ` validation results at iteration 1000 | lm_loss value: 3.1E+00 | lm_loss_ppl value: .. |`.
struct GPTNeoXFormat: LineFormat {
  static let name = "gpt-neox"
  static let title = "GPT-NeoX's standard output"

  private var lines = MegatronLines(stated: ["lm_loss_ppl value": .other])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    if let start = line.find("samples/sec: ") {
      guard let place = line.find("| iteration ", from: start) else { return false }
      return lines.take(line, iteration: place + 2, pairs: start, into: &records)
    }
    guard let place = line.find(" results at iteration ") else { return false }
    return lines.take(line, iteration: place + 12, pairs: place + 12, into: &records)
  }
}

/// What the lines of Megatron and its forks have in common.
private struct MegatronLines {
  private var iteration = LazyColumn("iteration", .step(rank: 0))
  private var training: PairColumns
  private var validation: PairColumns
  private var test: PairColumns

  init(stated: [String: StatedMeaning]) {
    let step = ["iteration": StatedMeaning.step(rank: 0)]
    let known = step.merging(stated) { $1 }
    training = PairColumns(stated: known)
    validation = PairColumns(stated: known)
    test = PairColumns(prefix: "test ", stated: known)
  }

  /// Takes a line whose pairs begin at a place and that has `iteration N` at another.
  mutating func take(
    _ line: TextLine, iteration place: Int, pairs start: Int, into records: inout RecordTable
  ) -> Bool {
    guard let step = line.number(at: place + 10) else { return false }
    // The loss is the mean since the last line (training_log).
    records.lossIsWindowMean = true
    let next = line.afterBlanks(step.end)
    if line[next] == UInt8(ascii: "/"), let total = line.number(at: next + 1) {
      guard line[line.afterBlanks(total.end)] == UInt8(ascii: "|"),
        line.find("elapsed time per iteration", from: total.end) != nil
      else { return false }
      begin(step.value, line, &records)
      // What stands before `iteration` and the rest, so that its own pair is left out.
      if start < place { set(line, from: start, to: place, &records) }
      training.setAll(of: line, from: total.end, into: &records)
      return true
    }
    guard line.has(" at ", at: place - 4), let bar = line.find(" | ", from: step.end),
      line.find(" value: ", from: bar) != nil
    else { return false }
    begin(step.value, line, &records)
    if let set = line.find("test set", from: step.end), set < bar {
      test.setAll(of: line, from: bar, into: &records)
    } else {
      validation.setAll(of: line, from: bar, into: &records)
    }
    return true
  }

  private mutating func begin(_ step: Double, _ line: TextLine, _ records: inout RecordTable) {
    records.begin(line: line.number)
    iteration.set(step, in: &records)
  }

  private mutating func set(
    _ line: TextLine, from start: Int, to end: Int, _ records: inout RecordTable
  ) {
    var pairs = KeyValueScanner(line, from: start)
    while let pair = pairs.next(), pair.end <= end {
      training.set(pair, of: line, into: &records)
    }
  }
}
