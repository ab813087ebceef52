/// nanoGPT's standard output (train.py of karpathy/nanoGPT).
///
/// `iter 100: loss 3.2000, time 229.60ms, mfu 107.63%` is a training loss,
/// `step 250: train loss 3.1, val loss 3.2` the means of an evaluation.
struct NanoGPTFormat: LineFormat {
  static let name = "nanogpt"
  static let title = "nanoGPT's standard output"

  private var columns: Columns?

  private struct Columns {
    var step, loss, train, validation: Int

    init(_ records: inout RecordTable) {
      step = records.column("iter", .step(rank: 0))
      loss = records.column("loss", .series(.trainLoss))
      train = records.column("train loss", .series(.trainLoss))
      validation = records.column("val loss", .series(.validationLoss))
    }
  }

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    let isIteration = line.has("iter ", at: 0)
    guard isIteration || line.has("step ", at: 0), let step = line.number(at: 5),
      line[step.end] == UInt8(ascii: ":")
    else { return false }
    if isIteration {
      guard line.has(": loss ", at: step.end), let loss = line.number(at: step.end + 7) else {
        return false
      }
      let columns = columns ?? Columns(&records)
      self.columns = columns
      records.begin(line: line.number)
      records.set(columns.step, step.value)
      records.set(columns.loss, loss.value)
      return true
    }
    guard line.has(": train loss ", at: step.end), let train = line.number(at: step.end + 13),
      line.has(", val loss ", at: train.end), let validation = line.number(at: train.end + 11)
    else { return false }
    let columns = columns ?? Columns(&records)
    self.columns = columns
    records.begin(line: line.number)
    records.set(columns.step, step.value)
    records.set(columns.train, train.value)
    records.set(columns.validation, validation.value)
    return true
  }
}
