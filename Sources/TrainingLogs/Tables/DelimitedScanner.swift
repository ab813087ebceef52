import CTextScan

/// Splits a stream of bytes into rows of fields (RFC 4180, and what is usual beside it).
///
/// Lines end with LF, CR LF, CR CR LF or CR. Blanks around a field are left out. A quote that is
/// never closed is taken as an ordinary character and noted. Lines without any text are skipped.
struct DelimitedScanner: ~Copyable {
  private var stream: ByteStream
  private let file: String
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Where the current row begins.
  private var start = 0
  /// Where the bytes in the buffer end; NUL bytes follow.
  private var end = 0
  /// Where the row after the current one begins.
  private var nextStart = 0
  /// Where the rows behind the header begin.
  private var firstRowStart = 0
  /// Bytes that were moved out of the buffer.
  private var moved = 0
  private var earlier = LastCells()
  private var ended = false
  private var cells: UnsafeMutablePointer<Cell>
  private var cellCapacity = 64
  private var nextLine = 1
  private var linesInRow = 0

  /// The byte between fields.
  var delimiter = Ascii.comma
  /// The line on which the current row begins, counted from 1.
  private(set) var line = 0
  /// The number of fields of the current row.
  private(set) var fieldCount = 0
  /// Whether the current row ends with a line end.
  private(set) var rowHasEnd = true
  /// Places of quotes that are never closed.
  private(set) var unterminatedQuotes: [(line: Int, column: Int)] = []

  /// The buffer's size at the start.
  private static let bufferSize = 1 << 18
  /// The longest row, in bytes.
  private static let longestRow = 1 << 22

  /// Reads from a stream; call `fillSample()` first to look at the beginning.
  init(_ stream: consuming ByteStream, file: String) {
    capacity = BufferSize.fitting(stream.length, most: Self.bufferSize)
    self.stream = stream
    self.file = file
    bytes = Self.buffer(of: capacity)
    cells = .allocate(capacity: cellCapacity)
  }

  deinit {
    (bytes - Self.padding).deallocate()
    cells.deallocate()
  }

  /// Bytes that may be looked at before and behind those of the buffer.
  private static let padding = Int(text_scan_padding)

