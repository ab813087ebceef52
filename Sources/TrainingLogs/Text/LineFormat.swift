#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A format of one or a few lines a record: a line grammar.
///
/// A grammar is a value that is handed the lines one after the other. It may remember what earlier
/// lines said (the epoch, a validation loss whose step comes with the next line).
protocol LineFormat: LogFormat {
  /// Whether a record shows its own end, as a closing bracket: then a last line without a line end
  /// counts when it is taken.
  static var closesRecords: Bool { get }

  /// Starts before the first line.
  init()

  /// Takes a line; what it says goes to the records.
  ///
  /// - Returns: whether the line is one of this format, with a value that counts.
  mutating func take(_ line: TextLine, into records: inout RecordTable) -> Bool

  /// Takes what is left when the last line was taken.
  mutating func finish(into records: inout RecordTable)
}

extension LineFormat {
  static var closesRecords: Bool { false }

  mutating func finish(into records: inout RecordTable) {}

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    var grammar = Self()
    var lines = LineReader(input.stream, file: input.file)
    var earlier = EarlierLines()
    while let line = try lines.next() {
      guard line.hasEnd || Self.closesRecords || earlier.suggestComplete(line) else {
        Self.noteHalf(line, by: grammar, issues: &issues)
        break
      }
      if grammar.take(line, into: &records) { earlier.add(line) }
    }
    grammar.finish(into: &records)
    return try lines.end()
  }

  /// Reports a last line that would have been a record.
  private static func noteHalf(_ line: TextLine, by grammar: Self, issues: inout IssueCollector) {
    var probe = grammar
    var scratch = RecordTable()
    guard probe.take(line, into: &scratch) else { return }
    issues.add(
      .truncatedLine, line: line.number,
      "the last line has no end and does not look like those before it: it may be half written "
        + "and is left out")
  }

  /// Counts the lines of the sample that are of this format.
  static func evidence(in sample: LogSample) -> FormatEvidence? {
    var grammar = Self()
    var scratch = RecordTable()
    var hits = 0
    var first: Int?
    sample.forEachLine { line in
      guard grammar.take(line, into: &scratch) else { return }
      hits += 1
      if first == nil { first = line.number }
    }
    guard hits > 0, let first else { return nil }
    return FormatEvidence(
      strength: hits > 1 ? .strong : .some, hits: hits,
      reason: "\(NumberText.count(hits, "line")) of it in the beginning, the first on line \(first)"
    )
  }
}

extension LogSample {
  /// Hands out the lines that are complete, without ANSI sequences.
  func forEachLine(_ body: (TextLine) -> Void) {
    var copy = bytes
    copy.append(0)
    copy.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let end = buffer.count - 1
      let hasEscapes = Self.place(of: Ascii.escape, in: base, from: 0, to: end) != nil
      let hasReturns = Self.place(of: Ascii.carriageReturn, in: base, from: 0, to: end) != nil
      var (start, number) = (0, 1)
      while start < end {
        var stop = Self.place(of: Ascii.lineFeed, in: base, from: start, to: end) ?? end
        if hasReturns {
          stop = Self.place(of: Ascii.carriageReturn, in: base, from: start, to: stop) ?? stop
        }
        if stop == end, !isWhole { return }
        let last = hasEscapes ? AnsiText.strip(base, from: start, to: stop) : stop
        let isLineFeed = stop < end && base[stop] == Ascii.lineFeed
        if last < stop { base[last] = Ascii.lineFeed }
        body(
          TextLine(
            bytes: UnsafeBufferPointer(start: base + start, count: last - start), number: number,
            hasEnd: stop < end))
        if isLineFeed { number += 1 }
        start = stop + 1
      }
    }
  }

  /// Where a byte stands first.
  @inline(__always)
  private static func place(
    of byte: UInt8, in bytes: UnsafeMutablePointer<UInt8>, from first: Int, to last: Int
  ) -> Int? {
    guard first < last, let hit = memchr(bytes + first, Int32(byte), last - first) else {
      return nil
    }
    return UnsafePointer(bytes).distance(to: hit.assumingMemoryBound(to: UInt8.self))
  }
}
