/// Tells logs of reinforcement learning and of preference optimisation, whose `loss` is none of the
/// data's likelihood: laws of loss curves say nothing about it.
///
/// The names are those of TRL's trainers (GRPOTrainer, DPOTrainer, PPOTrainer), of OpenAI baselines' and
/// Stable-Baselines3's tables, and of DeepSpeed-Chat.
enum PreferenceTraining {
  private static let marks = [
    "rewards/", "reward", "kl", "objective/kl", "logps/chosen", "policy_loss",
    "policy_gradient_loss", "act_loss", "advantage", "eprewmean", "ep_rew_mean",
  ]

  /// Notes that the loss should not be fitted.
  static func note(_ records: borrowing RecordTable, _ issues: inout IssueCollector) {
    for column in records.columns where isMark(column.name) && !column.values.isEmpty {
      return issues.add(
        .lossNotForFitting,
        "the log has '\(column.name)': the loss of reinforcement or preference learning follows no "
          + "law of loss curves; it is read, but a fit of it means nothing")
    }
  }

  private static func isMark(_ name: String) -> Bool {
    let own = name.split(separator: "/").first.map(String.init) ?? name
    let isNested = ["train", "eval", "loss", "rollout"].contains(own)
    let rest = isNested ? String(name.dropFirst(own.count + 1)) : name
    return marks.contains { $0.hasSuffix("/") ? rest.hasPrefix($0) : rest == $0 }
  }
}
