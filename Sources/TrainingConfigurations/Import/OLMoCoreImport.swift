/// OLMo-core's configuration as a dictionary: `scheduler` with its class, `optim.lr`.
///
/// Update t reads the schedule at t + 1. Source: OLMo-core fa6c5014,
/// `src/olmo_core/optim/scheduler.py`.
enum OLMoCoreImport: ConfigurationImport {
  static let tellingSettings = [
    "scheduler._CLASS_", "train_module.scheduler", "train_module.optim.lr", "optim.lr",
    "scheduler.warmup_fraction", "scheduler.decay_fraction",
  ]
  static let requiredSettings = ["train_module.optim.lr", "optim.lr"]

  private static let classes = [
    "ConstantScheduler", "ConstantWithWarmup", "WSD", "LinearWithWarmup", "InvSqrtWithWarmup",
    "CosWithWarmup", "HalfCosWithWarmup", "CosWithWarmupAndLinearDecay",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("train_module.optim.lr", "optim.lr")
    let place = reading.has("train_module.scheduler") ? "train_module.scheduler" : "scheduler"
    let key = { (name: String) in "\(place).\(name)" }
    let path = try reading.word(key("_CLASS_"), key("name")) ?? ""
    let name = path.split(separator: ".").last.map(String.init) ?? ""
    guard classes.contains(name) else {
      throw reading.unknown("scheduler", path, key: key("_CLASS_"), known: classes)
    }
    let units = try reading.word(key("units")) ?? "steps"
    guard units.lowercased().hasSuffix("steps") else {
      throw reading.unsupported("only units of steps are read", key: key("units"))
    }
    let ends = name.hasPrefix("Cos") || name == "LinearWithWarmup" || name.hasPrefix("Half")
    let end = ends ? try reading.length(key("t_max")) : nil
    guard let total = reading.facts.totalSteps.map(Double.init) ?? end else {
      throw reading.missing([key("t_max")], "the settings do not tell the end; give --total")
    }
    let last = end ?? total
    let warmup = try steps(&reading, key, "warmup", of: last, usual: 2000)
    let floor = try (reading.rate(key("alpha_f")) ?? 0.1) * peak
    let start = try reading.rate(key("warmup_min_lr")) ?? 0
    var sketch = ScheduleSketch(peak: peak, convention: "olmo")
    let isHalf = name == "HalfCosWithWarmup"
    if name != "ConstantScheduler" {
      sketch.warmup(until: warmup, from: start, to: isHalf ? floor + (peak - floor) / 2 : peak)
    }
    guard last > warmup else {
      throw reading.unsupported("the run must be longer than the warm-up", key: key("t_max"))
    }
    switch name {
    case "WSD":
      let decay = try steps(&reading, key, "decay", of: total, usual: nil)
      sketch.hold(until: total - decay, at: peak)
      sketch.decay(
        "linear", until: total, from: peak, to: try reading.rate(key("decay_min_lr")) ?? 0,
        shapeBegin: total - decay)
    case "LinearWithWarmup": sketch.decay("linear", until: last, from: peak, to: floor)
    case "CosWithWarmup": sketch.decay("cosine", until: last, from: peak, to: floor)
    case "HalfCosWithWarmup":
      // The peak is that of the whole cosine.
      sketch.decay(
        "cosine", until: last, from: peak, to: floor, shapeBegin: 2 * sketch.end - last)
    case "CosWithWarmupAndLinearDecay":
      let decay = try steps(&reading, key, "decay", of: total, usual: nil)
      sketch.decay("cosine", until: total - decay, from: peak, to: floor, shapeEnd: last)
      sketch.decay(
        "linear", until: total, to: try reading.rate(key("decay_min_lr")) ?? 0)
    case "InvSqrtWithWarmup":
      guard warmup > 0 else {
        throw reading.unsupported("this scheduler needs a warm-up", key: key("warmup"))
      }
      sketch.decay("invsqrt:tau=\(warmup)", until: total + 1, from: peak, to: floor)
    default: sketch.hold(until: total, at: peak)
    }
    sketch.finish(at: name == "InvSqrtWithWarmup" ? total + 1 : total)
    return sketch
  }

  /// A length given as steps or as a fraction, rounded half to even.
  private static func steps(
    _ reading: inout SettingsReading, _ key: (String) -> String, _ name: String, of total: Double,
    usual: Double?
  ) throws(ConfigurationError) -> Double {
    if let steps = try reading.length(key(name), key("\(name)_steps")) { return steps }
    if let fraction = try reading.fraction(key("\(name)_fraction")) {
      return (fraction * total).rounded(.toNearestOrEven)
    }
    if let usual {
      reading.note("\(name) is not given; OLMo-core's \(Int(usual)) steps are taken")
      return usual
    }
    reading.note("\(name)_fraction is not given; OLMo-core's 0.1 is taken")
    return (0.1 * total).rounded(.toNearestOrEven)
  }
}
