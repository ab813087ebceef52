/// nanoGPT's settings: `learning_rate = 6e-4` in Python or `--learning_rate=6e-4`.
///
/// Warm-up (t + 1) / (W + 1). Source: nanoGPT 3adf61e1, `train.py`.
enum NanoGPTImport: ConfigurationImport {
  static let tellingSettings = [
    "warmup_iters", "lr_decay_iters", "max_iters", "decay_lr", "min_lr",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let usual = [
      "learning_rate": 6e-4, "max_iters": 600_000, "warmup_iters": 2000,
      "lr_decay_iters": 600_000, "min_lr": 6e-5,
    ]
    let absent = usual.keys.sorted().filter { !reading.has($0) }
    if !absent.isEmpty {
      reading.note("nanoGPT's own values are taken for \(absent.joined(separator: ", "))")
    }
    let peak = try reading.peak("learning_rate", usual: usual["learning_rate"])
    let trained = try reading.length("max_iters") ?? 600_000
    let total = reading.facts.totalSteps.map(Double.init) ?? trained
    guard total > 0 else { throw reading.missing(["max_iters"], "it must be positive") }
    var sketch = ScheduleSketch(peak: peak, convention: "nanogpt")
    guard try reading.flag("decay_lr") ?? true else {
      sketch.hold(until: total, at: peak)
      return sketch
    }
    let warmup = try reading.length("warmup_iters") ?? 2000
    let end = try reading.length("lr_decay_iters") ?? 600_000
    let floor = try reading.rate("min_lr") ?? 6e-5
    sketch.warmup(until: warmup)
    sketch.decay("cosine", until: end, from: peak, to: floor)
    if end <= warmup { sketch.hold(until: max(total, warmup + 1), at: floor) }
    sketch.finish(at: total)
    reading.note("nanoGPT makes one update more than max_iters; it has the rate that is held")
    return sketch
  }
}
