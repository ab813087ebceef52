/// Levanter's YAML: `optimizer.lr_schedule` and its companions, `trainer.num_train_steps`.
///
/// Source: Levanter 9263f81e, `src/levanter/optim/config.py`.
enum LevanterImport: ConfigurationImport {
  static let tellingSettings = [
    "optimizer.lr_schedule", "optimizer.min_lr_ratio", "optimizer.warmup", "optimizer.decay",
    "optimizer.warmup_ratio", "trainer.num_train_steps",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    for name in ["cycles", "cycle_length", "cooldown", "haps"]
    where reading.has("optimizer.\(name)") {
      if name == "cooldown", try reading.number("optimizer.cooldown") == 0 { continue }
      throw reading.unsupported(
        "'\(name)' is not read; write the phases by hand", key: "optimizer.\(name)")
    }
    let peak = try reading.peak("optimizer.learning_rate", usual: 6e-4)
    if !reading.has("optimizer.learning_rate") {
      reading.note("learning_rate is not given; Levanter's 6e-4 is taken")
    }
    let steps = try reading.length("trainer.num_train_steps")
    guard let total = reading.facts.totalSteps.map(Double.init) ?? steps, total > 0 else {
      throw reading.missing(["trainer.num_train_steps"], "add it, or give --total")
    }
    // A number below 1 is a part of the training, cut to whole steps.
    let whole = { (value: Double) in (value < 1 ? value * total : value).rounded(.down) }
    let ratio = try reading.fraction("optimizer.warmup_ratio")
    let length = try reading.length("optimizer.warmup")
    let written = ratio ?? length
    if written == nil { reading.note("warmup is not given; Levanter's 0.01 is taken") }
    let warmup = whole(written ?? 0.01)
    let floor = try (reading.fraction("optimizer.min_lr_ratio") ?? 0.1) * peak
    let stable = try reading.length("optimizer.stable").map(whole) ?? 0
    let decay = try reading.length("optimizer.decay").map(whole) ?? (total - warmup - stable)
    guard decay > 0, warmup + decay <= total else {
      throw reading.unsupported(
        "the warm-up and the decay must fit the training", key: "optimizer.decay")
    }
    var sketch = ScheduleSketch(peak: peak)
    sketch.warmup(until: warmup)
    let schedule = try reading.word("optimizer.lr_schedule") ?? "cosine"
    if schedule != "inv_sqrt" { sketch.hold(until: total - decay, at: peak) }
    switch schedule {
    case "constant": sketch.hold(until: total, at: peak)
    case "linear", "cosine", "inv":
      sketch.decay(schedule, until: total, from: peak, to: floor)
    case "inv_sqrt":
      // Flat up to step 10000, then peak sqrt(10000 / t), not below the floor.
      let timescale = 10_000.0
      let ratio = floor > 0 ? peak / floor : .infinity
      sketch.hold(until: timescale, at: peak)
      sketch.decay(
        "invsqrt:tau=\(timescale)",
        until: min(max(total, timescale + 1), timescale * ratio * ratio),
        from: peak, to: 0)
      sketch.hold(until: max(total, sketch.end), at: floor)
      sketch.finish(at: total)
    default:
      throw reading.unknown(
        "schedule", schedule, key: "optimizer.lr_schedule",
        known: ["constant", "linear", "cosine", "inv", "inv_sqrt"])
    }
    return sketch
  }
}