  private static func buffer(of capacity: Int) -> UnsafeMutablePointer<UInt8> {
    let base = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + 2 * padding)
    base.initialize(repeating: 0, count: capacity + 2 * padding)
    return base + padding
  }

  /// Whether the data is compressed.
  var isCompressed: Bool { stream.isCompressed }

  /// Whether the compressed data ended before its end mark; known after the last row.
  var isTruncated: Bool { stream.isTruncated }

  /// SHA-256 of all bytes on disk.
  mutating func sha256() throws(LogError) -> String { try stream.sha256() }

  /// Bytes that were scanned.
  var taken: Int { moved + nextStart }

  /// The bytes on disk; nil where that is not known.
  var length: Int? { stream.length }

  /// The beginning of the text, to judge what it is; takes nothing.
  mutating func sample() throws(LogError) -> [UInt8] {
    while end - start < 1 << 16, !ended { try refill() }
    return Array(UnsafeBufferPointer(start: bytes + start, count: min(end - start, 1 << 16)))
  }

  /// Leaves out the first bytes, one line among them.
  mutating func skipLine(_ count: Int) {
    nextStart = min(start + count, end)
    start = nextStart
    nextLine += 1
  }

  /// A field of the current row.
  @inline(__always)
  func cell(_ index: Int) -> Cell { cells[index] }

  /// The text of a field of the current row.
  func text(_ cell: Cell) -> String {
    let raw = UnsafeBufferPointer(start: bytes + cell.start, count: cell.end - cell.start)
    let text = String(decoding: raw, as: UTF8.self)
    return cell.isQuoted && raw.contains(Ascii.quote) ? QuotedText.unescaped(text) : text
  }

  /// The texts of the current row, without blanks at their ends.
  func texts() -> [String] {
    (0..<fieldCount).map { BlankTrimming.trimmed(text(cells[$0])) }
  }

  /// Goes to the next row that has any text.
  ///
  /// - Returns: false when there is none.
  mutating func next() throws(LogError) -> Bool {
    start = nextStart
    while true {
      if start == end {
        guard !ended else { return false }
        try refill()
      } else if scanRow() {
        line = nextLine
        nextLine += linesInRow
        if fieldCount > 1 || cells[0].kind != .empty || cells[0].isQuoted { return true }
        start = nextStart
      } else {
        try refill()
      }
    }
  }

  /// Reads plain rows, those of numbers and empty fields, into a chunk until it is full or the next row
  /// is another; that one is for `next()`.
  ///
  /// - Returns: whether the chunk is full.
  mutating func takePlainRows(
    width: Int, step: Int?, into chunk: inout RowChunk
  ) throws(LogError) -> Bool {
    while true {
      let found = chunk.scan(
        bytes + nextStart, count: end - nextStart, delimiter: delimiter, width: width, step: step,
        line: nextLine)
      nextStart += found.consumed
      nextLine += found.rows
      start = nextStart
      switch found.status {
      case text_scan_full: return true
      case text_scan_out_of_text where !ended: try refill()
      default: return false
      }
    }
  }

  /// Moves the unfinished row to the buffer's start and reads on.
  private mutating func refill() throws(LogError) {
    if start > 0 {
      noteEarlierRows()
      bytes.update(from: bytes + start, count: end - start)
      end -= start
      moved += start
      start = 0
      nextStart = 0
    }
    if end >= Self.longestRow {
      throw LogError(
        code: .notALog, file: file, line: nextLine,
        message: "a line of more than \(Self.longestRow >> 20) MiB; this is no table of numbers")
    }
    if end == capacity { grow() }
    let free = UnsafeMutableRawBufferPointer(start: bytes + end, count: capacity - end)
    let count = try stream.read(into: free)
    ended = count == 0
    end += count
    bytes[end] = 0
  }

  /// Leaves the row that was read out of the earlier ones: it is a header.
  mutating func markHeader() { firstRowStart = nextStart }

  /// Whether the last cell of a row without an end is most likely whole.
  ///
  /// A file that is still written ends anywhere, also inside a number; one that has not changed for
  /// minutes does so seldom. Of the others ``LastCells`` judges; a lone row of a file counts, for
  /// there would be nothing else.
  mutating func lastCellIsWhole() -> Bool {
    guard fieldCount > 0, !stream.isTruncated else { return false }
    noteEarlierRows()
    let cell = cells[fieldCount - 1]
    return stream.isFinished || cell.isQuoted || earlier.isEmpty && stream.isOfFile
      || earlier.suggestWhole(
        UnsafeBufferPointer(start: bytes + cell.start, count: cell.end - cell.start))
  }

  private mutating func noteEarlierRows() {
    earlier.note(
      UnsafeBufferPointer(start: bytes + firstRowStart, count: max(start - firstRowStart, 0)),
      delimiter: delimiter)
    firstRowStart = 0
  }

  private mutating func grow() {
    let larger = Self.buffer(of: capacity * 2)
    larger.update(from: bytes, count: end)
    (bytes - Self.padding).deallocate()
    bytes = larger
    capacity *= 2
  }

  /// Scans the row at `start`; false when the buffer ends before the row.
  private mutating func scanRow() -> Bool {
    var next = start
    fieldCount = 0
    linesInRow = 1
    while true {
      guard let stop = scanField(at: next) else { return false }
      if stop < end, bytes[stop] == delimiter {
        next = stop &+ 1
        continue
      }
      guard let after = lineEnd(at: stop) else { return false }
      nextStart = after
      return true
    }
  }

  /// Where the line that ends at `stop` is followed by the next one; nil: not in the buffer yet.
  @inline(__always)
  private mutating func lineEnd(at stop: Int) -> Int? {
    rowHasEnd = stop < end
    guard rowHasEnd else { return stop }
    if bytes[stop] == Ascii.lineFeed { return stop &+ 1 }
    var next = stop
    while bytes[next] == Ascii.carriageReturn { next &+= 1 }
    if next == end, !ended { return nil }
    // A run of CR before LF is one line end; without LF every CR is one.
    return bytes[next] == Ascii.lineFeed && next < end ? next &+ 1 : stop &+ 1
  }

  @inline(__always)
  private func endsField(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Ascii.lineFeed || byte == Ascii.carriageReturn
  }

  /// Scans the field at `start`.
  ///
  /// - Returns: Where the byte after it stands; nil when the buffer ends before that.
  @inline(__always)
  private mutating func scanField(at start: Int) -> Int? {
    if start < end, bytes[start] == delimiter {
      append(Cell(kind: .empty, isQuoted: false, value: 0, start: start, end: start))
      return start
    }
    if let number = NumberParser.number(in: bytes, from: start, separator: Ascii.dot) {
      if number.end == end ? ended : endsField(bytes[number.end]) {
        append(
          Cell(
            kind: .number, isQuoted: false, value: number.value, start: start, end: number.end))
        return number.end
      }
    }
    return scanOtherField(at: start)
  }

  /// Scans a field that is not just a number.
  private mutating func scanOtherField(at start: Int) -> Int? {
    var first = start
    while first < end, isBlank(bytes[first]) { first += 1 }
    if first < end, bytes[first] == Ascii.quote {
      if let stop = scanQuotedField(at: first) { return stop }
      guard ended || end - self.start >= Self.longestRow else { return nil }
      // A row can be scanned again when more bytes are there.
      if unterminatedQuotes.last?.line != nextLine {
        unterminatedQuotes.append((nextLine, fieldCount + 1))
      }
    }
    var stop = first
    while stop < end, !endsField(bytes[stop]) { stop += 1 }
    if stop == end, !ended { return nil }
    var last = stop
    while last > first, isBlank(bytes[last - 1]) { last -= 1 }
    append(interpreted(from: first, to: last, isQuoted: false))
    return stop
  }

  /// Scans a field in quotes; nil when it does not end in the buffer.
  private mutating func scanQuotedField(at quote: Int) -> Int? {
    var next = quote + 1
    var lines = 0
    while true {
      while next < end, bytes[next] != Ascii.quote {
        if bytes[next] == Ascii.lineFeed { lines += 1 }
        next += 1
      }
      guard next < end else { return nil }
      if next + 1 < end, bytes[next + 1] == Ascii.quote {
        next += 2
      } else if next + 1 == end, !ended {
        return nil
      } else {
        break
      }
    }
    var stop = next + 1
    while stop < end, isBlank(bytes[stop]) { stop += 1 }
    let hasTextBehind = stop < end && !endsField(bytes[stop])
    while stop < end, !endsField(bytes[stop]) { stop += 1 }
    if stop == end, !ended { return nil }
    linesInRow += lines
    if hasTextBehind {
      append(Cell(kind: .text, isQuoted: false, value: 0, start: quote, end: stop))
    } else {
      append(interpreted(from: quote + 1, to: next, isQuoted: true))
    }
    return stop
  }

  @inline(__always)
  private func isBlank(_ byte: UInt8) -> Bool {
    byte == Ascii.space || (byte == Ascii.tab && delimiter != Ascii.tab)
  }

  /// What the text of a field means.
  private func interpreted(from start: Int, to end: Int, isQuoted: Bool) -> Cell {
    var (first, last) = (start, end)
    while first < last, isBlank(bytes[first]) { first += 1 }
    while last > first, isBlank(bytes[last - 1]) { last -= 1 }
    var cell = Cell(kind: .text, isQuoted: isQuoted, value: 0, start: start, end: end)
    let text = UnsafeBufferPointer(start: bytes + first, count: last - first)
    if text.isEmpty {
      cell.kind = .empty
    } else if let value = number(from: first, to: last) {
      cell.kind = .number
      cell.value = value
    } else if let word = NumberWord.meaning(of: text) {
      cell.kind = word.kind
      cell.value = word.value
    } else if let value = SpelledNumber.value(
      of: bytes, from: first, to: last,
      thousands: delimiter == Ascii.comma && isQuoted || delimiter == Ascii.tab)
    {
      cell.kind = .number
      cell.value = value
    }
    return cell
  }

  /// The number that fills the range; with semicolons between fields a comma may be decimal.
  private func number(from start: Int, to end: Int) -> Double? {
    let separators = delimiter == Ascii.semicolon ? [Ascii.dot, Ascii.comma] : [Ascii.dot]
    for separator in separators {
      let number = NumberParser.number(in: bytes, from: start, separator: separator)
      if let number, number.end == end { return number.value }
    }
    return nil
  }

  @inline(__always)
  private mutating func append(_ cell: Cell) {
    if fieldCount == cellCapacity { growCells() }
    (cells + fieldCount).initialize(to: cell)
    fieldCount &+= 1
  }

  private mutating func growCells() {
    let larger = UnsafeMutablePointer<Cell>.allocate(capacity: cellCapacity * 2)
    larger.update(from: cells, count: fieldCount)
    cells.deallocate()
    cells = larger
    cellCapacity *= 2
  }
}
