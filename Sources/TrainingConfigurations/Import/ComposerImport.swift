/// Composer and llm-foundry YAML: `optimizer.lr`, `scheduler` with times such as `100ba` and `1dur`.
///
/// Source: Composer 64051888, `composer/optim/scheduler.py`; llm-foundry 8c8dd48f,
/// `llmfoundry/optim/scheduler.py`.
enum ComposerImport: ConfigurationImport {
  static let tellingSettings = [
    "scheduler.t_warmup", "scheduler.alpha_f", "optimizer.lr", "max_duration",
    "device_train_microbatch_size", "scheduler.name", "schedulers.name", "schedulers.t_warmup",
    "schedulers.alpha_f", "optimizers.lr",
  ]
  static let requiredSettings = ["optimizer.lr", "optimizers.lr"]

  private static let names = [
    "constant_with_warmup", "linear_decay_with_warmup", "cosine_with_warmup",
    "inv_sqrt_with_warmup",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("optimizer.lr", "optimizers.lr")
    let place = reading.has("scheduler") ? "scheduler" : "schedulers"
    let key = { (name: String) in "\(place).\(name)" }
    guard let name = try reading.word(key("name")) else {
      throw reading.missing(["scheduler.name"])
    }
    guard names.contains(name) else {
      throw reading.unknown("scheduler", name, key: key("name"), known: names)
    }
    for name in ["scale_schedule_ratio", key("scale_warmup")]
    where reading.has(name) {
      let text = try reading.word(name)?.lowercased() ?? ""
      if !["1", "1.0", "false"].contains(text) {
        throw reading.unsupported("a scaled schedule is not read; write its times out", key: name)
      }
    }
    let clock = ComposerClock(reading: reading)
    let total = try clock.total()
    let warmup = try clock.steps(key("t_warmup"), total: total) ?? 0
    let end = try clock.steps(key("t_max"), usual: 1, total: total) ?? total
    var sketch = ScheduleSketch(peak: peak)
    sketch.warmup(until: warmup)
    let floor = try (reading.rate(key("alpha_f")) ?? 0) * peak
    guard end > warmup else {
      throw reading.unsupported(
        "the schedule must be longer than the warm-up", key: key("t_warmup"))
    }
    switch name {
    case "constant_with_warmup":
      guard try reading.number(key("alpha")) ?? 1 == 1 else {
        throw reading.unsupported("only alpha 1 is read", key: key("alpha"))
      }
      sketch.hold(until: total, at: peak)
    case "linear_decay_with_warmup":
      guard try reading.number(key("alpha_i")) ?? 1 == 1 else {
        throw reading.unsupported("only alpha_i 1 is read", key: key("alpha_i"))
      }
      sketch.decay("linear", until: end, from: peak, to: floor)
    case "cosine_with_warmup": sketch.decay("cosine", until: end, from: peak, to: floor)
    default:
      guard let scale = try clock.steps(key("t_scale"), total: total), scale > 0,
        let cooldown = try clock.steps(key("t_cooldown"), total: total)
      else { throw reading.missing([key("t_scale")], "add it and t_cooldown beside it") }
      let target = try (reading.rate(key("alpha_f_decay")) ?? 0) * peak
      sketch.decay("invsqrt:tau=\(scale)", until: end - cooldown, from: peak, to: target)
      sketch.decay(
        "linear", until: end,
        to: try (reading.rate(key("alpha_f_cooldown")) ?? 0) * peak)
    }
    sketch.finish(at: total)
    return sketch
  }
}

/// Composer's times in updates.
private struct ComposerClock {
  let reading: SettingsReading

  /// A time as it is written.
  private struct Time {
    var value: Double
    var unit: String
  }

  /// The length of the training.
  func total() throws(ConfigurationError) -> Double {
    if let total = reading.facts.totalSteps { return Double(total) }
    let key = "max_duration"
    guard let time = try time(key) else {
      throw reading.missing([key], "add it, or give --total")
    }
    let steps = try updates(time.value, time.unit, key)
    guard steps > 0 else { throw reading.missing([key], "it must be positive; or give --total") }
    return steps.rounded(.up)
  }

  /// A time in updates, which Composer cuts to a whole number of its unit; nil when it is not there.
  ///
  /// `usual` is the part of the training that counts where the time is not given.
  func steps(
    _ key: String, usual: Double? = nil, total: Double
  ) throws(ConfigurationError) -> Double? {
    guard let time = try time(key) ?? usual.map({ Time(value: $0, unit: "dur") }) else {
      return nil
    }
    switch time.unit {
    case "dur": return try part(time.value, key, total: total)
    case "ep", "": return try updates(time.value, time.unit, key).rounded(.down)
    default: return try updates(time.value.rounded(.down), time.unit, key)
    }
  }

  /// A part of the training, cut to a whole number of `max_duration`'s unit; of updates for epochs.
  private func part(
    _ fraction: Double, _ key: String, total: Double
  ) throws(ConfigurationError) -> Double {
    guard reading.facts.totalSteps == nil, let whole = try time("max_duration"),
      ["sp", "tok"].contains(whole.unit)
    else { return (fraction * total).rounded(.down) }
    return try updates((fraction * whole.value).rounded(.down), whole.unit, key)
  }

  private func time(_ key: String) throws(ConfigurationError) -> Time? {
    guard let text = try reading.word(key) else { return nil }
    let line = reading.settings[key]?.line
    let units = ["iter", "dur", "tok", "ba", "ep", "sp", "sec"]
    let unit = units.first { text.hasSuffix($0) } ?? ""
    let value = try SettingsReading.number(
      String(text.dropLast(unit.count)), name: key, line: line)
    guard value >= 0, value <= 1e18 else {
      throw ConfigurationError(.invalid, "must be from 0 to 10^18", key: key, line: line)
    }
    return Time(value: value, unit: unit)
  }

  /// A number of batches, samples, tokens or epochs in updates.
  private func updates(
    _ value: Double, _ unit: String, _ key: String
  ) throws(ConfigurationError) -> Double {
    let writtenBatch = try reading.length("global_train_batch_size")
    let batch = reading.facts.batchSize ?? writtenBatch
    switch unit {
    case "ba", "iter": return value
    case "dur": throw missing(key, "another unit", "--total")
    case "sp":
      guard let batch, batch > 0 else {
        throw missing(key, "global_train_batch_size", "--batch-size")
      }
      return value / batch
    case "tok":
      if let tokens = reading.facts.tokensPerBatch { return value / tokens }
      guard let batch, let length = try reading.length("max_seq_len"), batch * length > 0 else {
        throw missing(
          key, "global_train_batch_size and max_seq_len", "--tokens-per-batch")
      }
      return value / (batch * length)
    case "sec": throw reading.unsupported("seconds are no updates; give --total", key: key)
    default:
      // Composer takes a whole number for epochs.
      guard let epoch = reading.facts.stepsPerEpoch else {
        throw missing(
          key,
          unit == "ep"
            ? "the updates an epoch"
            : "a unit (a bare number counts epochs) or the updates an epoch",
          "--steps-per-epoch")
      }
      return value * epoch
    }
  }

  private func missing(_ key: String, _ what: String, _ flag: String) -> ConfigurationError {
    ConfigurationError(
      .missing, "this time needs \(what); add it, or give \(flag)", key: key,
      line: reading.settings[key]?.line)
  }
}
