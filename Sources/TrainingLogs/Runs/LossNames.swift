/// Which names are losses, of which data, and which of several is preferred.
///
/// Preference: the fewer words beside the usual ones the better (`loss` before `ctc_loss`), values
/// of single steps before means over an epoch for training and the reverse for validation, and
/// validation data before test data. Equal ranks keep the file's order.
enum LossNames {
  private static let training: Set<String> = ["train", "training", "trn", "tr"]
  private static let validation: Set<String> = [
    "val", "valid", "validation", "eval", "evaluation", "dev", "heldout", "holdout",
  ]
  private static let test: Set<String> = ["test", "testing"]
  /// Words that make a name a loss.
  private static let nouns: Set<String> = [
    "loss", "losses", "cost", "nll", "xent", "crossentropy", "bpb", "bpc", "ppl", "perplexity",
  ]
  /// Nouns that say in what the loss is counted.
  private static let units: [String: LossUnit] = [
    "bpb": .bitsPerByte, "bpc": .bits, "ppl": .perplexity, "perplexity": .perplexity,
  ]
  /// Words that say nothing against the loss being the one that is trained.
  private static let usual: Set<String> = [
    "lm", "ce", "cross", "entropy", "total", "avg", "average", "mean", "global", "step", "epoch",
    "iter", "batch", "minibatch", "running", "current", "per", "token", "language", "modeling",
    "model", "main", "reduced", "value", "held", "out", "set",
  ]
  /// Words of quantities that are named after a loss and are not it.
  private static let foreign: Set<String> = [
    "scale", "scaler", "scaling", "initial", "min", "max", "std", "var", "variance", "aux",
    "auxiliary", "logits", "z", "zloss", "balance", "balancing", "balanced", "router", "routing",
    "best", "lowest", "ratio", "weight", "weights", "coef", "coefficient", "grad", "gradient",
    "norm", "kl", "time", "count", "num", "delta", "diff", "change", "spike", "threshold",
    "target", "accuracy", "acc", "smoothing", "skipped",
  ]
  /// Abbreviations that some trainers print.
  private static let abbreviations: [String: SeriesRole] = [
    "trl": .trainLoss, "tel": .validationLoss, "lm_loss_value": .validationLoss,
  ]

  /// What a name is, when it is a loss.
  static func meaning(of path: ColumnPath) -> StatedMeaning {
    if let role = abbreviations[path.leaf.joined(separator: "_")] { return .series(role, rank: 0) }
    guard foreign.isDisjoint(with: path.leaf) else { return .other }
    let known = nouns.union(usual).union(training).union(validation).union(test)
    let strangers = path.leaf.filter { !known.contains($0) }
    // Sentences and records of text logs have words of losses too.
    guard strangers.count <= 3, !strangers.contains(where: { $0.contains(".") }) else {
      return .other
    }
    // `loss/train` has its noun in the group.
    guard isLoss(path.leaf) || (strangers.isEmpty && isLoss(path.words)) else { return .other }
    let words = Set(path.words)
    let unit = path.words.lazy.compactMap { units[$0] }.first ?? .nats
    if !words.isDisjoint(with: validation) || !words.isDisjoint(with: test) {
      let order = (words.contains("step") ? 1 : 0) + (words.isDisjoint(with: test) ? 0 : 2)
      return .series(.validationLoss, rank: strangers.count * 10 + order, unit: unit)
    }
    guard strangers.isEmpty || !words.isDisjoint(with: training) else { return .other }
    let order = words.contains("epoch") ? 1 : 0
    return .series(.trainLoss, rank: strangers.count * 10 + order, unit: unit)
  }

  private static func isLoss(_ words: [String]) -> Bool {
    words.contains(where: nouns.contains) || (words.contains("cross") && words.contains("entropy"))
  }
}
