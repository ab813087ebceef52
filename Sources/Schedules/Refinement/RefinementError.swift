/// Why gradient norms make no schedule.
public enum RefinementError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Fewer usable norms than the method needs.
  case tooFewNorms(usable: Int, needed: Int)
  /// All norms stand at one step.
  case noSteps

  /// What is missing and what to do.
  public var description: String {
    switch self {
    case .tooFewNorms(let usable, let needed):
      "only \(usable) rows have a positive, finite gradient norm; a refined schedule needs at least "
        + "\(needed): log the norm more often"
    case .noSteps: "all gradient norms stand at one step; a refined schedule needs a whole run"
    }
  }
}
