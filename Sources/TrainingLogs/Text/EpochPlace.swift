/// A place within an epoch: `Epoch: [3][  40/5005]`, `Train Epoch: 1 [640/60000 (1%)]`,
/// `Train: 0 [  50/1251 (  4%)]`, `Train: [0/300][10/1251]`.
///
/// So print the examples of PyTorch (mnist, imagenet), timm, Swin, and what was made after them.
struct EpochPlace {
  /// The epoch as the line has it.
  var epoch: Double
  /// How much of the epoch is done: batches or samples.
  var done: Double
  /// How much an epoch has.
  var total: Double
  /// Where the place ends in the line.
  var end: Int

  private static let words: [StaticString] = ["poch", "rain:", "raining:"]

  /// The place that a line tells; nil when there is none.
  init?(_ line: TextLine) {
    for word in Self.words {
      guard let found = line.find(word) else { continue }
      let start = found + word.utf8CodeUnitCount
      if let place = Self(line, from: start) {
        self = place
        return
      }
    }
    return nil
  }

  private init?(_ line: TextLine, from start: Int) {
    var next = line.afterBlanks(start)
    if line[next] == UInt8(ascii: ":") || line[next] == UInt8(ascii: "=") {
      next = line.afterBlanks(next + 1)
    }
    let isBracketed = line[next] == UInt8(ascii: "[")
    guard let epoch = line.plainNumber(at: line.afterBlanks(next + (isBracketed ? 1 : 0))) else {
      return nil
    }
    next = line.afterBlanks(epoch.end)
    if line[next] == UInt8(ascii: "/"),
      let epochs = line.plainNumber(at: line.afterBlanks(next + 1))
    {
      next = line.afterBlanks(epochs.end)
    }
    if isBracketed {
      guard line[next] == UInt8(ascii: "]") else { return nil }
      next += 1
    }
    next = line.afterBlanks(next)
    if line[next] == Ascii.comma || line[next] == UInt8(ascii: ":") {
      next = line.afterBlanks(next + 1)
    }
    guard line[next] == UInt8(ascii: "[") || line[next] == UInt8(ascii: "("),
      let done = line.plainNumber(at: line.afterBlanks(next + 1))
    else { return nil }
    next = line.afterBlanks(done.end)
    guard line[next] == UInt8(ascii: "/"),
      let total = line.plainNumber(at: line.afterBlanks(next + 1)),
      epoch.value >= 0, epoch.value < 1e9, done.value >= 0, done.value < 1e12, total.value >= 1,
      total.value < 1e12, total.value >= done.value
    else { return nil }
    (self.epoch, self.done, self.total) = (epoch.value, done.value, total.value)
    end = total.end
  }

  /// Batches or samples since the start, when the log's first epoch has this number.
  func sinceStart(firstEpoch: Double) -> Double {
    (epoch - (firstEpoch == 1 ? 1 : 0)) * total + done
  }
}
