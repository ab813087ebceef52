/// Megatron-LM: `--lr`, `--min-lr`, `--lr-decay-style` and their companions.
///
/// The clock counts samples: update t reads the schedule at t times the global batch size. Source:
/// Megatron-LM d98e8a64, `megatron/core/optimizer_param_scheduler.py` and
/// `megatron/training/training.py`.
enum MegatronImport: ConfigurationImport {
  static let tellingSettings = [
    "lr-decay-style", "lr-decay-iters", "lr-decay-samples", "lr-warmup-iters",
    "lr-warmup-fraction", "lr-warmup-samples", "lr-warmup-init", "train-iters", "train-samples",
    "lr-wsd-decay-style", "lr-wsd-decay-iters", "lr-wsd-decay-samples",
  ]

  private static let styles = ["constant", "linear", "cosine", "inverse-square-root", "WSD"]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let clock = try MegatronClock(reading: &reading)
    let peak = try reading.peak("lr")
    let floor = try reading.rate("min-lr") ?? 0
    let style = try reading.word("lr-decay-style") ?? "linear"
    if !reading.has("lr-decay-style") {
      reading.note("--lr-decay-style is not given; Megatron-LM's 'linear' is taken")
    }
    var sketch = ScheduleSketch(peak: peak, convention: "megatron")
    let warmup = try warmupLength(&reading, clock)
    sketch.warmup(until: warmup, from: try reading.rate("lr-warmup-init") ?? 0)
    switch style {
    case "constant": sketch.hold(until: clock.total, at: peak)
    case "linear", "cosine", "inverse-square-root", "WSD":
      guard clock.decay > warmup else {
        throw reading.unsupported(
          "the decay must end after the warm-up; they end at \(warmup) and \(clock.decay) updates",
          key: clock.decayKey)
      }
      if style == "WSD" {
        try wsd(&sketch, reading, clock, floor: floor)
      } else if style == "inverse-square-root" {
        // Without a warm-up its length counts as one sample.
        let sample = clock.samplesPerUpdate.flatMap { $0 > 0 ? 1 / $0 : nil }
        guard let timescale = warmup > 0 ? warmup : sample else {
          throw reading.missing(
            ["global-batch-size"], "without a warm-up this style depends on it; add it")
        }
        inverseSquareRoot(&sketch, timescale: timescale, clock, floor: floor)
      } else {
        sketch.decay(style, until: clock.decay, from: peak, to: floor)
      }
    default:
      throw reading.unknown("style", style, key: "lr-decay-style", known: styles)
    }
    guard let ramp = clock.ramp else {
      sketch.finish(at: clock.total.rounded(.down))
      return sketch
    }
    guard style != "inverse-square-root" else {
      throw reading.unsupported(
        "inverse-square-root with a growing batch is no chain of phases; convert a table of "
          + "step,learning_rate instead", key: "lr-decay-style")
    }
    sketch.finish(at: clock.total)
    return ramp.stepwise(sketch, batchSize: clock.batchSize)
  }

  private static func warmupLength(
    _ reading: inout SettingsReading, _ clock: MegatronClock
  ) throws(ConfigurationError) -> Double {
    if let fraction = try reading.fraction("lr-warmup-fraction") {
      for key in ["lr-warmup-iters", "lr-warmup-samples"]
      where try reading.length(of: [key]) ?? 0 > 0 {
        throw reading.unsupported(
          "Megatron-LM takes only one of this and --lr-warmup-fraction; remove the other",
          key: key)
      }
      reading.note("--lr-warmup-fraction is a part of the decay's length, not of the training's")
      return fraction * clock.decay
    }
    return try clock.length(reading, "lr-warmup") ?? 0
  }

  private static func wsd(
    _ sketch: inout ScheduleSketch, _ reading: SettingsReading, _ clock: MegatronClock,
    floor: Double
  ) throws(ConfigurationError) {
    let style = try reading.word("lr-wsd-decay-style") ?? "exponential"
    let shapes = [
      "linear": "linear", "cosine": "cosine", "exponential": "mexp", "minus_sqrt": "1-sqrt",
    ]
    guard let shape = shapes[style] else {
      throw reading.unknown(
        "style", style, key: "lr-wsd-decay-style", known: shapes.keys.sorted())
    }
    guard let length = try clock.length(reading, "lr-wsd-decay") else {
      throw reading.missing(["lr-wsd-decay-iters"], "WSD needs the length of its decay")
    }
    let start = clock.decay - length
    let warmupEnd = sketch.end
    sketch.hold(until: start, at: sketch.peak)
    guard start >= warmupEnd else {
      // The decay's clock has run while the warm-up lasted.
      sketch.decay(
        shape, until: clock.decay, from: sketch.peak, to: floor, shapeBegin: start)
      return
    }
    sketch.decay(shape, until: clock.decay, from: sketch.peak, to: floor)
  }

  /// peak sqrt(W / n), not below the floor; the floor also behind the decay's end.
  private static func inverseSquareRoot(
    _ sketch: inout ScheduleSketch, timescale: Double, _ clock: MegatronClock, floor: Double
  ) {
    // A position on the decay's end still reads the formula.
    let last = clock.decay.rounded(.down) + 1
    let ratio = floor > 0 ? sketch.peak / floor : .infinity
    sketch.hold(until: timescale, at: sketch.peak)
    sketch.decay(
      "invsqrt:tau=\(timescale)", until: min(last, timescale * ratio * ratio), from: sketch.peak,
      to: 0)
    sketch.hold(until: max(clock.total, last), at: floor)
  }
}
