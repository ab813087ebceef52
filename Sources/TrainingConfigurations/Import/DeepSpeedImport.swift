/// DeepSpeed's JSON: `scheduler` with its `type` and `params`, and `optimizer.params.lr`.
///
/// Update t reads the warm-up at t - 1. Source: DeepSpeed edaa7221,
/// `deepspeed/runtime/lr_schedules.py`, as it is since October 2024.
enum DeepSpeedImport: ConfigurationImport {
  static let tellingSettings = [
    "scheduler.type", "scheduler.params", "zero_optimization", "train_micro_batch_size_per_gpu",
    "scheduler.params.warmup_num_steps", "optimizer.params.lr",
  ]
  static let requiredSettings = ["scheduler.type", "optimizer.params.lr"]

  /// Settings of frameworks that set the rate themselves and hand the rest to DeepSpeed.
  private static let otherKeys = [
    "lr_decay_style", "lr_decay_iters", "lr_scheduler_type", "lr_scheduler", "lr_schedule",
    "warmup", "warmup_steps", "warmup_ratio", "warmup_iters", "min_lr", "scheduler.name",
  ]

  private static let types = [
    "WarmupLR", "WarmupDecayLR", "WarmupCosineLR", "OneCycle", "LRRangeTest",
  ]

  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    guard let type = try reading.word("scheduler.type") else {
      if let key = reading.found(otherKeys)?.name {
        throw reading.unsupported(
          "there is no DeepSpeed scheduler, but this is a schedule's setting of another format; "
            + "name that format with --from", key: key)
      }
      guard let rate = try reading.number("optimizer.params.lr"), rate > 0 else {
        throw reading.missing(["scheduler.type"], "without it give optimizer.params.lr")
      }
      reading.note("there is no scheduler; the optimizer's rate is held")
      var sketch = ScheduleSketch(peak: rate)
      if let total = reading.facts.totalSteps { sketch.hold(until: Double(total), at: rate) }
      return sketch
    }
    switch type {
    case "WarmupLR", "WarmupDecayLR": return try warmup(&reading, decays: type != "WarmupLR")
    case "WarmupCosineLR": return try cosine(&reading)
    case "OneCycle": return try oneCycle(&reading)
    case "LRRangeTest": return try rangeTest(reading)
    default: throw reading.unknown("scheduler", type, key: "scheduler.type", known: types)
    }
  }

  private static func key(_ name: String) -> String { "scheduler.params.\(name)" }

  /// The warm-up's length and shape; DeepSpeed takes one step for two.
  private static func rise(
    _ reading: inout SettingsReading
  ) throws(ConfigurationError) -> (steps: Double, shape: String) {
    let steps = try reading.length(key("warmup_num_steps")) ?? 1000
    let type = try reading.word(key("warmup_type")) ?? "log"
    if !reading.has(key("warmup_type")) {
      reading.note("warmup_type is not given; DeepSpeed's 'log' is taken")
    }
    return (max(2, steps), type == "linear" ? "linear" : "log")
  }

  private static func total(
    _ reading: SettingsReading
  ) throws(ConfigurationError) -> Double? {
    let written = try reading.length(key("total_num_steps"))
    return reading.facts.totalSteps.map(Double.init) ?? written
  }

  /// Where the decay ends.
  private static func end(_ reading: SettingsReading) throws(ConfigurationError) -> Double? {
    let written = try reading.length(key("total_num_steps"))
    return written ?? reading.facts.totalSteps.map(Double.init)
  }

  private static func warmup(
    _ reading: inout SettingsReading, decays: Bool
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak(key("warmup_max_lr"), usual: 1e-3)
    if !reading.has(key("warmup_max_lr")) {
      reading.note(
        "warmup_max_lr is not given; DeepSpeed's 0.001 is taken, whatever the optimizer's rate")
    }
    let floor = try reading.rate(key("warmup_min_lr")) ?? 0
    let (steps, shape) = try rise(&reading)
    var sketch = ScheduleSketch(peak: peak, convention: "deepspeed")
    sketch.warmup(until: steps, from: floor, shape: shape)
    if decays {
      guard let end = try end(reading) else {
        throw reading.missing([key("total_num_steps")], "add it, or give --total")
      }
      guard end > steps else {
        throw reading.unsupported(
          "the training must be longer than the warm-up", key: key("total_num_steps"))
      }
      sketch.decay("linear", until: end, from: peak, to: floor)
    }
    if let total = try total(reading) { sketch.finish(at: total) }
    return sketch
  }

  /// The warm-up is one update late, the cosine is not.
  private static func cosine(
    _ reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak("optimizer.params.lr")
    let floor = try reading.rate(key("cos_min_ratio")) ?? 1e-4
    let start = try reading.rate(key("warmup_min_ratio")) ?? 0
    let (steps, shape) = try rise(&reading)
    guard let end = try end(reading) else {
      throw reading.missing([key("total_num_steps")], "add it, or give --total")
    }
    guard end > steps + 1 else {
      throw reading.unsupported(
        "the training must be longer than the warm-up", key: key("total_num_steps"))
    }
    var sketch = ScheduleSketch(peak: peak)
    sketch.hold(until: 1, at: 0)
    sketch.warmup(until: steps + 1, from: start * peak, shape: shape)
    sketch.decay("cosine", until: end, from: peak, to: floor * peak, shapeBegin: steps)
    if let total = try total(reading) {
      guard total <= end else {
        throw reading.unsupported(
          "WarmupCosineLR climbs again behind total_num_steps", key: key("total_num_steps"))
      }
      sketch.finish(at: total)
    }
    return sketch
  }

  /// A triangle, then min / (1 + rate n / size).
  private static func oneCycle(
    _ reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    let peak = try reading.peak(key("cycle_max_lr"))
    guard let floor = try reading.rate(key("cycle_min_lr")) else {
      throw reading.missing([key("cycle_min_lr")])
    }
    for name in ["cycle_first_stair_count", "cycle_second_stair_count"] {
      guard try reading.number(key(name)) ?? 0 == 0 else {
        throw reading.unsupported("stairs are not read", key: key(name))
      }
    }
    let first = try reading.length(key("cycle_first_step_size")) ?? 2000
    let cycle = try first + (reading.length(key("cycle_second_step_size")) ?? first)
    var sketch = ScheduleSketch(peak: peak)
    sketch.warmup(until: first, from: floor)
    sketch.decay("linear", until: cycle, from: peak, to: floor)
    let rate = try reading.rate(key("decay_lr_rate")) ?? 0
    let size = try reading.length(key("decay_step_size")) ?? 0
    guard let total = reading.facts.totalSteps.map(Double.init) else {
      if rate > 0, size > 0 {
        throw reading.missing(
          ["scheduler.params.total_num_steps"],
          "the decay behind the cycle has no end; give --total")
      }
      return sketch
    }
    if rate > 0, size > 0, total > cycle {
      let end = floor / (1 + rate * (total - cycle) / size)
      sketch.decay("inv", until: total, from: floor, to: end)
    }
    sketch.finish(at: total)
    return sketch
  }

  /// min (1 + rate t / size), a line.
  private static func rangeTest(
    _ reading: SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch {
    if try reading.flag(key("lr_range_test_staircase")) == true {
      throw reading.unsupported("stairs are not read", key: key("lr_range_test_staircase"))
    }
    let start = try reading.peak(key("lr_range_test_min_lr"), usual: 1e-3)
    let rate = try reading.rate(key("lr_range_test_step_rate")) ?? 1
    let size = try reading.length(key("lr_range_test_step_size")) ?? 2000
    guard let total = reading.facts.totalSteps.map(Double.init), size > 0 else {
      throw reading.missing(
        ["scheduler.params.total_num_steps"], "the test has no end; give --total")
    }
    let end = start * (1 + rate * total / size)
    var sketch = ScheduleSketch(peak: end)
    sketch.warmup(until: total, from: start)
    return sketch
  }
}
