/// nanotron's YAML: `optimizer.learning_rate_scheduler`, `tokens.train_steps`.
///
/// Source: nanotron 2411b022, `src/nanotron/helpers.py`.
enum NanotronImport: ConfigurationImport {
  static let tellingSettings = [
    "optimizer.learning_rate_scheduler", "optimizer.learning_rate_scheduler.lr_decay_style",
    "optimizer.learning_rate_scheduler.lr_decay_steps", "tokens.train_steps",
  ]
  static let requiredSettings = ["optimizer.learning_rate_scheduler"]

  private static func key(_ name: String) -> String { "optimizer.learning_rate_scheduler.\(name)" }

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak(key("learning_rate"))
    let warmup = try reading.length(key("lr_warmup_steps")) ?? 0
    let rise = try reading.word(key("lr_warmup_style")) ?? "linear"
    guard ["linear", "constant"].contains(rise) else {
      throw reading.unknown(
        "style", rise, key: key("lr_warmup_style"), known: ["linear", "constant"])
    }
    let fall = try reading.word(key("lr_decay_style")) ?? "linear"
    guard ["linear", "cosine", "1-sqrt"].contains(fall) else {
      throw reading.unknown(
        "style", fall, key: key("lr_decay_style"), known: ["linear", "cosine", "1-sqrt"])
    }
    guard let decay = try reading.length(key("lr_decay_steps")) else {
      throw reading.missing(
        [key("lr_decay_steps")], "versions differ in what its absence means; add it")
    }
    let written = try reading.rate(key("min_decay_lr"))
    if written == nil {
      reading.note("min_decay_lr is not given; nanotron takes the peak, so nothing decays")
    }
    let begin = try max(warmup, reading.length(key("lr_decay_starting_step")) ?? warmup)
    var sketch = ScheduleSketch(peak: peak)
    if rise == "linear" { sketch.warmup(until: warmup) }
    sketch.hold(until: begin, at: peak)
    sketch.decay(fall, until: begin + decay, from: peak, to: written ?? peak)
    let steps = try reading.length("tokens.train_steps")
    if let total = reading.facts.totalSteps.map(Double.init) ?? steps { sketch.finish(at: total) }
    return sketch
  }
}
