/// Standard output of Lightning-AI/litgpt (litgpt/pretrain.py, litgpt/finetune).
///
/// `Epoch 1 | iter 64 step 4 | loss train: 10.500, val: n/a | iter time: 500.00 ms (step) ...` and
/// `iter 64: val loss 3.1042, val time: 100 ms`. `step` counts updates, `iter` the batches accumulated
/// for them. The validation loss stands in every line until the next one: it counts where it changes.
struct LitGPTFormat: LineFormat {
  static let name = "litgpt"
  static let title = "litgpt's standard output"

  private var step = LazyColumn("step", .step(rank: 0))
  private var validation = LazyColumn("val loss", .series(.validationLoss))
  private var columns = PairColumns(stated: ["iter": .other])
  /// The validation loss that the lines go on to print.
  private var printed: Double?
  /// Whether the next line prints a validation loss that is known already.
  private var isKnown = false
  private var lastStep: Double?

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    if line.has("iter ", at: 0) { return takeValidation(line, into: &records) }
    guard line.has("Epoch ", at: 0), let place = line.find(" step "),
      line.find(" | iter ") ?? .max < place, let step = line.number(at: place + 6),
      line.find("loss train: ", from: step.end) != nil
    else { return false }
    lastStep = step.value
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    var pairs = KeyValueScanner(line)
    while let pair = pairs.next(), !line.has("iter time", at: pair.key.lowerBound) {
      if line.has("val", at: pair.key.lowerBound), pair.key.count == 3 {
        if !isKnown, pair.value != printed { validation.set(pair.value, in: &records) }
        (printed, isKnown) = (pair.value, false)
      } else if !line.has("step", at: pair.key.lowerBound) {
        columns.set(pair, of: line, into: &records)
      }
    }
    return true
  }

  private mutating func takeValidation(
    _ line: TextLine, into records: inout RecordTable
  ) -> Bool {
    guard let iteration = line.number(at: 5), line.has(": val loss ", at: iteration.end),
      let loss = line.number(at: iteration.end + 11), line.has(", val time: ", at: loss.end),
      let lastStep
    else { return false }
    records.begin(line: line.number)
    step.set(lastStep, in: &records)
    validation.set(loss.value, in: &records)
    isKnown = true
    return true
  }
}
