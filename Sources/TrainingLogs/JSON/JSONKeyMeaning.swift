/// What a member's name says in a record of a log.
struct JSONKeyMeaning: Sendable {
  /// A member that is not just a value of a column.
  enum Role: Sendable {
    case none
    /// An object whose members are the record's own: `metrics` of Levanter, `data` of DLLogger.
    case wrapper
    /// The name of a metric whose value is another member.
    case metricName
    /// The value of the named metric.
    case metricValue
    /// The name of the run.
    case run
    /// `train` or `val`, of which the record tells (mmcv).
    case mode
    /// Only the summary at the end of a run of Hugging Face's Trainer has it.
    case summaryMark
    /// `12/2353`, the step and the last one (ms-swift).
    case stepOfSteps
  }

  /// What is special about it.
  var role: Role
  /// What a column of that name is.
  var stated: StatedMeaning
  /// Whether it is a loss.
  var isLoss: Bool
  /// Whether it is the learning rate.
  var isLearningRate: Bool
  /// The lower, the more likely it counts updates; nil: it is no step.
  var stepRank: Int?
  /// Whether it is the epoch.
  var isEpoch: Bool
  /// Whether it counts steps: a step that is not the epoch.
  var isStep: Bool { stepRank != nil && !isEpoch }
  /// Whether its members are the record's own.
  var isWrapper: Bool { role == .wrapper }

  /// Judges a name; `inRoot`: a member of the record itself.
  init(_ name: String, inRoot: Bool) {
    role = inRoot ? Self.role(name) : .none
    stated = role == .stepOfSteps ? .step(rank: 0) : ColumnNames.meaning(of: name)
    isLoss = false
    isLearningRate = false
    isEpoch = false
    switch stated {
    case .step(let rank):
      stepRank = rank
      isEpoch = ["epoch", "epochs"].contains(ColumnPath(name).leaf.joined())
    case .series(let series, _, _):
      isLoss = series.isLoss
      isLearningRate = series == .learningRate
    case .other: break
    }
  }

  private static func role(_ name: String) -> Role {
    switch name {
    case "metrics", "data": .wrapper
    case "metricName", "metric", "metric_name", "key", "tag", "name": .metricName
    case "metricValue", "metric_value", "value": .metricValue
    case "run", "run_id", "run_name", "run_uuid", "runId", "runName", "experimentKey": .run
    case "mode", "split": .mode
    case "train_runtime": .summaryMark
    case "global_step/max_steps": .stepOfSteps
    default: .none
    }
  }
}
