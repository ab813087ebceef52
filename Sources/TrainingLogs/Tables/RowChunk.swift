import CTextScan

/// Some rows of a table by columns, on their way from the scanner to where they are kept.
///
/// It is small enough to stay in the processor's cache.
struct RowChunk: ~Copyable {
  /// Rows that fit.
  static let capacity = 1024
  /// A little more than the capacity, so that columns do not share cache sets.
  private static let stride = capacity + 24

  /// Rows that are there.
  private(set) var count = 0
  /// The line of each row.
  private(set) var lines = LineTable()
  private let values: UnsafeMutablePointer<Double>
  private let columns: UnsafeMutablePointer<text_scan_column>
  private let width: Int

  /// The scanner's fastest variant on this machine.
  static let level = Int32(
    text_scan_supports(Int32(text_scan_avx2)) != 0 ? text_scan_avx2 : text_scan_plain)

  private let scanner: Int32

  /// An empty chunk for rows of so many columns, to be filled by a variant of the scanner.
  init(width: Int, level: Int32 = RowChunk.level) {
    self.width = width
    scanner = level
    values = .allocate(capacity: max(1, width) * Self.stride)
    values.initialize(repeating: RowTable.missing, count: max(1, width) * Self.stride)
    columns = .allocate(capacity: max(1, width))
    columns.initialize(
      repeating: text_scan_column(out: nil, blanks: 0, not_finite: 0), count: max(1, width))
    for column in 0..<width { columns[column].out = values + column * Self.stride }
  }

  deinit {
    values.deallocate()
    columns.deallocate()
  }

  /// Whether no further row fits.
  var isFull: Bool { count == Self.capacity }

  /// Leaves a column out from now on.
  mutating func leaveOut(_ column: Int) { columns[column].out = nil }

  /// Whether a column is read.
  func isRead(_ column: Int) -> Bool { columns[column].out != nil }

  /// The values of a column.
  func column(_ index: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: values + index * Self.stride, count: count)
  }

  /// Whether a column has a finite value in every row.
  func isDense(_ column: Int) -> Bool {
    columns[column].blanks == 0 && columns[column].not_finite == 0
  }

  /// Adds plain rows of a text, of which the first begins on a line.
  mutating func scan(
    _ text: UnsafePointer<UInt8>, count length: Int, delimiter: UInt8, width: Int, step: Int?,
    line: Int
  ) -> (rows: Int, consumed: Int, status: Int) {
    for index in 0..<width where columns[index].out != nil {
      columns[index].out = values + index * Self.stride + count
    }
    let found = text_scan_rows(
      scanner, text, length, delimiter, width, columns, step ?? -1, RowTable.missing,
      Self.capacity - count)
    lines.append(line, count: found.rows)
    count += found.rows
    return (found.rows, found.consumed, Int(found.status))
  }

  /// Begins a row without values.
  mutating func begin(line: Int) {
    for index in 0..<width {
      values[index * Self.stride + count] = RowTable.missing
      columns[index].blanks += 1
    }
    lines.append(line)
    count += 1
  }

  /// Sets a value of the row begun last.
  mutating func set(_ column: Int, _ value: Double) {
    values[column * Self.stride + count - 1] = value
    columns[column].blanks -= 1
    if !value.isFinite { columns[column].not_finite += 1 }
  }

  /// Forgets the rows.
  mutating func empty() {
    count = 0
    lines = LineTable()
    for index in 0..<width {
      columns[index].blanks = 0
      columns[index].not_finite = 0
    }
  }
}
