/// The last cells of the rows before, by which a row without a line end is judged.
struct LastCells {
  /// How long the cells are, in bytes, the last row's first.
  private var lengths: [Int] = []
  /// How many decimals they have; 0 without a point and with an exponent.
  private var decimals: [Int] = []
  private static let most = 20

  /// Notes the last cells of rows; empty ones say nothing.
  mutating func note(_ rows: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
    var lengths: [Int] = []
    var decimals: [Int] = []
    var next = rows.count
    while next > 0, lengths.count < Self.most {
      var stop = next
      while stop > 0, Self.isLineEnd(rows[stop - 1]) { stop -= 1 }
      var cell = stop
      while cell > 0, rows[cell - 1] != delimiter, !Self.isLineEnd(rows[cell - 1]) { cell -= 1 }
      if cell < stop {
        lengths.append(stop - cell)
        decimals.append(Self.decimals(of: UnsafeBufferPointer(rebasing: rows[cell..<stop])))
      }
      next = cell
      while next > 0, !Self.isLineEnd(rows[next - 1]) { next -= 1 }
    }
    self.lengths = Array((lengths + self.lengths).prefix(Self.most))
    self.decimals = Array((decimals + self.decimals).prefix(Self.most))
  }

  /// Whether there are none.
  var isEmpty: Bool { lengths.isEmpty }

  /// Whether a cell at the end of the file is most likely whole: it is empty, as long as the
  /// shortest, or has as many decimals as the fewest.
  func suggestWhole(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    if cell.isEmpty { return true }
    guard let shortest = lengths.min(), let fewest = decimals.min() else { return false }
    return cell.count >= shortest || fewest > 0 && Self.decimals(of: cell) >= fewest
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private static func decimals(of cell: UnsafeBufferPointer<UInt8>) -> Int {
    guard let point = cell.lastIndex(of: Ascii.dot) else { return 0 }
    let behind = cell[(point + 1)...]
    return behind.allSatisfy { $0 >= 48 && $0 <= 57 } ? behind.count : 0
  }
}
