public import Schedules

/// Where a law is evaluated: rows of one or more runs, each a position on its run's learning rate.
public struct LawRows: Sendable {
  /// The rows of one run.
  public struct Segment: Sendable {
    /// Updates done, ascending, at least 1; one a row.
    public var positions: [Int]
    /// The run's learning rate; nil when it is not known.
    public var path: LearningRatePath?
    /// What else is known of the run.
    public var facts: RunFacts

    /// Creates a segment.
    public init(positions: [Int], path: LearningRatePath?, facts: RunFacts = RunFacts()) {
      self.positions = positions
      self.path = path
      self.facts = facts
    }

    /// Whether an input of laws is known.
    func knows(_ input: LawInput) -> Bool {
      switch input {
      case .learningRate: path != nil
      case .modelSize: facts.modelSize != nil
      case .tokens: facts.tokensPerStep != nil
      case .uniqueTokens: facts.uniqueTokens != nil
      case .switchStep: facts.switchStep != nil
      }
    }
  }

  /// The runs, in order; a law's rows are theirs one after the other.
  public let segments: [Segment]
  /// How first warm-ups enter the areas.
  public let warmup: WarmupArea
  /// The areas of each segment; empty when a learning rate is missing.
  let areas: [LearningRateAreas]

  /// Creates rows and computes their areas.
  public init(segments: [Segment], warmup: WarmupArea) {
    self.segments = segments
    self.warmup = warmup
    let areas = segments.compactMap { segment in
      segment.path.map {
        LearningRateAreas(path: $0, positions: segment.positions, warmup: warmup)
      }
    }
    self.areas = areas.count == segments.count ? areas : []
  }

  /// The number of rows of all runs.
  public var count: Int { segments.reduce(0) { $0 + $1.positions.count } }

  /// The first input of a law that is not known of every run; nil when all are.
  public func missingInput(of law: any LossLaw) -> LawInput? {
    LawInput.allCases.first { law.inputs.contains($0) && !knows($0) }
  }

  /// The first position that is beyond a law's last step; nil when none is.
  public func positionTooFar(for law: any LossLaw) -> Int? {
    segments.lazy.compactMap(\.positions.last).first { $0 > law.lastStep }
  }

  /// Whether an input is known of every run.
  public func knows(_ input: LawInput) -> Bool { segments.allSatisfy { $0.knows(input) } }
}

extension LawRows {
  /// Whether a learning rate changes after the first warm-up.
  var hasDrops: Bool { areas.contains(where: \.hasDrops) }

  /// Why what a law says of drops is unidentified where no rate changes.
  static let noDropsReason =
    "the learning rate never changes after the warm-up in the rows fitted; "
    + "add a run whose learning rate decays"
}
