/// nanoGPT's standard output (train.py of karpathy/nanoGPT).
///
/// `iter 100: loss 3.2000, time 229.60ms, mfu 107.63%` is a training loss,
/// `step 250: train loss 3.1, val loss 3.2` the means of an evaluation. Forks for characters print bits
/// (`loss 6.1551 BPC`), some in lines of one kind only.
struct NanoGPTFormat: LineFormat {
  static let name = "nanogpt"
  static let title = "nanoGPT's standard output"

  private var step = LazyColumn("iter", .step(rank: 0))
  private var loss = UnitColumns(name: "loss", role: .trainLoss)
  private var train = UnitColumns(name: "train loss", role: .trainLoss, rank: 1)
  private var validation = UnitColumns(name: "val loss", role: .validationLoss)
  private var columns = PairColumns(stated: ["time": .other, "mfu": .other])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    let isIteration = line.has("iter ", at: 0)
    guard isIteration || line.has("step ", at: 0), let step = line.number(at: 5),
      line[step.end] == UInt8(ascii: ":")
    else { return false }
    if isIteration {
      guard line.has(": loss ", at: step.end), let loss = line.number(at: step.end + 7) else {
        return false
      }
      records.begin(line: line.number)
      self.step.set(step.value, in: &records)
      self.loss.set(loss, of: line, in: &records)
      columns.setAll(of: line, from: loss.end, into: &records)
      return true
    }
    guard line.has(": train loss ", at: step.end), let train = line.number(at: step.end + 13)
    else { return false }
    let comma = train.end + (line.has(" BPC", at: train.end) ? 4 : 0)
    guard line.has(", val loss ", at: comma), let validation = line.number(at: comma + 11) else {
      return false
    }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    self.train.set(train, of: line, in: &records)
    self.validation.set(validation, of: line, in: &records)
    return true
  }
}

/// A loss that a log counts in nats or, with `BPC` behind the number, in bits.
///
/// The column has the log's name as long as the unit does not change; the other unit has a column of
/// its own.
private struct UnitColumns {
  private var nats: LazyColumn
  private var bits: LazyColumn
  private var firstIsBits: Bool?
  private let make: (String, LossUnit) -> LazyColumn
  private let name: String

  init(name: String, role: SeriesRole, rank: Int = 0) {
    self.name = name
    make = { name, unit in LazyColumn(name, .series(role, rank: rank, unit: unit)) }
    nats = make(name, .nats)
    bits = make(name, .bits)
  }

  mutating func set(
    _ number: (value: Double, end: Int), of line: TextLine, in records: inout RecordTable
  ) {
    let isBits = line.has(" BPC", at: number.end)
    if firstIsBits == nil {
      firstIsBits = isBits
      if isBits { nats = make("\(name) nats", .nats) } else { bits = make("\(name) BPC", .bits) }
    }
    if isBits {
      bits.set(number.value, in: &records)
    } else {
      nats.set(number.value, in: &records)
    }
  }
}
