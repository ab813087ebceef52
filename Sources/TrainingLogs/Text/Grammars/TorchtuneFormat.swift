/// The log on disk of pytorch/torchtune (torchtune/training/metric_logging.py, DiskLogger).
///
/// `Step 12 | loss:1.23 lr:2e-05 tokens_per_second_per_gpu:812.4`: names and values without blanks.
struct TorchtuneFormat: LineFormat {
  static let name = "torchtune"
  static let title = "torchtune's log on disk"

  private var step = LazyColumn("Step", .step(rank: 0))
  private var columns = PairColumns()

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard line.has("Step ", at: 0), line.isDigit(5), let step = line.number(at: 5),
      line.has(" | ", at: step.end)
    else { return false }
    var colon = step.end + 3
    while colon < line.count, line[colon] != UInt8(ascii: ":"), line[colon] != Ascii.space {
      colon += 1
    }
    guard line[colon] == UInt8(ascii: ":"), line[colon + 1] != Ascii.space,
      line.number(at: colon + 1) != nil, line.find("loss:", from: step.end) != nil
    else { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    columns.setAll(of: line, from: step.end, into: &records)
    return true
  }
}
