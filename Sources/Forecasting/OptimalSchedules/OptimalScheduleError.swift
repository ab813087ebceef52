import ScalingLaws

/// Why a best schedule cannot be given.
public enum OptimalScheduleError: Error, Sendable, Hashable {
  /// No schedule keeps to the limits.
  case limits(String)
  /// The law has no best schedule.
  case noOptimum(law: String, reason: String)
  /// The best schedule falls at once: the law, with these parameters, has none that could be trained.
  case degenerate(law: String, steps: Int, total: Int)
  /// The law gives no forecast of the schedules.
  case forecast(ForecastError)
}

extension OptimalScheduleError: CustomStringConvertible {
  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .limits(let reason): return reason
    case .noOptimum(let law, let reason):
      return "the law '\(law)' has no best schedule: \(reason); \(Self.remedy)"
    case .degenerate(let law, let steps, let total):
      return "the best schedule by '\(law)' with these parameters does most of its decay within "
        + "\(steps) of \(total) steps, however finely it is resolved: that is a fault of the law, not a "
        + "schedule to train with; " + (law == "multi-power" ? "" : "\(Self.remedy), or ")
        + "take a length nearer to those fitted"
    case .forecast(let error): return "\(error)"
    }
  }

  private static let remedy =
    "fit the runs with --law multi-power, whose best schedule is not degenerate"
}
