/// A whole JSON file in memory.
///
/// gzip makes data at most about a thousand times smaller; what is larger is refused, so that memory
/// is bounded by the size of the file on disk.
struct JSONFile {
  /// The file as it was given.
  let file: String
  /// The text; one NUL byte follows.
  private var bytes: [UInt8]
  /// What the file was.
  let end: LogInput.End

  /// The largest document, in bytes.
  private static let most = 1 << 30
  /// A compressed document may be so many times as large as the file, and this many bytes larger.
  private static let (ratio, allowance) = (1032, 1 << 26)

  /// Reads everything.
  ///
  /// - Throws: `notALog` for a document that is too large.
  init(_ input: consuming LogInput) throws(LogError) {
    file = input.file
    let size = input.stream.sizeOnDisk ?? Self.allowance
    let most =
      input.stream.isCompressed
      ? min(Self.most, min(size, Self.most) * Self.ratio + Self.allowance) : Self.most
    var bytes: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = try input.stream.read(into: chunk)
      if count == 0 { break }
      guard count <= most - bytes.count else {
        throw LogError(
          code: .notALog, file: input.file,
          message: "a JSON document of more than \(most >> 20) MiB; give the losses as JSON Lines, "
            + "one record a line")
      }
      bytes.append(contentsOf: chunk[..<count])
    }
    bytes.append(0)
    self.bytes = bytes
    end = try input.end()
  }

  /// Takes the beginning of a file for a whole one.
  init(_ sample: LogSample) {
    file = sample.file
    bytes = sample.bytes + [0]
    end = LogInput.End(sha256: "", isCompressed: false, isTruncated: !sample.isWhole)
  }

  /// Scans the text.
  func scan<Result>(_ body: (inout JSONScanner) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(UnsafeBufferPointer(rebasing: buffer.dropLast()))
      return body(&scanner)
    }
  }

  /// The line and column of a place, counted from 1.
  func position(of offset: Int) -> (line: Int, column: Int) {
    let before = bytes.prefix(min(offset, bytes.count - 1))
    let line = before.count { $0 == Ascii.lineFeed } + 1
    let start = before.lastIndex(of: Ascii.lineFeed).map { $0 + 1 } ?? 0
    return (line, before.count - start + 1)
  }

  /// The line of a place behind the one asked for last.
  func line(at offset: Int, after last: inout (offset: Int, line: Int)) -> Int {
    guard offset > last.offset, offset <= bytes.count else { return last.line }
    last.line += bytes[last.offset..<offset].count { $0 == Ascii.lineFeed }
    last.offset = offset
    return last.line
  }

  /// Says that the text is no JSON from a place on, and that what stands before it is used.
  ///
  /// - Throws: `notALog` when nothing stands before it.
  func note(
    _ failure: JSONScanner.Failure, records: Int, issues: inout IssueCollector
  ) throws(LogError) {
    let place = position(of: failure.offset)
    let problem =
      failure.isAtEnd
      ? "the file ends inside its JSON: it is half written or was cut"
      : "this is no JSON: \(failure.message)"
    guard records > 0 else {
      throw LogError(
        code: .notALog, file: file, line: place.line, column: place.column,
        message: "\(problem); nothing before it can be used. Write or copy the file anew")
    }
    issues.add(
      failure.isAtEnd ? .truncatedLine : .malformedLine, line: place.line, column: place.column,
      "\(problem); the records before it are used")
  }
}
