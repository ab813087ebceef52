/// The file main.log of llm.c (karpathy/llm.c, llmc/logger.h): `s:100 trl:6.28 lr:0.000123 norm:2.03`.
///
/// `trl` is the training loss, `tel` the validation loss, `eval` the accuracy on HellaSwag. Old versions
/// write no `lr`; it has six decimals, so small rates are 0.
struct LLMCFormat: LineFormat {
  static let name = "llm.c"
  static let title = "main.log of llm.c"

  private var step = LazyColumn("s", .step(rank: 0))
  private var columns = PairColumns(stated: [
    "trl": .series(.trainLoss), "tel": .series(.validationLoss), "eval": .other,
    "norm": .series(.gradientNorm),
  ])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard line.has("s:", at: 0), line.isDigit(2), let step = line.number(at: 2) else {
      return false
    }
    let next = step.end + 1
    guard line[step.end] == Ascii.space,
      line.has("trl:", at: next) || line.has("tel:", at: next) || line.has("eval:", at: next)
    else { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    columns.setAll(of: line, from: next, into: &records)
    return true
  }
}
