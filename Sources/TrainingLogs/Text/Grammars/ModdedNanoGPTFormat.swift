/// Logs of KellerJordan/modded-nanogpt: `step:125/1750 val_loss:4.6400 train_time:15000ms`.
///
/// The file begins with the whole training script, whose format strings are no records, nor are lines
/// without a loss and those of the warm-up of kernels (`warmup_step:1/20`).
struct ModdedNanoGPTFormat: LineFormat {
  static let name = "modded-nanogpt"
  static let title = "logs of modded-nanogpt"

  private var step = LazyColumn("step", .step(rank: 0))
  private var columns = PairColumns()

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard line.has("step:", at: 0), line.isDigit(5), let step = line.number(at: 5),
      line[step.end] == UInt8(ascii: "/"), let total = line.number(at: step.end + 1)
    else { return false }
    let next = total.end + 1
    guard
      line.has("val_loss:", at: next) || line.has("train_loss:", at: next)
        || line.find(" val_loss:", from: next) != nil
        || line.find(" train_loss:", from: next) != nil
    else { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    columns.setAll(of: line, from: total.end, into: &records)
    return true
  }
}
