/// The steps of a chunk's rows.
struct ChunkSteps {
  /// The steps as the table has them; nil: rows are counted.
  private let values: UnsafeBufferPointer<Double>?
  /// The number of the first row in the table.
  private let row: Int
  /// Whether every step is greater than the one before.
  let isAscending: Bool

  /// Steps of a column, or of rows from `row` on.
  init(_ values: UnsafeBufferPointer<Double>?, row: Int) {
    self.values = values
    self.row = row
    var isAscending = true
    if let values {
      for index in 1..<max(1, values.count) {
        isAscending = isAscending && values[index] > values[index - 1]
      }
    }
    self.isAscending = isAscending
  }

  /// The step of a row of the chunk.
  @inline(__always)
  subscript(index: Int) -> Double { values.map { $0[index] } ?? Double(row + index) }

  /// The first row's step; the chunk has rows.
  var first: Double { self[0] }
}
