/// Any line that has a step and a loss by name.
///
/// The last resort for logs of home-made training loops: `step 710 | loss 4.37 | lr 2.99e-04`.
struct KeyValueFormat: LineFormat {
  static let name = "key-value"
  static let title = "lines with a step and a loss by name"

  private var keys = KeyTable()
  private var entries: [Entry] = []
  /// The pairs of the line that is being looked at.
  private var found: [(entry: Int, value: Double, end: Int)] = []
  private var stepColumn = -1
  /// How the step is spelt where it was met first, in lower case.
  private var firstSpelling: String?
  /// The step of the last record.
  private var last: Step?
  private var firstEpoch: Double?
  /// What the last place within an epoch is, counted from the start.
  private var sinceStart: Double?
  private var context = LazyColumn("batches since the start", .step(rank: ContextSteps.rank))
  private var epoch = LazyColumn("epoch", .step(rank: LineKey.epochRank))

  /// What is known of a key.
  private struct Entry {
    var key: LineKey
    /// The column; -1 when it was not made yet.
    var column = -1
    /// The column of its values on held-out data; -1 when it was not made yet.
    var heldOut = -1
    /// The column of its values in lines that count something else; -1 when it was not made yet.
    var otherSteps = -1
  }

  /// A step and where it stands.
  private struct Step {
    var rank: Int
    /// Its key; -1 where it has none.
    var entry: Int
    var value: Double
    var line: Int
    var isEpoch: Bool { rank >= LineKey.epochRank }
  }

  /// A loss on a line.
  private struct Loss {
    var place: Int
    var isHeldOut: Bool
    /// Whether a colon or an equals sign tells it from its value.
    var isMarked: Bool
  }

  /// A line has no more pairs than this.
  private static let mostPairs = 4096
  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    found.removeAll(keepingCapacity: true)
    var step: Step?
    var loss: Loss?
    var (hasEpoch, total) = (false, Double.nan)
    var pairs = KeyValueScanner(line)
    while found.count < Self.mostPairs, let pair = pairs.next() {
      let id = keys.id(of: pair.key, in: line)
      guard id >= 0 else { continue }
      if id == entries.count { entries.append(Entry(key: LineKey(line.text(pair.key)))) }
      switch entries[id].key.meaning {
      case .step(let rank):
        if rank < step?.rank ?? .max {
          step = Step(rank: rank, entry: id, value: pair.value, line: line.number)
          total = pair.total
        }
        if rank >= LineKey.epochRank { hasEpoch = true }
      case .series(let role, _, _):
        if role.isLoss, loss == nil {
          loss = Loss(
            place: pair.key.lowerBound, isHeldOut: role == .validationLoss,
            isMarked: pair.separator != .blank)
        }
      case .other:
        if pair.separator == .blank { continue }
      }
      if entries[id].key.isUsable { found.append((id, pair.value, pair.end)) }
    }
    guard let loss else { return false }
    guard !ProgramText.isProgram(line) else { return false }
    let phase = PhaseNames.heldOut(in: line, before: loss.place)
    if let place = takePlace(of: line, step: &step) {
      write(step: step, line: line.number, phase: phase, place: place, into: &records)
      return true
    }
    if let own = step {
      guard own.value.isFinite else { return false }
      if hasEpoch, !own.isEpoch, records.stepsPerEpoch == nil, total >= 1 {
        records.stepsPerEpoch = Int(exactly: total)
      }
    } else {
      step = earlierStep(for: loss, isHeldOut: loss.isHeldOut || phase != nil)
      guard step != nil else { return false }
    }
    write(step: step, line: line.number, phase: phase, place: nil, into: &records)
    return true
  }

  /// The step of a line that has a loss and none: a loss of held-out data is of the last record's.
  private func earlierStep(for loss: Loss, isHeldOut: Bool) -> Step? {
    loss.isMarked && isHeldOut ? last : nil
  }

  /// The place within an epoch, where a line has no step but an epoch.
  private mutating func takePlace(of line: TextLine, step: inout Step?) -> EpochPlace? {
    guard step?.isEpoch ?? true, let place = EpochPlace(line) else { return nil }
    // What stands before the place's end are its numbers.
    found.removeAll { $0.end <= place.end }
    step = Step(rank: LineKey.epochRank, entry: -1, value: place.epoch, line: line.number)
    return place
  }

  /// Writes the pairs of a line.
  ///
  /// Logs spell the step differently in lines of different kinds; it is one column all the same. In a
  /// line of an evaluation, a plain `loss` is that of the held-out data; in a line that counts something
  /// else, as `epoch 3 loss 2.1` between lines of steps, it is a mean.
  private mutating func write(
    step: Step?, line: Int, phase: String?, place: EpochPlace?, into records: inout RecordTable
  ) {
    guard let step else { return }
    records.begin(line: line)
    var spelling = "epoch"
    if step.entry >= 0 {
      spelling = entries[step.entry].key.name.lowercased()
      let id =
        step.isEpoch
        ? column(of: step.entry, &records)
        : stepColumn >= 0
          ? stepColumn : records.column(entries[step.entry].key.name, .step(rank: 0))
      if !step.isEpoch { stepColumn = id }
      records.set(id, step.value)
    } else {
      epoch.set(step.value, in: &records)
    }
    let isOther = spelling != firstSpelling ?? spelling
    firstSpelling = firstSpelling ?? spelling
    last = step
    last?.line = line
    if let place {
      let first = firstEpoch ?? place.epoch
      firstEpoch = first
      sinceStart = place.sinceStart(firstEpoch: first)
    }
    if let sinceStart, step.entry < 0 {
      context.set(sinceStart, in: &records)
      records.contextSteps = context.number
    }
    for (id, value, _) in found where id != step.entry {
      let key = entries[id].key
      if let phase, key.isTrainingLoss {
        if entries[id].heldOut < 0 {
          entries[id].heldOut = records.column("\(phase) \(key.name)", .series(.validationLoss))
        }
        records.set(entries[id].heldOut, value)
      } else if isOther, key.isTrainingLoss {
        if entries[id].otherSteps < 0 {
          entries[id].otherSteps = records.column(
            "\(spelling) \(key.name)", .series(.trainLoss, rank: 5))
        }
        records.set(entries[id].otherSteps, value)
      } else {
        let column = column(of: id, &records)
        if column != stepColumn { records.set(column, value) }
      }
    }
  }

  private mutating func column(of id: Int, _ records: inout RecordTable) -> Int {
    if entries[id].column < 0 {
      entries[id].column = records.column(entries[id].key.name, entries[id].key.meaning)
    }
    return entries[id].column
  }

  static func evidence(in sample: LogSample) -> FormatEvidence? {
    var grammar = Self()
    var scratch = RecordTable()
    var (hits, lines) = (0, 0)
    var first: Int?
    sample.forEachLine { line in
      if line.afterBlanks(0) < line.count { lines += 1 }
      // Half a line of another format may have a step and a loss, too.
      guard line.hasEnd, grammar.take(line, into: &scratch) else { return }
      hits += 1
      if first == nil { first = line.number }
    }
    // A single line may be a sentence about a run.
    guard let first, hits > 1 || hits * 2 >= lines else { return nil }
    return FormatEvidence(
      strength: .some, hits: hits,
      reason: "\(NumberText.count(hits, "line")) with a step and a loss in the beginning, the "
        + "first on line \(first)")
  }
}
