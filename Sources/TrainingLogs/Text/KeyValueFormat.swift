/// Any line that has a step and a loss by name.
///
/// The last resort for logs of home-made training loops: `step 710 | loss 4.37 | lr 2.99e-04`.
struct KeyValueFormat: LineFormat {
  static let name = "key-value"
  static let title = "lines with a step and a loss by name"

  private var keys = KeyTable()
  private var entries: [Entry] = []
  /// The pairs of the line that is being looked at.
  private var found: [(entry: Int, value: Double)] = []
  private var stepColumn = -1

  /// What is known of a key.
  private struct Entry {
    var key: LineKey
    /// The column; -1 when it was not made yet.
    var column = -1
    /// The column of its values on held-out data; -1 when it was not made yet.
    var heldOut = -1
  }

  /// A line has no more pairs than this.
  private static let mostPairs = 4096

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    found.removeAll(keepingCapacity: true)
    var step: (rank: Int, entry: Int, value: Double)?
    var hasLoss = false
    var lossPlace = 0
    var (hasEpoch, total) = (false, Double.nan)
    var pairs = KeyValueScanner(line)
    while found.count < Self.mostPairs, let pair = pairs.next() {
      let id = keys.id(of: pair.key, in: line)
      guard id >= 0 else { continue }
      if id == entries.count { entries.append(Entry(key: LineKey(line.text(pair.key)))) }
      switch entries[id].key.meaning {
      case .step(let rank):
        if rank < step?.rank ?? .max {
          step = (rank, id, pair.value)
          total = pair.total
        }
        if rank >= LineKey.epochRank { hasEpoch = true }
      case .series(let role, _, _):
        if role.isLoss, !hasLoss { (hasLoss, lossPlace) = (true, pair.key.lowerBound) }
      case .other:
        if pair.separator == .blank { continue }
      }
      if entries[id].key.isUsable { found.append((id, pair.value)) }
    }
    guard let step, hasLoss, step.value.isFinite, !ProgramText.isProgram(line) else {
      return false
    }
    if hasEpoch, step.rank < LineKey.epochRank, records.stepsPerEpoch == nil, total >= 1 {
      records.stepsPerEpoch = Int(exactly: total)
    }
    write(
      step: step, line: line.number, phase: PhaseNames.heldOut(in: line, before: lossPlace),
      into: &records)
    return true
  }

  /// Writes the pairs of a line.
  ///
  /// Logs spell the step differently in lines of different kinds; it is one column all the same. In a
  /// line of an evaluation, a plain `loss` is that of the held-out data.
  private mutating func write(
    step: (rank: Int, entry: Int, value: Double), line: Int, phase: String?,
    into records: inout RecordTable
  ) {
    records.begin(line: line)
    let isEpoch = step.rank >= LineKey.epochRank
    if !isEpoch, stepColumn < 0 {
      stepColumn = records.column(entries[step.entry].key.name, .step(rank: 0))
    }
    if !isEpoch { records.set(stepColumn, step.value) }
    for (id, value) in found where isEpoch || id != step.entry {
      if let phase, entries[id].key.isTrainingLoss {
        if entries[id].heldOut < 0 {
          entries[id].heldOut = records.column(
            "\(phase) \(entries[id].key.name)", .series(.validationLoss))
        }
        records.set(entries[id].heldOut, value)
        continue
      }
      if entries[id].column < 0 {
        entries[id].column = records.column(entries[id].key.name, entries[id].key.meaning)
      }
      if entries[id].column != stepColumn { records.set(entries[id].column, value) }
    }
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
