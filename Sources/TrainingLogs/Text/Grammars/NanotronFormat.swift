/// Standard output of huggingface/nanotron (src/nanotron/logging).
///
/// `...: iteration: 10 / 1000 | consumed_tokens: 2.62M | time_per_iteration_ms: 1.5K | ... |
/// lm_loss: 7.21 | lr: 0.00015 | ...`: three digits and a suffix for thousands, millions and so on, on
/// every number.
struct NanotronFormat: LineFormat {
  static let name = "nanotron"
  static let title = "nanotron's standard output"

  private var iteration = LazyColumn("iteration", .step(rank: 0))
  private var columns = PairColumns()

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let place = line.find("iteration: "), let step = line.number(at: place + 11),
      line.has(" / ", at: step.end), let total = line.number(at: step.end + 3),
      line.find("lm_loss: ", from: total.end) != nil
    else { return false }
    records.begin(line: line.number)
    iteration.set(step.value, in: &records)
    columns.setAll(of: line, from: total.end, into: &records)
    return true
  }
}
