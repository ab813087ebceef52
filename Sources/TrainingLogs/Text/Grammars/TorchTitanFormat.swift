/// Standard output of pytorch/torchtitan (torchtitan/components/metrics.py).
///
/// `[titan] 2026-01-31 22:15:40,200 - root - INFO - step: 10  loss: 11.78  grad_norm: 2.1  memory: ..`
/// and `validate step: 1000  loss: 4.02  ...`. Ranks may print the same step. The learning rate is not
/// printed.
struct TorchTitanFormat: LineFormat {
  static let name = "torchtitan"
  static let title = "torchtitan's standard output"

  private var step = LazyColumn("step", .step(rank: 0))
  private var training = PairColumns()
  private var validation = PairColumns(
    prefix: "validate ", stated: ["loss": .series(.validationLoss)])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let place = line.find("step: "), let step = line.number(at: place + 6),
      line[step.end] == Ascii.space, line.has("loss: ", at: line.afterBlanks(step.end))
    else { return false }
    let isValidation = line.has("validate ", at: place - 9)
    // Home-made logs have such lines, too: torchtitan's begin with the step or stand behind a logger's prefix.
    guard isValidation || place == 0 || line.has("- ", at: place - 2) else { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    if isValidation {
      validation.setAll(of: line, from: step.end, into: &records)
    } else {
      training.setAll(of: line, from: step.end, into: &records)
    }
    return true
  }
}
