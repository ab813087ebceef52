/// Standard output of ml-explore/mlx-lm (mlx_lm/tuner/trainer.py, mlx_lm/ui.py).
///
/// Old: `Iter 10: Train loss 2.363, Learning Rate 1.000e-05, It/sec 1.022, ..., Trained Tokens 862, ..` and
/// `Iter 1: Val loss 2.480, Val took 0.732s`. New: a table of iteration, loss with an arrow, tokens a
/// second and thousands of tokens (`    10    2.363 ▼       88      0.9k`), and
/// `     1    val 2.480    0.73s`.
struct MLXFormat: LineFormat {
  static let name = "mlx-lm"
  static let title = "mlx-lm's standard output"

  private var step = LazyColumn("iter", .step(rank: 0))
  private var columns = PairColumns(stated: [
    "It/sec": .other, "Tokens/sec": .other, "Peak mem": .other, "Val took": .other,
  ])
  private var train = LazyColumn("train_loss", .series(.trainLoss))
  private var validation = LazyColumn("val", .series(.validationLoss))
  private var speed = LazyColumn("tok/s", .other)
  private var tokens = LazyColumn("tokens", .series(.tokens))

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    if line.has("Iter ", at: 0) {
      guard let step = line.number(at: 5),
        line.has(": Train loss ", at: step.end) || line.has(": Val loss ", at: step.end)
      else { return false }
      records.begin(line: line.number)
      self.step.set(step.value, in: &records)
      columns.setAll(of: line, from: step.end, into: &records)
      return true
    }
    guard line.has("  ", at: 0), line.isDigit(line.afterBlanks(0)),
      let step = line.number(at: 0), line.has("    ", at: step.end)
    else { return false }
    return takeRow(line, step, into: &records)
  }

  /// Takes a row of the table.
  private mutating func takeRow(
    _ line: TextLine, _ step: (value: Double, end: Int), into records: inout RecordTable
  ) -> Bool {
    let cell = line.afterBlanks(step.end)
    if line.has("val ", at: cell) {
      guard let loss = line.number(at: cell + 4), let time = line.number(at: loss.end),
        line[time.end] == UInt8(ascii: "s")
      else { return false }
      records.begin(line: line.number)
      self.step.set(step.value, in: &records)
      validation.set(loss.value, in: &records)
      return true
    }
    guard let loss = line.number(at: cell),
      line.has(" ▼", at: loss.end) || line.has(" ▲", at: loss.end),
      let speed = line.number(at: loss.end + 4), let seen = line.number(at: speed.end),
      line[seen.end] == UInt8(ascii: "k")
    else { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    train.set(loss.value, in: &records)
    self.speed.set(speed.value, in: &records)
    tokens.set(seen.value * 1000, in: &records)
    return true
  }
}
