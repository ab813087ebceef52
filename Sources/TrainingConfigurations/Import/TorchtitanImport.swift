/// torchtitan: `lr_scheduler`, `optimizer.lr` and `training.steps`, in TOML or as flags.
///
/// Source: torchtitan b5bcd76c, `torchtitan/components/lr_scheduler.py`. Its extra stable step and
/// its warm-up (t + 1) / W together make the decay begin at the total less the decay's steps.
enum TorchtitanImport: ConfigurationImport {
  static let tellingSettings = [
    "lr_scheduler.warmup_steps", "lr_scheduler.decay_ratio", "lr_scheduler.decay_type",
    "lr_scheduler.min_lr_factor", "lr_scheduler.lr_min", "training.steps", "optimizer.lr",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("optimizer.lr")
    let steps = try reading.length("training.steps")
    guard let total = reading.facts.totalSteps.map(Double.init) ?? steps, total > 0 else {
      throw reading.missing(["training.steps"], "add it, or give --total")
    }
    let written = try reading.length("lr_scheduler.warmup_steps")
    if written == nil { reading.note("warmup_steps is not given; torchtitan's 200 are taken") }
    let warmup = min(written ?? 200, total)
    let type = try reading.word("lr_scheduler.decay_type") ?? "linear"
    let shapes = ["linear": "linear", "cosine": "cosine", "sqrt": "1-sqrt"]
    guard let shape = shapes[type] else {
      throw reading.unknown(
        "decay", type, key: "lr_scheduler.decay_type", known: shapes.keys.sorted())
    }
    let floor =
      try (reading.fraction("lr_scheduler.min_lr_factor", "lr_scheduler.lr_min") ?? 0) * peak
    var decay = total - warmup
    if let ratio = try reading.fraction("lr_scheduler.decay_ratio") {
      let rounded = (ratio * total).rounded(.toNearestOrEven)
      reading.note("the decay is decay_ratio times the steps, rounded half to even")
      if rounded > decay { reading.note("the decay is shortened to what the warm-up leaves") }
      decay = min(rounded, decay)
    }
    var sketch = ScheduleSketch(peak: peak, convention: "torchtitan")
    sketch.warmup(until: warmup)
    sketch.hold(until: total - decay, at: peak)
    sketch.decay(shape, until: total, from: peak, to: floor)
    return sketch
  }
}
