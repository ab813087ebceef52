/// DeepSpeed's engine and the examples of DeepSpeed-Chat.
///
/// The engine prints `step=2300, skipped=42, lr=[7.57e-06, 7.57e-06], mom=[(0.9, 0.95), ..]`: a rate for
/// each group of parameters, of which the first is taken, and no loss. The example prints `ppl: 2.01`, or
/// `ppl: 2.01, loss: 0.70`, after each epoch's evaluation, and of reinforcement learning
/// `epoch: 0|step: 181|ppo_ep: 1|act_loss: ..|cri_loss: ..`.
struct DeepSpeedFormat: LineFormat {
  static let name = "deepspeed"
  static let title = "DeepSpeed's standard output"

  private var columns = PairColumns(stated: [
    "act_loss": .series(.trainLoss, unit: .unknown), "cri_loss": .other, "unsuper_loss": .other,
    "epoch": .other, "ppo_ep": .other,
  ])
  private var engine: (step: Int, rate: Int, skipped: Int, last: Int)?
  private var evaluation = KeyColumns()
  private var lastStep = 0.0
  /// Whether the last line was one of the engine.
  private var isEngineLine = false
  /// Whether an evaluation was announced since the engine's last line.
  private var isEvaluating = false

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    isEngineLine = false
    if line.has("ppl: ", at: 0) || line.has("loss: ", at: 0) {
      return takeEvaluation(line, &records)
    }
    if line.find("Evaluating") != nil { isEvaluating = true }
    if line.has("epoch: ", at: 0), line.find("|step: ") != nil, line.find("_loss: ") != nil {
      records.begin(line: line.number)
      columns.setAll(of: line, from: 0, into: &records)
      return true
    }
    return takeEngine(line, &records)
  }

  /// The engine's lines have no loss: they count as one, so that a format of the losses beside them is
  /// preferred.
  static func evidence(in sample: LogSample) -> FormatEvidence? {
    var grammar = Self()
    var scratch = RecordTable()
    var (losses, rates) = (0, 0)
    sample.forEachLine { line in
      guard grammar.take(line, into: &scratch) else { return }
      if grammar.isEngineLine { rates += 1 } else { losses += 1 }
    }
    guard losses + rates > 0 else { return nil }
    return FormatEvidence(
      strength: losses + rates > 1 ? .strong : .some, hits: losses + min(rates, 1),
      reason: "\(NumberText.count(rates, "line")) of the engine, \(losses) with a loss")
  }

  private mutating func takeEngine(_ line: TextLine, _ records: inout RecordTable) -> Bool {
    guard let start = line.find(" step="), let step = line.plainNumber(at: start + 6),
      line.has(", skipped=", at: step.end), let skipped = line.plainNumber(at: step.end + 10),
      line.has(", lr=[", at: skipped.end), let rate = line.plainNumber(at: skipped.end + 6),
      line[rate.end] == Ascii.comma || line[rate.end] == UInt8(ascii: "]")
    else { return false }
    let ids =
      engine
      ?? (
        records.column("step", .step(rank: 0)), records.column("lr", .series(.learningRate)),
        records.column("skipped", .other), Self.lastStep(&records)
      )
    engine = ids
    (isEngineLine, isEvaluating) = (true, false)
    lastStep = step.value
    records.begin(line: line.number)
    records.set(ids.step, step.value)
    records.set(ids.rate, rate.value)
    records.set(ids.skipped, skipped.value)
    records.set(ids.last, step.value)
    return true
  }

  private mutating func takeEvaluation(_ line: TextLine, _ records: inout RecordTable) -> Bool {
    let isPerplexity = line[0] == UInt8(ascii: "p")
    // Nothing behind it tells that the number is whole.
    guard line.hasEnd, let value = line.number(at: isPerplexity ? 5 : 6) else { return false }
    let hasLoss = line.has(", loss: ", at: value.end)
    let loss = hasLoss ? line.number(at: value.end + 8) : nil
    guard line.afterBlanks(loss?.end ?? value.end) == line.count else { return false }
    records.begin(line: line.number)
    let key = 0..<(isPerplexity ? 3 : 4)
    // A training loop may print its loss alone on a line between those of the engine.
    let isTraining = !isPerplexity && !isEvaluating && engine != nil
    records.set(
      evaluation.column(of: key, in: line, &records) { name in
        isTraining ? .series(.trainLoss) : Self.meaning(name)
      }, value.value)
    if let loss {
      let key = value.end + 2..<value.end + 6
      records.set(
        evaluation.column(of: key, in: line, &records, meaning: Self.meaning), loss.value)
    }
    records.set(Self.lastStep(&records), lastStep)
    return true
  }

  private static func meaning(_ name: String) -> StatedMeaning? {
    name == "ppl"
      ? .series(.validationLoss, rank: 1, unit: .perplexity) : .series(.validationLoss)
  }

  /// The column of the engine's last step, which an evaluation does not print.
  private static func lastStep(_ records: inout RecordTable) -> Int {
    let column = records.column("last step", .step(rank: ContextSteps.rank))
    records.contextSteps = column
    return column
  }
}
