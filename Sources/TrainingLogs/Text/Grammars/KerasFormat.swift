/// Keras' progress bars (ProgbarLogger, versions 2 and 3, and verbose=2).
///
/// `Epoch 1/10`, then `100/100 [=====] - 3s 2ms/step - loss: 0.3 - val_loss: 0.4`. The bar shows means since
/// the epoch's start, so only the full bar is a record; it may be printed again with the validation's
/// values. The step is the epoch, counted from 1.
struct KerasFormat: LineFormat {
  static let name = "keras"
  static let title = "Keras' progress bars"

  private var columns = PairColumns()
  private var epochColumn: Int?
  private var epoch: Double?
  /// The epoch of the last record.
  private var written: Double?

  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool {
    if line.has("Epoch ", at: 0) {
      if let number = line.plainNumber(at: 6), line[number.end] == UInt8(ascii: "/"),
        let total = line.plainNumber(at: number.end + 1), line.afterBlanks(total.end) == line.count
      {
        (epoch, written) = (number.value, nil)
      }
      return false
    }
    guard let epoch else { return false }
    let first = line.afterBlanks(Self.afterBackspaces(line))
    guard let done = line.plainNumber(at: first), line[done.end] == UInt8(ascii: "/"),
      let total = line.plainNumber(at: done.end + 1), done.value == total.value,
      let start = line.find(" - ", from: total.end), line.find("loss: ", from: start) != nil,
      // The validation is still to come.
      line.find("- ETA: ", from: start) == nil
    else { return false }
    let column = epochColumn ?? records.column("epoch", .step(rank: 0))
    epochColumn = column
    let isNew = written != epoch
    if isNew {
      records.begin(line: line.number)
      records.set(column, epoch)
    }
    written = epoch
    columns.setAll(of: line, from: start + 3, into: &records)
    return isNew
  }

  /// A bar draws itself anew with backspaces.
  private static func afterBackspaces(_ line: TextLine) -> Int {
    guard line[0] == 8 || line.find("\u{8}") != nil else { return 0 }
    return (line.bytes.lastIndex(of: 8) ?? -1) + 1
  }
}
