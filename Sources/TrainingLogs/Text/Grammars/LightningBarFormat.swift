/// Lightning's and NeMo's progress bars (TQDMProgressBar of lightning).
///
/// `Epoch 0:   1%|  | 100/10000 [00:50<.., v_num=1, reduced_train_loss=10.90, global_step=99.00]`: values
/// of the last update stand in the brackets. Where no `global_step` is logged the step is epoch * total +
/// the bar's count. NeMo 2 also prints `Training epoch 0, iteration 9/99 | lr: .. | global_step: 9 | ..`.
struct LightningBarFormat: LineFormat {
  static let name = "lightning-bar"
  static let title = "Lightning's and NeMo's progress bars"
  static let closesRecords = true

  private var columns = KeyColumns()
  private var pairs = PairColumns()
  private var members: [(key: Range<Int>, value: Double)] = []
  private var places: (step: Int, epoch: Int)?

  private static let mostMembers = 4096

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    let first = line.afterBlanks(0)
    if line.has("Training epoch ", at: first) { return takeLine(line, from: first, &records) }
    guard line.has("Epoch ", at: first), let epoch = line.plainNumber(at: first + 6),
      line[epoch.end] == UInt8(ascii: ":"), let bar = ProgressBar(line, from: epoch.end)
    else { return false }
    guard let (hasStep, hasLoss) = readMembers(line, from: bar.bracket), hasLoss else {
      return false
    }
    let ids =
      places
      ?? (
        hasStep ? -1 : records.column("step", .step(rank: 0)), records.column("epoch", .other)
      )
    places = ids
    records.begin(line: line.number)
    records.set(ids.epoch, epoch.value)
    if !hasStep {
      records.set(ids.step, bar.done + (bar.total.isFinite ? epoch.value * bar.total : 0))
    }
    for member in members {
      records.set(columns.column(of: member.key, in: line, &records), member.value)
    }
    return true
  }

  /// Reads `key=value` behind the times; nil when the bracket is not closed.
  private mutating func readMembers(
    _ line: TextLine, from bracket: Int
  ) -> (hasStep: Bool, hasLoss: Bool)? {
    members.removeAll(keepingCapacity: true)
    var (hasStep, hasLoss) = (false, false)
    guard line.find("]", from: bracket) != nil else { return nil }
    var place = bracket
    while members.count < Self.mostMembers, let comma = line.find(", ", from: place) {
      place = comma + 2
      guard let equals = line.find("=", from: place) else { break }
      let key = place..<equals
      guard !key.isEmpty, key.count <= KeyValueScanner.longestKey,
        !line.contains(", ", in: key)
      else { continue }
      place = equals + 1
      guard let value = line.plainNumber(at: place), !line.isWord("v_num", key) else { continue }
      place = value.end
      members.append((key, value.value))
      if line.isWord("global_step", key) { hasStep = true }
      if line.contains("loss", in: key) { hasLoss = true }
    }
    return (hasStep, hasLoss)
  }

  private mutating func takeLine(
    _ line: TextLine, from first: Int, _ records: inout RecordTable
  ) -> Bool {
    guard line.hasEnd, let start = line.find("| "),
      line.contains(", iteration ", in: first..<start),
      line.find("loss: ", from: start) != nil, line.find("global_step: ", from: start) != nil
    else { return false }
    records.begin(line: line.number)
    pairs.setAll(of: line, from: start, into: &records)
    return true
  }
}
