/// fairseq's log, as JSON or as text (progress_bar of fairseq.logging).
///
/// `[..][train_inner][INFO] - {"epoch": 1, "update": 0.416, "loss": "9.276", "num_updates": "200"}`; rows of
/// validation have `valid_loss`, those of an epoch's means `train_loss`. As text:
/// `epoch 001:    100 / 1000 loss=9.2, ppl=590, num_updates=100` and `epoch 001 | valid on 'valid' subset |
/// loss 8.5 | ppl 362 | num_updates 1000`. The loss is counted in bits where `ppl` proves it.
struct FairseqFormat: LineFormat {
  static let name = "fairseq"
  static let title = "fairseq's log"
  static let closesRecords = true

  private var columns = KeyColumns()
  private var validation = KeyColumns()
  private var epochs = KeyColumns()
  private var update: Int?
  private var members: [(key: Range<Int>, value: Double)] = []
  private var proof = LogBaseProof()

  private static let mostMembers = 4096

  enum Kind {
    case inner, epoch, validation
  }

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    members.removeAll(keepingCapacity: true)
    guard let kind = readObject(line) ?? readText(line) else { return false }
    guard members.contains(where: { line.hasEnding("loss", $0.key) }),
      members.contains(where: { line.hasEnding("num_updates", $0.key) })
    else { return false }
    write(line, kind, into: &records)
    return true
  }

  private mutating func readObject(_ line: TextLine) -> Kind? {
    guard let start = line.find("{\"epoch\": ") else { return nil }
    var object = ObjectScanner(line, at: start)
    var kind = Kind.inner
    while members.count < Self.mostMembers, let (key, value) = object.next() {
      guard case .number(let number) = value else { continue }
      members.append((key, number))
      if line.has("valid", at: key.lowerBound) { kind = .validation }
      if line.isWord("train_loss", key) { kind = .epoch }
    }
    return object.isComplete ? kind : nil
  }

  private mutating func readText(_ line: TextLine) -> Kind? {
    guard line.hasEnd, let start = line.find("epoch "), let epoch = line.plainNumber(at: start + 6)
    else {
      return nil
    }
    if line[epoch.end] == UInt8(ascii: ":") {
      let first = line.afterBlanks(epoch.end + 1)
      guard let done = line.plainNumber(at: first), line.has(" / ", at: done.end),
        let total = line.plainNumber(at: done.end + 3)
      else { return nil }
      readPairs(line, from: total.end, separator: "=", end: Ascii.comma)
      return .inner
    }
    guard line.has(" | ", at: epoch.end) else { return nil }
    let isValidation = line.has("valid on ", at: epoch.end + 3)
    readPairs(line, from: epoch.end + 1, separator: " ", end: UInt8(ascii: "|"))
    return isValidation ? .validation : .epoch
  }

  private mutating func readPairs(
    _ line: TextLine, from start: Int, separator: StaticString, end: UInt8
  ) {
    var place = start
    while place < line.count, members.count < Self.mostMembers {
      while line[place] == Ascii.space || line[place] == end { place += 1 }
      guard let stop = line.find(separator, from: place) else { return }
      if stop > place, stop - place <= KeyValueScanner.longestKey,
        let value = line.plainNumber(at: stop + 1)
      {
        members.append((place..<stop, value.value))
      }
      while place < line.count, line[place] != end { place += 1 }
    }
  }

  private mutating func write(_ line: TextLine, _ kind: Kind, into records: inout RecordTable) {
    records.begin(line: line.number)
    let update = update ?? records.column("num_updates", .step(rank: 0))
    self.update = update
    for (key, value) in members {
      if line.hasEnding("num_updates", key) {
        records.set(update, value)
        continue
      }
      let column = column(of: key, in: line, kind, &records)
      records.set(column, value)
      if line.hasEnding("nll_loss", key) {
        proof.note(likelihood: value, column: column)
      } else if line.hasEnding("loss", key) {
        proof.note(loss: value, column: column)
      } else if line.hasEnding("ppl", key), !line.hasEnding("best_ppl", key) {
        proof.note(perplexity: value)
      }
    }
    proof.endRow()
  }

  private mutating func column(
    of key: Range<Int>, in line: TextLine, _ kind: Kind, _ records: inout RecordTable
  ) -> Int {
    // In text the rows of all kinds have the same names.
    let isBare = !line.has("valid_", at: key.lowerBound) && !line.has("train_", at: key.lowerBound)
    guard isBare, kind != .inner, line.hasEnding("loss", key) else {
      return columns.column(of: key, in: line, &records, meaning: Self.meaning)
    }
    return kind == .validation
      ? validation.column(
        of: key, in: line, &records, prefix: "valid_", meaning: Self.meaning)
      : epochs.column(of: key, in: line, &records, prefix: "train_", meaning: Self.meaning)
  }

  private static func meaning(_ name: String) -> StatedMeaning? {
    switch name {
    case "loss": .series(.trainLoss, unit: .unknown)
    case "nll_loss": .series(.trainLoss, rank: 2, unit: .unknown)
    case "train_loss": .series(.trainLoss, rank: 5, unit: .unknown)
    case "train_nll_loss": .series(.trainLoss, rank: 6, unit: .unknown)
    case "valid_loss": .series(.validationLoss, unit: .unknown)
    case "valid_nll_loss": .series(.validationLoss, rank: 2, unit: .unknown)
    case "epoch", "update", "train_wall", "wall", "valid_best_loss": .other
    default: nil
    }
  }

  mutating func finish(into records: inout RecordTable) {
    for column in proof.columns where proof.isBinary {
      guard case .series(let role, let rank, _) = records.columns[column].stated else { continue }
      records.state(column, .series(role, rank: rank, unit: .bits))
    }
  }
}
