/// Standard output of karpathy/nanochat.
///
/// `step 00010/21400 (0.05%) | loss: 9.3 | lrm: 1.00 | dt: 300ms | tok/sec: 1,700,000 | ...` and
/// `Step 00250 | Validation bpb: 1.23`. `lrm` multiplies the learning rate and is none; `bpb` counts bits
/// a byte. Where a process died the next record stands on the same line.
struct NanochatFormat: LineFormat {
  static let name = "nanochat"
  static let title = "nanochat's standard output"

  private var step = LazyColumn("step", .step(rank: 0))
  private var columns = PairColumns(stated: ["lrm": .other])

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    guard var start = Self.record(in: line, from: 0) else { return false }
    var isRecord = false
    while let next = Self.record(in: line, from: start + 5) {
      let piece = TextLine(
        bytes: UnsafeBufferPointer(rebasing: line.bytes[start..<next]), number: line.number,
        hasEnd: true)
      isRecord = take(piece, isCut: true, into: &records) || isRecord
      start = next
    }
    let rest = TextLine(
      bytes: UnsafeBufferPointer(rebasing: line.bytes[start...]), number: line.number,
      hasEnd: line.hasEnd)
    return take(rest, isCut: false, into: &records) || isRecord
  }

  /// Where `step` and a number stand.
  private static func record(in line: TextLine, from start: Int) -> Int? {
    var next = start
    while let found = line.find("tep ", from: next) {
      let first = line[found - 1] | 0x20
      if found > start, first == UInt8(ascii: "s"), line.isDigit(found + 4) { return found - 1 }
      next = found + 4
    }
    return nil
  }

  /// Takes a record; the last pair of one that is cut may be half a number.
  private mutating func take(
    _ line: TextLine, isCut: Bool, into records: inout RecordTable
  ) -> Bool {
    guard let step = line.number(at: 5), let bar = line.find(" | ", from: step.end),
      bar - step.end < 24,
      line.find("| lrm: ", from: bar) != nil || line.has(" | Validation ", at: bar)
    else { return false }
    var pairs = KeyValueScanner(line, from: bar)
    var held = pairs.next()
    if isCut, held == nil { return false }
    records.begin(line: line.number)
    self.step.set(step.value, in: &records)
    while let pair = held {
      held = pairs.next()
      if held != nil || !isCut { columns.set(pair, of: line, into: &records) }
    }
    return true
  }
}
