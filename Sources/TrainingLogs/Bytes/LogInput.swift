/// A log about to be read: its bytes, a look at the beginning, and what the user chose.
struct LogInput: ~Copyable {
  /// The file as it was given.
  let file: String
  /// Which columns the user asked for.
  let choice: ColumnChoice
  /// The bytes; what was looked at is still to come.
  var stream: ByteStream

  /// What is known when everything was read.
  struct End {
    /// SHA-256 of the bytes on disk.
    var sha256: String
    /// Whether the data is compressed.
    var isCompressed: Bool
    /// Whether compressed data ended before its end mark.
    var isTruncated: Bool
    /// The variant of the format, as in `tsv`; nil: the format's own name.
    var variant: String?
  }

  /// Opens a log.
  init(_ source: consuming ByteSource, file: String, choice: ColumnChoice) throws(LogError) {
    self.file = file
    self.choice = choice
    stream = try ByteStream(source, file: file)
  }

  /// The first bytes, at most so many; takes nothing.
  mutating func sample(_ count: Int) throws(LogError) -> LogSample {
    let bytes = try stream.peek(count)
    return LogSample(file: file, bytes: bytes, isWhole: bytes.count < count)
  }

  /// Reads what is left and says what the whole was.
  consuming func end() throws(LogError) -> End {
    let sha256 = try stream.sha256()
    return End(
      sha256: sha256, isCompressed: stream.isCompressed, isTruncated: stream.isTruncated)
  }
}
