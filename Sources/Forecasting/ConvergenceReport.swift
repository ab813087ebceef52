public import ScalingLaws

/// What growing prefixes of a run say of where it ends (``GrowingPrefixes``).
public struct ConvergenceReport: Sendable, Hashable, Codable {
  /// One prefix.
  public struct Level: Sendable, Hashable, Codable {
    /// The step of its last row.
    public var step: Int
    /// How many rows it has.
    public var rows: Int
    /// The loss that its law approaches, in nats.
    public var asymptote: Double
    /// The change of the asymptote since the level before, in nats for each doubling of the steps.
    public var change: Double?
    /// The loss that its law forecasts for the run's last row, in nats.
    public var forecast: Double
    /// The last step where its curve crosses that of the level before; nil when there is none.
    public var crossing: Double?
    /// The height of its curve above its asymptote there, in nats.
    public var proximity: Double?
  }

  /// The run's last row.
  public struct Final: Sendable, Hashable, Codable {
    /// Its step.
    public var step: Int
    /// Its loss in nats.
    public var actual: Double
  }

  /// The run's name.
  public var run: String
  /// The law's name.
  public var law: String
  /// The greatest proximity of a converged level, in nats.
  public var threshold: Double
  /// The greatest change of a steady asymptote, in nats for each doubling of the steps.
  public var steadiness: Double
  /// How many further levels must be steady.
  public var lookAhead: Int
  /// The run's last row.
  public var final: Final
  /// The first step used, when early rows after the warm-up were left out.
  public var transientEnd: Int?
  /// The prefixes, growing.
  public var levels: [Level]
  /// The index of the first level from which on the asymptote is steady; nil when it is not yet.
  public var predictionLevel: Int?
  /// The index of the first level from there on within the threshold; nil when there is none.
  public var convergenceLevel: Int?
}

/// Why growing prefixes of a run cannot be judged.
public enum ConvergenceError: Error, Sendable, Hashable {
  /// The law approaches no loss, or zero.
  case noAsymptote(law: String, others: [String])
  /// There are too few rows for the first prefix and the look-ahead.
  case tooFewRows(count: Int, needed: Int)
  /// Every prefix asked for ends before there are rows enough.
  case noLevel(earliest: Int)
  /// A prefix cannot be fitted.
  case fit(LawFitError, lastStep: Int)
}

extension ConvergenceError: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noAsymptote(let law, let others):
      "the law '\(law)' has no loss that it approaches; choose one of \(others.joined(separator: ", "))"
    case .tooFewRows(let count, let needed):
      "\(count) row\(count == 1 ? "" : "s") with a loss after the warm-up: growing prefixes need at "
        + "least \(needed); use a longer run, an earlier --from, or a law with fewer parameters"
    case .noLevel(let earliest):
      "every prefix ends before there are rows enough to fit; the first that can be fitted ends at "
        + "step \(earliest)"
    case .fit(let error, let lastStep):
      "the rows up to step \(lastStep) cannot be fitted: \(error)"
    }
  }
}
