/// Standard output of karpathy/build-nanogpt and of llm.c's trainers.
///
/// `step    12 | loss: 9.78 | lr 1.0909e-05 | norm: 2.99 | dt: 413.32ms | tok/sec: 1268477.24`, in
/// llm.c `step   12/19560 | loss 9.78 (+1.20z)| norm 2.99 ...`. The lines `validation loss: 6.1696` and
/// `val loss 6.1696` have no step: they are printed before the update and belong to the next line that
/// has one.
struct BuildNanoGPTFormat: LineFormat {
  static let name = "build-nanogpt"
  static let title = "standard output of build-nanogpt or llm.c"

  private var columns = PairColumns(stated: ["norm": .series(.gradientNorm)])
  private var step = LazyColumn("step", .step(rank: 0))
  private var validation = LazyColumn("validation loss", .series(.validationLoss))
  private var waiting: (value: Double, line: Int)?

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    if let value = validationLoss(line) {
      waiting = (value, line.number)
      return false
    }
    guard line.has("step ", at: 0), let step = line.number(at: 5) else { return false }
    var end = step.end
    if line[end] == UInt8(ascii: "/"), let total = line.number(at: end + 1) { end = total.end }
    end = line.afterBlanks(end)
    guard line[end] == UInt8(ascii: "|"),
      line.has(" loss", at: end + 1) || line.has(" train loss", at: end + 1),
      line.find(" norm", from: end) != nil
    else { return false }
    if let waiting {
      records.begin(line: waiting.line)
      self.step.set(step.value, in: &records)
      validation.set(waiting.value, in: &records)
      self.waiting = nil
    }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    columns.setAll(of: line, from: end, into: &records)
    return true
  }

  private func validationLoss(_ line: TextLine) -> Double? {
    guard line[0] == UInt8(ascii: "v"), line.hasEnd else { return nil }
    let start = line.has("validation loss: ", at: 0) ? 17 : line.has("val loss ", at: 0) ? 9 : 0
    guard start > 0, let number = line.number(at: start), number.end == line.count else {
      return nil
    }
    return number.value
  }
}
