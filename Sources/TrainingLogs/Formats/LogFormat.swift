/// A format of log files.
///
/// One file a format; ``FormatRegistry`` lists them.
protocol LogFormat {
  /// The name that results carry, as in `megatron`.
  static var name: String { get }
  /// What people call it, as in `Megatron-LM's standard output`.
  static var title: String { get }

  /// What the beginning of a file says for this format.
  ///
  /// - Returns: nil when nothing does.
  static func evidence(in sample: LogSample) -> FormatEvidence?

  /// Reads all records.
  ///
  /// - Throws: a ``LogError`` with the place when the file cannot be read as this format.
  static func read(
    _ input: consuming LogInput, into records: inout RecordTable, issues: inout IssueCollector
  ) throws(LogError) -> LogInput.End
}

/// Why a file may be of a format.
struct FormatEvidence: Sendable, Hashable {
  /// How sure it is.
  ///
  /// The strongest wins, of equals the first in the registry.
  enum Strength: Int, Comparable, Sendable {
    /// A rule for anything would do.
    case weak
    /// Some lines look like it.
    case some
    /// Most of the beginning looks like it.
    case strong
    /// A signature, or a structure that no other format has.
    case certain

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
  }

  /// How sure it is.
  var strength: Strength
  /// Lines or other items that fit, to tell apart formats of equal strength.
  var hits: Int
  /// Whether more of the file would not change the judgement.
  var isSure: Bool {
    switch strength {
    case .certain: true
    case .strong: hits >= Self.enoughHits
    case .some: hits >= Self.manyHits
    case .weak: false
    }
  }
  private static let enoughHits = 8
  private static let manyHits = 50
  /// What was seen, for people: `312 lines like 'iter N: loss X'`.
  var reason: String
}

/// The beginning of a log, to judge what it is.
struct LogSample {
  /// The file as it was given.
  var file: String
  /// The first bytes, decompressed, without leading NUL bytes and byte-order mark.
  var bytes: [UInt8]
  /// Whether these are all bytes.
  var isWhole: Bool
}
