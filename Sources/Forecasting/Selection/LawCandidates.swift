public import ScalingLaws
import Schedules

/// The laws among which a back-test chooses.
///
/// Their order is that of general merit: of laws that forecast equally well the first is taken.
public struct LawCandidates: Sendable {
  /// The laws named by the user; nil: the usual ones for the runs.
  public var named: [any LossLaw]?

  /// Creates candidates: those named, each once, or the usual ones.
  public init(_ laws: [any LossLaw]? = nil) {
    named = laws.map(LawCandidates.distinct)
  }

  /// The candidates for runs, best first.
  ///
  /// Of the usual ones only those are candidates whose inputs are known of every run.
  public func laws(for trajectories: [Trajectory]) -> [any LossLaw] {
    if let named { return named }
    let hasRates = trajectories.allSatisfy { $0.path != nil }
    let sizes = Set(trajectories.map(\.facts.modelSize))
    let names =
      (hasRates ? ["noise-floor"] : []) + (sizes.count > 1 ? LawCandidates.ofSize : [])
      + (hasRates ? LawCandidates.ofLearningRate : LawCandidates.ofSteps)
    let rows = LawRows(
      segments: trajectories.map { .init(positions: [], path: $0.path, facts: $0.facts) },
      warmup: .actual)
    return LawCandidates.distinct(names.compactMap(LawCatalogue.law)).filter {
      rows.missingInput(of: $0) == nil
    }
  }

  /// Each law once.
  private static func distinct(_ laws: [any LossLaw]) -> [any LossLaw] {
    laws.reduce(into: []) { kept, law in
      if !kept.contains(where: { $0.name == law.name }) { kept.append(law) }
    }
  }

  /// Laws that know the model's size, for runs of several sizes.
  static let ofSize = ["annealing-size", "chinchilla", "minicpm", "kaplan-steps"]
  /// Laws for runs whose learning rate is known, after the noise-floor law.
  static let ofLearningRate = [
    "multi-power", "functional", "annealing", "power-area", "power-steps",
  ]
  /// Laws for runs of which only steps are known.
  static let ofSteps = [
    "power-steps", "weibull", "mmf", "exp3", "vapor-pressure", "log-power", "log2",
  ]
}
