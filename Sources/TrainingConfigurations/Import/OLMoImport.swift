/// OLMo's YAML: `optimizer.learning_rate` and `scheduler`, in steps or tokens.
///
/// Update t reads the schedule at t + 1. Source: OLMo 59a53e3f, `olmo/optim.py`, `olmo/train.py`.
enum OLMoImport: ConfigurationImport {
  static let tellingSettings = [
    "optimizer.learning_rate", "scheduler.units", "scheduler.warmup_min_lr", "scheduler.t_warmup",
    "scheduler.grad_clip_warmup_steps",
  ]
  static let requiredSettings = ["optimizer.learning_rate"]

  private static let names = [
    "cosine_with_warmup", "linear_with_warmup", "inverse_sqrt_with_warmup", "constant",
    "constant_with_warmup", "cosine_linear_envelope",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("optimizer.learning_rate")
    let name = try reading.word("scheduler.name") ?? "cosine_with_warmup"
    guard names.contains(name) else {
      throw reading.unknown("scheduler", name, key: "scheduler.name", known: names)
    }
    let total = try total(&reading)
    var sketch = ScheduleSketch(peak: peak, convention: "olmo")
    let written = try length("scheduler.t_warmup", reading)
    guard let warmup = name == "constant" ? 0 : written else {
      throw reading.missing(["scheduler.t_warmup"])
    }
    let start = try reading.rate("scheduler.warmup_min_lr")
    if start == nil, warmup > 0 {
      reading.note("warmup_min_lr is not given; OLMo begins at a tenth of the peak")
    }
    sketch.warmup(until: warmup, from: start ?? 0.1 * peak)
    let floor = try (reading.rate("scheduler.alpha_f") ?? 0.1) * peak
    if !name.hasPrefix("constant") {
      let writtenEnd = try length("scheduler.t_max", reading)
      guard let end = writtenEnd ?? total else {
        throw reading.missing(
          ["max_duration"], "neither it nor scheduler.t_max tells the end; give --total")
      }
      guard end > warmup else {
        throw reading.unsupported(
          "the schedule must be longer than the warm-up", key: "scheduler.t_max")
      }
      switch name {
      case "inverse_sqrt_with_warmup":
        guard warmup > 0 else {
          throw reading.unsupported("without a warm-up the rate is 0", key: "scheduler.t_warmup")
        }
        // The whole run: this schedule does not know t_max.
        sketch.decay(
          "invsqrt:tau=\(warmup)", until: (total ?? end) + 1, from: peak, to: 0)
      case "cosine_linear_envelope":
        sketch.decay("cosine-linear", until: end, from: peak, to: floor)
      case "linear_with_warmup": sketch.decay("linear", until: end, from: peak, to: floor)
      default: sketch.decay("cosine", until: end, from: peak, to: floor)
      }
    }
    if reading.has("stop_at") {
      reading.note("stop_at is not applied; the schedule goes on behind it")
    }
    guard let total else { return sketch }
    // The last update reads the position behind it.
    sketch.finish(at: total.rounded(.up))
    return sketch
  }

  /// Tokens an update.
  private static func tokensPerBatch(
    _ reading: SettingsReading, key: String
  ) throws(ConfigurationError) -> Double {
    if let tokens = reading.facts.tokensPerBatch { return tokens }
    let written = try reading.length("global_train_batch_size")
    guard let size = reading.facts.batchSize ?? written,
      let length = try reading.length("model.max_sequence_length"),
      size * length > 0
    else {
      throw reading.missing(
        ["global_train_batch_size"],
        "\(key) counts tokens; add it and model.max_sequence_length, or give --tokens-per-batch")
    }
    return size * length
  }

  /// A length of the scheduler in updates.
  private static func length(
    _ key: String, _ reading: SettingsReading
  ) throws(ConfigurationError) -> Double? {
    guard let value = try reading.length(key) else { return nil }
    let units = try reading.word("scheduler.units") ?? "steps"
    switch units {
    case "steps": return value
    case "tokens": return try value / tokensPerBatch(reading, key: key)
    default:
      throw reading.unknown("unit", units, key: "scheduler.units", known: ["steps", "tokens"])
    }
  }

  /// The length of the run: steps, `50e9T` tokens or `2ep` epochs.
  private static func total(
    _ reading: inout SettingsReading
  ) throws(ConfigurationError) -> Double? {
    if let total = reading.facts.totalSteps { return Double(total) }
    guard let text = try reading.word("max_duration") else { return nil }
    let key = "max_duration"
    let line = reading.settings[key]?.line
    if text.hasSuffix("T") {
      let tokens = try SettingsReading.number(String(text.dropLast()), name: key, line: line)
      let steps = try tokens / tokensPerBatch(reading, key: key)
      // Units of tokens have the decay end between two updates.
      return try reading.word("scheduler.units") == "tokens" ? steps : steps.rounded(.up)
    }
    if text.hasSuffix("ep") {
      let epochs = try SettingsReading.number(String(text.dropLast(2)), name: key, line: line)
      guard let steps = reading.facts.stepsPerEpoch else {
        guard reading.has("scheduler.t_max") else {
          throw reading.missing([key], "it counts epochs; give --steps-per-epoch or --total")
        }
        return nil
      }
      return (epochs * steps).rounded(.up)
    }
    return try SettingsReading.number(text, name: key, line: line)
  }
}
