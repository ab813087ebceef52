/// A tqdm progress bar: `  1%|▏         | 100/10000 [00:50<1:22:00,  2.00it/s, loss=2.5]`.
struct ProgressBar {
  /// How much is done.
  var done: Double
  /// How much there is; NaN where the bar does not know.
  var total: Double
  /// Where the brackets with speed and values open.
  var bracket: Int

  /// The bar that a line shows; nil when there is none.
  init?(_ line: TextLine, from start: Int = 0) {
    // A bar without a total has no picture: `Epoch 0: 100it [00:50, 2.00it/s]`.
    guard let picture = line.find("%|", from: start), let edge = line.find("| ", from: picture + 2)
    else { return nil }
    let first = line.afterBlanks(edge + 2)
    guard let done = line.plainNumber(at: first), line[done.end] == UInt8(ascii: "/") else {
      return nil
    }
    let total = line.plainNumber(at: done.end + 1)
    let end = total?.end ?? done.end + 2
    let bracket = line.afterBlanks(end)
    guard line[bracket] == UInt8(ascii: "["), done.value.isFinite else { return nil }
    self.done = done.value
    self.total = total?.value ?? .nan
    self.bracket = bracket
  }
}
