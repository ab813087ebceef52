/// llm.c's flags: `-l` rate, `-u` warm-up, `-q` final part, `-k` scheduler, `-x` steps.
///
/// Warm-up (t + 1) / W. Source: llm.c f1e2ace6, `llmc/schedulers.h`, `train_gpt2.cu`.
enum LLMCImport: ConfigurationImport {
  static let tellingSettings = ["l", "u", "q", "k", "x"]
  static let requiredSettings = ["l", "k", "u"]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("l", usual: 3e-4)
    let kind = try reading.word("k") ?? "cosine"
    let warmup = try reading.length("u") ?? 0
    let part = try reading.rate("q") ?? 1
    if !reading.has("q"), kind != "constant" {
      reading.note("-q is not given; llm.c's 1 is taken, which means no decay")
    }
    let steps = try reading.number("x").flatMap { $0 > 0 ? $0 : nil }
    guard let total = reading.facts.totalSteps.map(Double.init) ?? steps, total <= 1e12 else {
      throw reading.missing(["x"], "without -x one epoch is trained; give --total")
    }
    var sketch = ScheduleSketch(peak: peak, convention: "llmc")
    sketch.warmup(until: min(warmup, total))
    switch kind {
    case "constant": sketch.hold(until: total, at: peak)
    case "cosine", "linear": sketch.decay(kind, until: total, from: peak, to: part * peak)
    case "wsd":
      let begin = (0.8 * total).rounded(.down)
      sketch.hold(until: begin, at: peak)
      sketch.decay("1-sqrt", until: total, from: peak, to: part * peak, shapeBegin: begin)
    default:
      throw reading.unknown(
        "scheduler", kind, key: "k", known: ["cosine", "linear", "constant", "wsd"])
    }
    return sketch
  }
}
