/// PaddlePaddle's high-level API (ProgBarLogger of paddle.hapi) and PaddleNLP's Trainer.
///
/// `Epoch 1/10`, then `step  10/614 - loss: 0.1637 - AUROC: 0.52`: the step counts within the epoch. The
/// evaluation behind `Eval begin...` prints the same line with the loss of each of its batches: the mean
/// of those printed stands at the end of the epoch. PaddleNLP prints `loss: 10.9, learning_rate: 3e-05, global_step: 10, ..`.
struct PaddleFormat: LineFormat {
  static let name = "paddle"
  static let title = "PaddlePaddle's standard output"

  private var columns = PairColumns()
  private var places: (step: Int, epoch: Int)?
  private var evaluation: Int?
  private var epoch = 1.0
  private var length = 0.0
  private var isEvaluation = false
  /// The losses of the evaluation's batches so far.
  private var sum = 0.0
  private var count = 0.0

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    let first = line.afterBlanks(0)
    if line.has("Epoch ", at: first) {
      if let number = line.plainNumber(at: first + 6), line[number.end] == UInt8(ascii: "/") {
        (epoch, isEvaluation) = (number.value, false)
      }
      return false
    }
    if line.has("Eval begin", at: first) { (isEvaluation, sum, count) = (true, 0, 0) }
    if line.has("Eval samples", at: first) { return finishEvaluation(line, into: &records) }
    guard line.has("step ", at: first),
      let step = line.plainNumber(at: line.afterBlanks(first + 5)),
      line[step.end] == UInt8(ascii: "/"), let total = line.plainNumber(at: step.end + 1),
      line.has(" - ", at: total.end) || line.has(" [", at: total.end),
      let loss = line.find(" - loss: ", from: total.end), let value = line.number(at: loss + 9)
    else { return takeTrainer(line, into: &records) }
    guard !isEvaluation else {
      (sum, count) = (sum + value.value, count + 1)
      return false
    }
    length = total.value
    begin(line, step: (epoch - 1) * length + step.value, into: &records)
    columns.setAll(of: line, from: loss + 3, into: &records)
    return true
  }

  private mutating func begin(_ line: TextLine, step: Double, into records: inout RecordTable) {
    let ids = places ?? (records.column("step", .step(rank: 0)), records.column("epoch", .other))
    places = ids
    records.begin(line: line.number)
    records.set(ids.epoch, epoch)
    records.set(ids.step, step)
  }

  /// The mean of an evaluation's batches, when it is over.
  private mutating func finishEvaluation(
    _ line: TextLine, into records: inout RecordTable
  ) -> Bool {
    guard isEvaluation, count > 0 else { return false }
    begin(line, step: epoch * length, into: &records)
    let column = evaluation ?? records.column("Eval loss", .series(.validationLoss))
    evaluation = column
    records.set(column, sum / count)
    isEvaluation = false
    return true
  }

  /// PaddleNLP's dictionary of pairs.
  private mutating func takeTrainer(
    _ line: TextLine, into records: inout RecordTable
  ) -> Bool {
    guard line.find(", global_step: ") != nil,
      let start = line.find("loss: "), line.find(", ", from: start) != nil
    else { return false }
    records.begin(line: line.number)
    let hasPrefix = start >= 5 && line.has("eval_", at: start - 5)
    columns.setAll(of: line, from: hasPrefix ? start - 5 : start, into: &records)
    return true
  }
}
