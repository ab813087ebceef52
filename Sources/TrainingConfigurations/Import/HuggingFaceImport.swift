/// Hugging Face `TrainingArguments`, and the settings of axolotl and LLaMA-Factory, which hand the
/// same names on.
///
/// Update t has the rate f(t). Source: transformers 005edacb, `optimization.py`; the warm-up's
/// length, `TrainingArguments.get_warmup_steps`.
enum HuggingFaceImport: ConfigurationImport {
  static let tellingSettings = [
    "lr_scheduler_type", "lr_scheduler_kwargs", "warmup_ratio", "num_train_epochs", "max_steps",
    "per_device_train_batch_size", "gradient_accumulation_steps", "lr_scheduler", "num_epochs",
    "micro_batch_size", "learning_rate", "warmup_steps",
  ]

  static let types = [
    "linear", "cosine", "cosine_with_restarts", "polynomial", "constant", "constant_with_warmup",
    "inverse_sqrt", "cosine_with_min_lr", "cosine_warmup_with_min_lr", "warmup_stable_decay",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    try reading.readTable("lr_scheduler_kwargs")
    let peak = try reading.peak("learning_rate", usual: 5e-5)
    if !reading.has("learning_rate") {
      reading.note("learning_rate is not given; 5e-5 of transformers is taken")
    }
    let type = try reading.word("lr_scheduler_type", "lr_scheduler") ?? "linear"
    if !reading.has("lr_scheduler_type", "lr_scheduler") {
      reading.note("lr_scheduler_type is not given; 'linear' of transformers is taken")
    }
    let name = type.split(separator: ".").last.map { $0.lowercased() } ?? type
    guard types.contains(name) else {
      if name == "reduce_lr_on_plateau" {
        throw reading.unsupported(
          "'reduce_lr_on_plateau' follows the loss, so it is no function of the step; convert "
            + "the logged learning rates as step,learning_rate", key: "lr_scheduler_type")
      }
      throw reading.unknown("scheduler", type, key: "lr_scheduler_type", known: types)
    }
    try HuggingFaceKeywords.check(&reading, type: name)
    let isEndless = ["constant", "constant_with_warmup", "inverse_sqrt"].contains(name)
    let total = try total(&reading, isNeeded: !isEndless)
    let warmup = name == "constant" ? 0 : try warmupSteps(&reading, total: total)
    let kwargs = HuggingFaceSchedule(
      reading: reading, peak: peak, total: total ?? 0, warmup: warmup)
    var sketch = try kwargs.sketch(name)
    if let total {
      sketch.finish(at: total)
    } else {
      reading.note("the number of updates is not known; the schedule has no end")
    }
    return sketch
  }

  /// The number of updates.
  private static func total(
    _ reading: inout SettingsReading, isNeeded: Bool
  ) throws(ConfigurationError) -> Double? {
    if let total = reading.facts.totalSteps { return Double(total) }
    // -1 stands for "as the epochs say".
    if let steps = try reading.number("max_steps"), steps > 0, steps <= 1e18 {
      return steps.rounded(.up)
    }
    // transformers trains 3 epochs where nothing is said.
    let epochs = try reading.length("num_train_epochs", "num_epochs") ?? 3
    if let stepsPerEpoch = reading.facts.stepsPerEpoch {
      reading.note("max_steps is the epochs times the updates an epoch, rounded up")
      return (epochs * stepsPerEpoch).rounded(.up)
    }
    guard isNeeded else { return nil }
    throw reading.missing(
      ["max_steps"], "the epochs do not tell it; give --total or --steps-per-epoch")
  }

  private static func warmupSteps(
    _ reading: inout SettingsReading, total: Double?
  ) throws(ConfigurationError) -> Double {
    if let steps = try reading.length("warmup_steps"), steps > 0 {
      // transformers 5 takes a number below 1 as a ratio.
      guard steps < 1 else { return steps.rounded(.down) }
      return try ceiling(steps, &reading, total: total)
    }
    guard let ratio = try reading.fraction("warmup_ratio"), ratio > 0 else {
      if reading.has("micro_batch_size"), !reading.has("warmup_ratio", "warmup_steps") {
        reading.note("no warm-up is given and none is taken; axolotl may take one of its own")
      }
      return 0
    }
    return try ceiling(ratio, &reading, total: total)
  }

  private static func ceiling(
    _ ratio: Double, _ reading: inout SettingsReading, total: Double?
  ) throws(ConfigurationError) -> Double {
    guard let total else {
      throw reading.missing(["max_steps"], "warmup_ratio is a part of it; give --total")
    }
    reading.note("the warm-up is warmup_ratio times the updates, rounded up")
    return (ratio * total).rounded(.up)
  }
}
