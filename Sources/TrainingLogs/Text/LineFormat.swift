/// A format of one or a few lines a record: a line grammar.
///
/// A grammar is a value that is handed the lines one after the other. It may remember what earlier
/// lines said (the epoch, a validation loss whose step comes with the next line).
protocol LineFormat: LogFormat {
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
  mutating func finish(into records: inout RecordTable) {}

  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End {
    var grammar = Self()
    var lines = LineReader(input.stream, file: input.file)
    var earlier = EarlierLines()
    while let line = try lines.next() {
      guard line.hasEnd || earlier.suggestComplete(line) else {
        earlier.noteHalf(line, by: grammar, issues: &issues)
        break
      }
      if grammar.take(line, into: &records) { earlier.add(line) }
    }
    grammar.finish(into: &records)
    return try lines.end()
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

/// What the lines before it say of a last line that has no end.
///
/// A log that is still written ends anywhere, also inside a number, and a finished one may lack its
/// last line end. The line counts when it is as long as the shortest of the last records and ends in
/// as long a word: then at most a last digit of many can be missing.
struct EarlierLines {
  private var lengths: [(line: Int, word: Int)] = []
  private var next = 0
  private static let most = 20

  /// Notes a line that was a record.
  @inline(__always)
  mutating func add(_ line: TextLine) {
    let length = (line.count, Self.lastWord(line))
    if lengths.count < Self.most {
      lengths.append(length)
    } else {
      lengths[next] = length
      next = next + 1 == Self.most ? 0 : next + 1
    }
  }

  /// Whether a line without an end is most likely whole.
  func suggestComplete(_ line: TextLine) -> Bool {
    guard let shortest = lengths.map(\.line).min(), let word = lengths.map(\.word).min() else {
      return false
    }
    return line.count >= shortest && Self.lastWord(line) >= word
  }

  /// Reports a last line that would have been a record.
  func noteHalf(
    _ line: TextLine, by grammar: some LineFormat, issues: inout IssueCollector
  ) {
    var probe = grammar
    var scratch = RecordTable()
    guard probe.take(line, into: &scratch) else { return }
    issues.add(
      .truncatedLine, line: line.number,
      "the last line has no end and is shorter than those before it: it may be half written and is "
        + "left out")
  }

  private static func lastWord(_ line: TextLine) -> Int {
    var first = line.count
    while first > 0, line[first - 1] != Ascii.space { first -= 1 }
    return line.count - first
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
      var (start, number) = (0, 1)
      while start < end {
        var stop = start
        while stop < end, base[stop] != Ascii.lineFeed, base[stop] != Ascii.carriageReturn {
          stop += 1
        }
        if stop == end, !isWhole { return }
        let last = AnsiText.strip(base, from: start, to: stop)
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
}
