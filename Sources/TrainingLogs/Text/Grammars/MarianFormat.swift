/// Marian's log (Scheduler of marian-nmt).
///
/// `Ep. 7 : Up. 1500 : Sen. 12,425 : Cost 0.659 * 1,219,768 @ 3,178 after 3,680,385 : Time 8.93s : ..
/// : gNorm 1.98 : L.r. 3.0000e-04`: the cost is a mean over target words in nats; behind `after` stand
/// the target words seen. `[valid] Ep. 62 : Up. 20000 : cross-entropy : 0.243 : new best` is a metric of
/// validation: `cross-entropy` is a sum over a sentence's words, `ce-mean-words` a mean in nats.
struct MarianFormat: LineFormat {
  static let name = "marian"
  static let title = "Marian's log"

  private var columns: Columns?
  private var metrics = KeyColumns()

  private struct Columns {
    var update, epoch, sentences, cost, words, norm, rate: Int

    init(_ records: inout RecordTable) {
      update = records.column("Up.", .step(rank: 0))
      epoch = records.column("Ep.", .other)
      cost = records.column("Cost", .series(.trainLoss))
      sentences = records.column("Sen.", .other)
      words = records.column("after", .series(.tokens))
      norm = records.column("gNorm", .series(.gradientNorm))
      rate = records.column("L.r.", .series(.learningRate))
    }
  }

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let start = line.find("Ep. "), let epoch = line.number(at: start + 4),
      line.has(" : Up. ", at: epoch.end), let update = line.number(at: epoch.end + 7),
      line.has(" : ", at: update.end)
    else { return false }
    let place = update.end + 3
    let isValidation = start >= 8 && line.has("[valid] ", at: start - 8)
    return isValidation
      ? takeMetric(line, epoch.value, update.value, from: place, into: &records)
      : takeCost(line, epoch.value, update.value, from: place, into: &records)
  }

  private mutating func begin(
    _ line: TextLine, _ epoch: Double, _ update: Double, _ records: inout RecordTable
  ) -> Columns {
    let columns = columns ?? Columns(&records)
    self.columns = columns
    records.begin(line: line.number)
    records.set(columns.update, update)
    records.set(columns.epoch, epoch)
    return columns
  }

  private mutating func takeCost(
    _ line: TextLine, _ epoch: Double, _ update: Double, from start: Int,
    into records: inout RecordTable
  ) -> Bool {
    guard let found = line.find("Cost ", from: start), let cost = line.number(at: found + 5) else {
      return false
    }
    let columns = begin(line, epoch, update, &records)
    records.set(columns.cost, cost.value)
    if line.has("Sen. ", at: start), let value = line.number(at: start + 5) {
      records.set(columns.sentences, value.value)
    }
    if let place = line.find(" after ", from: cost.end), let value = line.number(at: place + 7) {
      records.set(columns.words, value.value)
    }
    if let place = line.find("gNorm ", from: cost.end), let value = line.number(at: place + 6) {
      records.set(columns.norm, value.value)
    }
    if let place = line.find("L.r. ", from: cost.end), let value = line.number(at: place + 5) {
      records.set(columns.rate, value.value)
    }
    return true
  }

  private mutating func takeMetric(
    _ line: TextLine, _ epoch: Double, _ update: Double, from start: Int,
    into records: inout RecordTable
  ) -> Bool {
    guard let colon = line.find(" : ", from: start), colon > start, colon - start < 60,
      let value = line.number(at: colon + 3), line.has(" : ", at: value.end)
    else { return false }
    _ = begin(line, epoch, update, &records)
    let column = metrics.column(
      of: start..<colon, in: line, &records, prefix: "valid ", meaning: Self.meaning)
    records.set(column, value.value)
    return true
  }

  private static func meaning(_ name: String) -> StatedMeaning {
    switch name {
    case "valid ce-mean-words": .series(.validationLoss, rank: 0)
    case "valid perplexity": .series(.validationLoss, rank: 1, unit: .perplexity)
    case "valid cross-entropy": .series(.validationLoss, rank: 2, unit: .unknown)
    default: .other
    }
  }
}
