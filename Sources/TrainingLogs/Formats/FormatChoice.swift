/// Which format a file is of, and why.
public struct FormatChoice: Sendable, Hashable {
  /// One format and what was seen of it.
  public struct Candidate: Sendable, Hashable {
    /// The format's name.
    public var format: String
    /// What people call it, as in `nanoGPT's standard output`; nil for folders.
    public var title: String?
    /// What was seen, or ``nothing``.
    public var reason: String
    /// Whether it was taken.
    public var isChosen: Bool

    /// Creates a candidate.
    public init(format: String, title: String? = nil, reason: String, isChosen: Bool) {
      self.format = format
      self.title = title
      self.reason = reason
      self.isChosen = isChosen
    }
  }

  /// The reason of formats of which nothing was seen.
  public static let nothing = "nothing of it"

  /// All formats, the chosen one first.
  public var candidates: [Candidate]

  /// Creates a choice.
  public init(candidates: [Candidate]) {
    self.candidates = candidates
  }
}

/// Judges the beginning of a file.
enum FormatSniffer {
  /// The sizes of the beginning that is looked at, one after the other until a format is found: a
  /// log may begin with the training script.
  private static let sampleSizes = [1 << 16, 1 << 19, 1 << 22]

  /// The format of a log.
  ///
  /// - Throws: `notALog` with what was looked for.
  static func format(
    of input: inout LogInput
  ) throws(LogError) -> (format: any LogFormat.Type, choice: FormatChoice) {
    for size in sampleSizes {
      let sample = try input.sample(size)
      if let found = binaryFormat(of: sample) { return found }
      try TextSniffer.check(sample.bytes, file: input.file)
      if !input.choice.judgesAllFormats,
        let evidence = DelimitedFormat.certainEvidence(in: sample)
      {
        return (DelimitedFormat.self, chosen(DelimitedFormat.self, evidence))
      }
      let found = Self.format(of: sample)
      if let format = found.format, found.isSure || sample.isWhole || size == sampleSizes.last {
        return (format, found.choice)
      }
      if sample.isWhole { break }
    }
    throw LogError(
      code: .notALog, file: input.file,
      message: "no table and no line with a step and a loss; if this is a log, name its columns "
        + "with --step and --loss")
  }

  /// The binary format whose signature the sample has.
  private static func binaryFormat(
    of sample: LogSample
  ) -> (format: any LogFormat.Type, choice: FormatChoice)? {
    for format in FormatRegistry.binary {
      guard let evidence = format.evidence(in: sample) else { continue }
      return (format, chosen(format, evidence))
    }
    return nil
  }

  /// The choice of a format besides which no other was judged.
  private static func chosen(
    _ format: any LogFormat.Type, _ evidence: FormatEvidence
  ) -> FormatChoice {
    FormatChoice(candidates: [
      FormatChoice.Candidate(
        format: format.name, title: format.title, reason: evidence.reason, isChosen: true)
    ])
  }

  /// The format of a sample; nil when none fits.
  static func format(
    of sample: LogSample
  ) -> (format: (any LogFormat.Type)?, isSure: Bool, isLikely: Bool, choice: FormatChoice) {
    let found = FormatRegistry.formats.map { ($0, $0.evidence(in: sample)) }
    var best: (format: any LogFormat.Type, evidence: FormatEvidence)?
    for case (let format, let evidence?) in found {
      guard let current = best else {
        best = (format, evidence)
        continue
      }
      if (evidence.strength, evidence.hits) > (current.evidence.strength, current.evidence.hits) {
        best = (format, evidence)
      }
    }
    // A few lines that look like a format may stand in a log of another that has many more.
    if let specific = best, specific.evidence.strength < .certain,
      specific.format is any LineFormat.Type,
      let general = KeyValueFormat.evidence(in: sample), general.hits > 2 * specific.evidence.hits
    {
      best = (KeyValueFormat.self, general)
    }
    let candidates = found.map { format, evidence in
      FormatChoice.Candidate(
        format: format.name, title: format.title, reason: evidence?.reason ?? FormatChoice.nothing,
        isChosen: format.name == best?.format.name)
    }
    let ordered =
      candidates.filter(\.isChosen)
      + candidates.filter { !$0.isChosen && $0.reason != FormatChoice.nothing }
      + candidates.filter { !$0.isChosen && $0.reason == FormatChoice.nothing }
    return (
      best?.format, best?.evidence.isSure ?? false,
      (best?.evidence.strength ?? .weak) >= .strong,
      FormatChoice(candidates: ordered)
    )
  }
}
