/// What a column's name says it is.
///
/// This is the one place for spellings. Case does not matter; a prefix `run - ` of a dashboard's
/// export and groups as in `train/loss` are understood.
enum ColumnNames {
  /// Step columns in order of preference.
  private static let steps = [
    "global_step", "global_steps", "step", "steps", "iter", "iters", "iteration", "iterations",
    "it", "itr", "num_iter", "n_iter", "update", "updates", "num_updates", "up", "current_step",
    "current_steps", "training_step", "training_steps", "train_step", "train_steps", "train_iter",
    "gradient_step", "gradient_steps", "optimizer_step", "optimizer_steps", "optimiser_step",
    "timestep", "timesteps", "total_timesteps", "num_timesteps", "batch", "global_batch",
    "batches", commitCounter, "epoch", "epochs",
  ]
  /// A counter of the logger's calls, not of updates.
  private static let commitCounter = "_step"

  private static let gradientNorms: Set<String> = [
    "grad_norm", "gradnorm", "gradient_norm", "grads_norm", "g_norm", "gnorm", "norm",
    "global_norm", "global_grad_norm", "total_grad_norm", "total_norm", "train_grad_norm",
    "global_gradient_norm", "grad_norm_total", "grad_l2_norm",
  ]
  private static let samples: Set<String> = [
    "samples", "consumed_samples", "samples_count", "num_samples", "samples_seen", "total_samples",
    "train_samples", "n_samples", "sen", "examples", "examples_seen", "num_examples",
  ]
  private static let times: Set<String> = [
    "timestamp", "_timestamp", "wall_time", "walltime", "runtime", "_runtime", "elapsed",
    "elapsed_time", "elapsed_s", "elapsed_seconds", "total_time", "train_time", "time_elapsed",
    "time_ms", "relative_time",
  ]
  private static let epochs: Set<String> = ["epoch", "epochs"]
  private static let learningRates: Set<[String]> = [
    ["lr"], ["lrate"], ["learning", "rate"], ["learningrate"], ["l", "r"], ["lr0"],
  ]
  /// Words that may stand beside; `w` is what `AdamW` leaves.
  private static let learningRateCompany: Set<String> = [
    "current", "cur", "train", "training", "trainer", "optim", "optimizer", "optimiser", "adam",
    "adamw", "sgd", "muon", "pg", "pg0", "pg1", "group", "group0", "group1", "param", "params",
    "0", "1", "w", "step", "schedule", "scheduler", "charts", "epoch",
  ]
  private static let tokenCompany: Set<String> = [
    "tokens", "total", "train", "training", "trained", "consumed", "seen", "num", "n", "input",
    "processed", "cumulative", "global", "so", "far",
  ]

  /// What a column of that name is.
  static func meaning(of name: String) -> StatedMeaning {
    let path = ColumnPath(name)
    guard !path.isDashboardBound else { return .other }
    let leaf = path.leaf.joined(separator: "_")
    if path.leafText == commitCounter { return stepMeaning(commitCounter) }
    if steps.contains(leaf) { return stepMeaning(leaf) }
    if gradientNorms.contains(leaf) { return .series(.gradientNorm, rank: path.words.count) }
    if let rank = learningRateRank(path.words) { return .series(.learningRate, rank: rank) }
    if path.leaf.contains("tokens"), tokenCompany.isSuperset(of: path.leaf) {
      return .series(.tokens, rank: path.words.count)
    }
    if samples.contains(leaf) { return .series(.samples, rank: path.words.count) }
    if times.contains(leaf) { return .series(.time, rank: path.words.count) }
    return LossNames.meaning(of: path)
  }

  /// What a column counts when it is the step.
  static func unit(ofStep name: String) -> StepUnit {
    let path = ColumnPath(name)
    let leaf = path.leaf.joined(separator: "_")
    if epochs.contains(leaf) { return .epochs }
    if samples.contains(leaf) { return .samples }
    return path.leaf.contains("tokens") ? .tokens : .steps
  }
  /// Step names of this rank or higher count epochs.
  static let epochRank = steps.firstIndex(of: "epoch") ?? steps.count

  private static func stepMeaning(_ spelling: String) -> StatedMeaning {
    steps.firstIndex(of: spelling).map { .step(rank: $0) } ?? .other
  }

  private static func learningRateRank(_ words: [String]) -> Int? {
    let core = words.filter { !learningRateCompany.contains($0) }
    return learningRates.contains(core) ? words.count - core.count : nil
  }
}

/// A column's name taken apart into words.
struct ColumnPath {
  /// All words, those of the groups first.
  var words: [String] = []
  /// The words behind the last `/`.
  var leaf: [String] = []
  /// The text behind the last `/`, in lower case.
  var leafText = ""
  /// Whether it is the lower or upper bound that a dashboard exports beside a series.
  var isDashboardBound = false

  /// Takes a name apart.
  init(_ name: String) {
    let parts = name.split(separator: " - ", omittingEmptySubsequences: true)
    var metric = String(parts.last ?? "")
    // `Epochs(/10)`: a factor is no group.
    if metric.last == ")", let factor = metric.firstRange(of: "(/") {
      metric.removeSubrange(factor.lowerBound...)
    }
    let groups = metric.split(separator: "/").map(String.init)
    words = groups.flatMap(Self.words)
    leaf = groups.last.map(Self.words) ?? []
    leafText = (groups.last ?? "").lowercased()
    isDashboardBound = leafText.hasSuffix("__min") || leafText.hasSuffix("__max")
  }

  /// The words of a name in lower case: `CrossEntropyLoss` has three, `lr_0.1` has two.
  private static func words(of text: String) -> [String] {
    let characters = Array(text)
    var words: [String] = []
    var word = ""
    for (index, character) in characters.enumerated() {
      let before = index > 0 ? characters[index - 1] : " "
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      let isDecimalPoint = character == "." && before.isNumber && after.isNumber
      let startsWord = character.isUppercase && before.isLowercase
      if startsWord || !(character.isLetter || character.isNumber || isDecimalPoint) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character.isLetter || character.isNumber || isDecimalPoint {
        word += character.lowercased()
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
