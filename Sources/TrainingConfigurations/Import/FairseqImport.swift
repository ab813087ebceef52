/// fairseq's flags: `--lr-scheduler` polynomial_decay, inverse_sqrt or tri_stage.
///
/// Update t has the rate f(t). Source: fairseq 3d262bb2, `fairseq/optim/lr_scheduler/`.
enum FairseqImport: ConfigurationImport {
  static let tellingSettings = [
    "lr-scheduler", "warmup-updates", "max-update", "total-num-update", "warmup-init-lr",
    "end-learning-rate", "phase-ratio", "update-freq",
  ]
  static let requiredSettings = ["lr-scheduler"]

  private static let names = ["polynomial_decay", "inverse_sqrt", "tri_stage"]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("lr")
    let name = try reading.word("lr-scheduler") ?? ""
    let trained = try reading.length("max-update").flatMap { $0 > 0 ? $0 : nil }
    let total = reading.facts.totalSteps.map(Double.init) ?? trained
    var sketch = ScheduleSketch(peak: peak)
    switch name {
    case "polynomial_decay": try polynomial(&sketch, reading, total: total)
    case "inverse_sqrt": try inverseSquareRoot(&sketch, reading, total: total)
    case "tri_stage": try threeStages(&sketch, reading, total: total)
    default: throw reading.unknown("scheduler", name, key: "lr-scheduler", known: names)
    }
    if let total { sketch.finish(at: total) }
    return sketch
  }

  private static func polynomial(
    _ sketch: inout ScheduleSketch, _ reading: SettingsReading, total: Double?
  ) throws(ConfigurationError) {
    let warmup = try reading.length("warmup-updates") ?? 0
    guard let end = try reading.length("total-num-update", "total-num-updates") ?? total,
      end > warmup
    else {
      throw reading.missing(["total-num-update"], "it must be there and exceed the warm-up")
    }
    let power = try reading.number("power") ?? 1
    sketch.warmup(until: warmup)
    sketch.decay(
      power == 1 ? "linear" : "poly:p=\(power)", until: end, from: sketch.peak,
      to: try reading.rate("end-learning-rate") ?? 0)
  }

  private static func inverseSquareRoot(
    _ sketch: inout ScheduleSketch, _ reading: SettingsReading, total: Double?
  ) throws(ConfigurationError) {
    guard let warmup = try reading.length("warmup-updates"), warmup > 0 else {
      throw reading.missing(["warmup-updates"], "inverse_sqrt needs a warm-up")
    }
    // A negative start stands for "not given".
    let start = max(0, try reading.number("warmup-init-lr") ?? 0)
    sketch.warmup(until: warmup, from: start)
    sketch.decay(
      "invsqrt:tau=\(warmup)", until: max(total ?? 0, warmup + 1), from: sketch.peak, to: 0)
  }

  private static func threeStages(
    _ sketch: inout ScheduleSketch, _ reading: SettingsReading, total: Double?
  ) throws(ConfigurationError) {
    let initial = try reading.rate("init-lr-scale") ?? 0.01
    let final = try reading.rate("final-lr-scale") ?? 0.01
    guard final > 0 else {
      throw reading.unsupported("the decay is geometric and cannot end at 0", key: "final-lr-scale")
    }
    var steps = try [
      reading.length("warmup-steps") ?? 0, reading.length("hold-steps") ?? 0,
      reading.length("decay-steps") ?? 0,
    ]
    if let parts = try ratios(reading) {
      guard let total else {
        throw reading.missing(["max-update"], "phase-ratio is of it; give --total")
      }
      steps = parts.map { ($0 * total).rounded(.down) }
    }
    sketch.warmup(until: steps[0], from: initial * sketch.peak)
    sketch.hold(until: steps[0] + steps[1], at: sketch.peak)
    sketch.decay(
      "exp", until: steps[0] + steps[1] + steps[2], from: sketch.peak, to: final * sketch.peak)
  }

  /// `(0.1,0.4,0.5)`, with brackets or without; nil when it is not there.
  private static func ratios(_ reading: SettingsReading) throws(ConfigurationError) -> [Double]? {
    guard let (_, setting) = reading.found(["phase-ratio"]) else { return nil }
    let texts: [String]
    switch setting {
    case .list(let values, _): texts = values.map { $0.text ?? "" }
    default:
      let bare = (setting.text ?? "").filter { !"()[] ".contains($0) }
      texts = bare.split(separator: ",").map(String.init)
    }
    var parts: [Double] = []
    for text in texts {
      parts.append(try SettingsReading.number(text, name: "phase-ratio", line: setting.line))
    }
    guard parts.count == 3, parts.allSatisfy({ (0...1).contains($0) }) else {
      throw reading.unsupported("this takes three parts from 0 to 1", key: "phase-ratio")
    }
    return parts
  }
}
