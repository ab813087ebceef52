public import TrainingLogs
import Schedules

/// What is known of a run's schedule whose learning rate was not logged.
///
/// Nothing of it is more than a hint: each piece of evidence says how far to trust it, and the
/// schedule, if any, is a proposal to confirm.
public struct ScheduleHints: Sendable, Hashable {
  /// One hint.
  public struct Evidence: Sendable, Hashable {
    /// Where hints come from.
    public enum Source: String, Sendable, Hashable, Codable {
      case name
      case loss
    }

    /// Where it comes from.
    public let source: Source
    /// What it says.
    public let statement: String
    /// How far to trust it: `stated`, `likely` or `weak`.
    public let confidence: String
  }

  /// The evidence, the strongest first.
  public let evidence: [Evidence]
  /// A schedule that agrees with it; nil when it does not tell enough.
  public let schedule: String?
  /// What the evidence cannot tell.
  public let remarks: [String]

  /// Looks at a run's name and loss.
  public init(run: Run) {
    let name = ScheduleName(run.name)
    let onset = LossOnset.first(steps: run.steps, losses: run.loss)
    let last = run.steps.last.flatMap { Int(exactly: $0.rounded()) } ?? 0
    var evidence: [Evidence] = []
    if !name.isEmpty {
      evidence.append(
        Evidence(source: .name, statement: "the name says \(name.statement)", confidence: "stated"))
    }
    let described = name.expression(lastStep: last)
    if let described {
      evidence.append(
        Evidence(
          source: .name, statement: "put together, \(described.assumptions)", confidence: "likely"))
    }
    if let onset { evidence.append(Self.evidence(of: onset)) }
    self.evidence = evidence
    let proposals = [described?.text, onset.flatMap { Self.proposal($0, last) }]
    schedule =
      proposals.lazy.compactMap { $0 }.compactMap {
        (try? Schedule(parsing: $0))?.description
      }.first
    var remarks: [String] = []
    if onset != nil {
      remarks.append(
        "the loss shows where the rate came down, late by some rows, not the shape of the decay; a "
          + "larger batch or other data look alike")
    }
    if name.peak == nil, onset != nil {
      remarks.append(
        "the loss does not show the peak rate: 1 stands for it, and runs with other peaks cannot be "
          + "compared")
    }
    if onset == nil, evidence.isEmpty {
      remarks.append(
        "the loss has no place where it leaves its power law: a constant rate, a cosine and too few "
          + "or too noisy rows look alike")
    }
    self.remarks = remarks
  }

  private static func evidence(of onset: LossOnset) -> Evidence {
    let step = Int(onset.step.rounded())
    let deviations = Int((-onset.deviations).rounded())
    return Evidence(
      source: .loss,
      statement: "the loss follows a power law until about step \(step) and then falls faster, "
        + "\(deviations) standard deviations below it by step \(Int(onset.seenAt.rounded()))",
      confidence: "likely")
  }

  /// A constant rate up to the place and a decay from there on, in parts of the peak.
  private static func proposal(_ onset: LossOnset, _ last: Int) -> String? {
    let step = Int(onset.step.rounded())
    guard step > 0, last > step else { return nil }
    return "peak=1,stable:\(step),decay:\(last - step)"
  }
}
