/// Standard output of jingyaogong/minimind.
///
/// `Epoch:[1/1](10/39695), loss: 8.5371, logits_loss: .., aux_loss: .., lr: 0.00050000, ...`, in old
/// versions with blanks for commas. The step in parentheses starts again every epoch.
struct MiniMindFormat: LineFormat {
  static let name = "minimind"
  static let title = "minimind's standard output"

  private var step = LazyColumn("step", .step(rank: 0))
  private var epoch = LazyColumn("epoch", .step(rank: ColumnNames.epochRank))
  private var columns = PairColumns(stated: ["logits_loss": .other, "aux_loss": .other])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard let start = line.find("Epoch:["), let epoch = line.number(at: start + 7),
      line[epoch.end] == UInt8(ascii: "/"), let epochs = line.number(at: epoch.end + 1),
      line.has("](", at: epochs.end), let step = line.number(at: epochs.end + 2),
      line[step.end] == UInt8(ascii: "/"), let total = line.number(at: step.end + 1),
      line[total.end] == UInt8(ascii: ")"), line.find("loss:", from: total.end) != nil
    else { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    self.epoch.set(epoch.value, in: &records)
    if records.stepsPerEpoch == nil, total.value >= 1 {
      records.stepsPerEpoch = Int(exactly: total.value)
    }
    columns.setAll(of: line, from: total.end, into: &records)
    return true
  }
}
