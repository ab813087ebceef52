/// Whether a law has a best schedule among those that end at a given step and do not rise.
public enum BestSchedule: Sendable, Hashable {
  /// It has one that could be trained, and why.
  case exists(String)
  /// It has one, but the law is known to err where the best schedule leads, and how.
  case doubtful(String)
  /// It has none, or one that is an artefact, and why.
  case none(String)
}

extension BestSchedule {
  /// Whether there is one.
  public var exists: Bool {
    if case .none = self { false } else { true }
  }

  /// `yes`, `doubtful` or `none`.
  public var name: String {
    switch self {
    case .exists: "yes"
    case .doubtful: "doubtful"
    case .none: "none"
    }
  }

  /// What is known of it, in words.
  public var reason: String {
    switch self {
    case .exists(let words), .doubtful(let words), .none(let words): words
    }
  }

  /// For laws whose gain is linear in the drops once the summed rate is fixed.
  static func oneJump(_ gain: String) -> BestSchedule {
    .none(
      "\(gain) depends only on how many steps it is old, so that one step is the best for all of "
        + "the fall: the best schedule holds the peak and then falls to the least rate at once "
        + "(Luo et al., arXiv 2503.12811, App. F)")
  }

  /// For laws without a memory.
  static let lastStep = BestSchedule.none(
    "the law has no memory: the loss falls with the rate at once, so that the best schedule holds "
      + "the peak to the last step and then falls to the least rate")
}
