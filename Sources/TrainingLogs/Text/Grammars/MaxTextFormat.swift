/// Standard output of AI-Hypercomputer/maxtext (MaxText/metric_logger.py).
///
/// `completed step: 2, seconds: 0.570, ..., loss: 0.693, lm_loss: .., perplexity: ..` with three
/// decimals. Its post-training prints the same losses with six before
/// (`Train step 2 training loss: 0.693147  - training perplexity: ..`, google/tunix peft_trainer.py),
/// which are preferred. Evaluations are `Train step 500 eval loss: ..`,
/// `Completed eval after train step 500, loss=..` and `eval metrics after step: 500, loss=..`.
struct MaxTextFormat: LineFormat {
  static let name = "maxtext"
  static let title = "MaxText's standard output"

  private var step = LazyColumn("completed step", .step(rank: 0))
  private var completed = PairColumns(stated: [
    "loss": .series(.trainLoss, rank: 1), "lm_loss": .other,
  ])
  private var trainer = PairColumns(stated: [
    "training loss": .series(.trainLoss), "eval loss": .series(.validationLoss),
    "training perplexity": .other, "eval perplexity": .other,
  ])
  private var evaluation = PairColumns(
    prefix: "completed eval ", stated: ["loss": .series(.validationLoss, rank: 1)])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let place = line.find("step") else { return false }
    if line.has("completed ", at: place - 10), line[place + 4] == UInt8(ascii: ":"),
      let step = line.number(at: place + 5), line.find(" loss: ", from: step.end) != nil
    {
      begin(step.value, line, &records)
      completed.setAll(of: line, from: step.end, into: &records)
      return true
    }
    if line.has("Train ", at: place - 6), let step = line.number(at: place + 4),
      line.has(" training loss: ", at: step.end) || line.has(" eval loss: ", at: step.end)
    {
      begin(step.value, line, &records)
      trainer.setAll(of: line, from: step.end, into: &records)
      return true
    }
    let isEvaluation =
      line.has("Completed eval after train ", at: place - 27)
      || line.has("eval metrics after ", at: place - 19)
    let colon = line[place + 4] == UInt8(ascii: ":") ? 1 : 0
    guard isEvaluation, let step = line.number(at: place + 4 + colon),
      line.has(", loss=", at: step.end)
    else { return false }
    begin(step.value, line, &records)
    evaluation.setAll(of: line, from: step.end, into: &records)
    return true
  }

  private mutating func begin(_ step: Double, _ line: TextLine, _ records: inout RecordTable) {
    records.begin(line: line.number)
    self.step.set(step, in: &records)
  }
}
