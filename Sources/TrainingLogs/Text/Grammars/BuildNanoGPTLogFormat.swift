/// The file log.txt of karpathy/build-nanogpt (train_gpt2.py): `250 train 3.1`.
///
/// A line is a step, `train`, `val` or `hella` (the accuracy on HellaSwag), and a number.
struct BuildNanoGPTLogFormat: LineFormat {
  static let name = "build-nanogpt-log"
  static let title = "log.txt of build-nanogpt"

  private var step = LazyColumn("step", .step(rank: 0))
  private var train = LazyColumn("train", .series(.trainLoss))
  private var validation = LazyColumn("val", .series(.validationLoss))
  private var accuracy = LazyColumn("hella", .other)

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard line.isDigit(0), let step = line.number(at: 0) else { return false }
    let isTrain = line.has(" train ", at: step.end)
    let isValidation = line.has(" val ", at: step.end)
    let word = isTrain ? 7 : isValidation ? 5 : 7
    guard isTrain || isValidation || line.has(" hella ", at: step.end),
      let value = line.number(at: step.end + word),
      line.afterBlanks(value.end) >= line.count
    else { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    if isTrain {
      train.set(value.value, in: &records)
    } else if isValidation {
      validation.set(value.value, in: &records)
    } else {
      accuracy.set(value.value, in: &records)
    }
    return true
  }
}
