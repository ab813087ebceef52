import Foundation

/// GPT-NeoX's YAML: `train_iters`, `lr_decay_style`, `warmup`, `min_lr`, `optimizer.params.lr`.
///
/// Update t has the rate f(t), but update 0 that of update 1. Source: GPT-NeoX,
/// `megatron/learning_rates.py` and `megatron/training.py`, as the cosine is since August 2023
/// (pull request 1008) and the first update since April 2026 (pull request 1379).
enum GPTNeoXImport: ConfigurationImport {
  static let tellingSettings = [
    "lr_decay_style", "lr_decay_iters", "lr_decay_fraction", "train_iters", "warmup",
    "optimizer.params.lr",
  ]
  static let requiredSettings = ["optimizer.params.lr"]

  private static let styles = ["constant", "linear", "cosine", "exponential"]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("optimizer.params.lr", "lr")
    let floor = try reading.rate("min_lr") ?? 0
    guard floor <= peak else {
      throw reading.unsupported("min_lr must not exceed the learning rate", key: "min_lr")
    }
    let style = try reading.word("lr_decay_style") ?? "linear"
    if !reading.has("lr_decay_style") {
      reading.note("lr_decay_style is not given; GPT-NeoX's 'linear' is taken")
    }
    guard styles.contains(style) else {
      throw reading.unknown("style", style, key: "lr_decay_style", known: styles)
    }
    let (total, end) = try lengths(&reading)
    let fraction = try reading.fraction("warmup") ?? 0.01
    if !reading.has("warmup") {
      reading.note("warmup is not given; GPT-NeoX's 0.01 of the updates is taken")
    }
    let warmup = fraction * end
    guard warmup == 0 || warmup >= 1, warmup < end else {
      throw reading.unsupported(
        "the warm-up must take from one update to less than the decay's end, not \(warmup)",
        key: "warmup")
    }
    var sketch = ScheduleSketch(peak: peak)
    if warmup > 0 {
      reading.note("update 0 has the rate of update 1, as in GPT-NeoX since April 2026")
      sketch.hold(until: 1, at: peak / warmup)
      sketch.warmup(until: warmup, shapeBegin: 0)
    }
    let length = end - warmup
    let stop = max(total, end)
    switch style {
    case "linear":
      let part = 1 - floor / peak
      sketch.decay("linear", until: warmup + part * length, from: peak, to: floor)
      sketch.hold(until: stop, at: floor)
    case "cosine":
      reading.note("the cosine ends at min_lr, as in GPT-NeoX since August 2023")
      guard total <= end else {
        throw reading.unsupported(
          "GPT-NeoX's cosine climbs again behind its end; let it reach train_iters",
          key: reading.has("lr_decay_iters") ? "lr_decay_iters" : "lr_decay_fraction")
      }
      sketch.decay("cosine", until: end, from: peak, to: floor)
    case "exponential":
      // exp(-0.693 x), about a half at the end; the floor cuts it.
      let reach = floor > 0 ? log(peak / floor) / 0.693 * length : .infinity
      let last = min(stop - warmup, reach)
      sketch.decay(
        "exp", until: warmup + last, from: peak, to: peak * exp(-0.693 * last / length))
      sketch.hold(until: stop, at: floor)
    default: sketch.hold(until: stop, at: peak)
    }
    sketch.finish(at: total)
    return sketch
  }

  /// The updates of the training, and where the decay ends.
  private static func lengths(
    _ reading: inout SettingsReading
  ) throws(ConfigurationError) -> (total: Double, end: Double) {
    let trained = try reading.length("train_iters")
    guard let total = reading.facts.totalSteps.map(Double.init) ?? trained, total >= 1 else {
      throw reading.missing(["train_iters"], "add it, or give --total")
    }
    if let end = try reading.length("lr_decay_iters") { return (total, max(1, end)) }
    let whole = trained ?? total
    if let fraction = try reading.fraction("lr_decay_fraction") {
      return (total, max(1, (whole * fraction).rounded(.down)))
    }
    return (total, max(1, whole))
  }
}
