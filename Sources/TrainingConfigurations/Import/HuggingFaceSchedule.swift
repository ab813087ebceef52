/// The schedules of transformers' `optimization.py` with their keyword arguments.
struct HuggingFaceSchedule {
  let reading: SettingsReading
  let peak: Double
  let total: Double
  let warmup: Double

  /// The sketch of a scheduler type.
  func sketch(_ type: String) throws(ConfigurationError) -> ScheduleSketch {
    var sketch = ScheduleSketch(peak: peak)
    switch type {
    case "warmup_stable_decay":
      try warmupStableDecay(&sketch)
      return sketch
    case "cosine_warmup_with_min_lr":
      try shiftedCosine(&sketch)
      return sketch
    default: sketch.warmup(until: warmup, shape: try warmupShape(type))
    }
    switch type {
    case "linear": sketch.decay("linear", until: total, from: peak, to: 0)
    case "cosine":
      try cosine(&sketch, cycles: cycles(0.5), floor: axolotlFloor() ?? 0)
    case "cosine_with_min_lr": try cosine(&sketch, cycles: cycles(0.5), floor: minimum())
    case "cosine_with_restarts":
      let cycles = try cycles(1)
      let length = (total - warmup) / cycles
      guard length > 0, cycles <= 10_000 else { break }
      for cycle in 1...max(1, Int(cycles.rounded(.up))) {
        let begin = warmup + Double(cycle - 1) * length
        sketch.decay(
          "cosine", until: min(total, begin + length), from: peak, to: 0, shapeBegin: begin,
          shapeEnd: begin + length)
      }
      sketch.hold(until: total + 1, at: 0)
    case "polynomial":
      let end = try reading.rate(key("lr_end")) ?? 1e-7
      let power = try reading.number(key("power")) ?? 1
      guard end < peak else {
        throw reading.unsupported("lr_end must be below the learning rate", key: key("lr_end"))
      }
      sketch.decay("poly:p=\(power)", until: total, from: peak, to: end)
    case "inverse_sqrt":
      let timescale = try reading.number(key("timescale")) ?? (warmup > 0 ? warmup : 10_000)
      let end = total > warmup ? total : warmup + 1
      sketch.decay("invsqrt:tau=\(timescale)", until: end, from: peak, to: 0)
    default: if total > 0 { sketch.hold(until: total, at: peak) }
    }
    return sketch
  }

  private func key(_ name: String) -> String { "lr_scheduler_kwargs.\(name)" }

  private func cycles(_ usual: Double) throws(ConfigurationError) -> Double {
    let cycles = try reading.number(key("num_cycles")) ?? usual
    guard cycles > 0, cycles <= 10_000 else {
      throw reading.unsupported("num_cycles must be from 0 to 10000", key: key("num_cycles"))
    }
    return cycles
  }

  /// axolotl's (t / W)², of its cosine alone (axolotl 067b021c, `utils/schedulers.py`).
  private func warmupShape(_ type: String) throws(ConfigurationError) -> String {
    guard type == "cosine", try reading.flag("lr_quadratic_warmup") == true else {
      return "linear"
    }
    if let key = reading.found(["cosine_min_lr_ratio", "lr_scheduler_kwargs"])?.name {
      throw reading.unsupported(
        "axolotl's quadratic warm-up leaves this setting out; remove one of them", key: key)
    }
    return "quad"
  }

  /// axolotl's own setting beside the type.
  private func axolotlFloor() throws(ConfigurationError) -> Double? {
    if reading.has("cosine_constant_lr_ratio") {
      throw reading.unsupported(
        "axolotl's constant tail is not read; write the expression by hand",
        key: "cosine_constant_lr_ratio")
    }
    return try reading.fraction("cosine_min_lr_ratio").map { $0 * peak }
  }

  private func minimum() throws(ConfigurationError) -> Double {
    if let rate = try reading.rate(key("min_lr")) { return rate }
    guard let part = try reading.rate(key("min_lr_rate")) else {
      throw reading.missing([key("min_lr")], "this scheduler needs min_lr or min_lr_rate")
    }
    return part * peak
  }

  /// Half waves down and up, 2 `cycles` of them.
  private func cosine(
    _ sketch: inout ScheduleSketch, cycles: Double, floor: Double, shift: Double = 0
  ) {
    let half = (total - warmup) / (2 * cycles)
    guard half > 0 else { return }
    for wave in 0..<Int((2 * cycles).rounded(.up)) {
      let begin = warmup - shift + Double(wave) * half
      let end = min(total, begin + half)
      if wave.isMultiple(of: 2) {
        sketch.decay(
          "cosine", until: end, from: peak, to: floor, shapeBegin: begin, shapeEnd: begin + half)
      } else {
        sketch.warmup(
          until: end, from: floor, to: peak, shape: "cosine", shapeBegin: begin,
          shapeEnd: begin + half)
      }
    }
  }

  /// Warm-up (t + 1) / W, then a cosine that is one step ahead.
  private func shiftedCosine(_ sketch: inout ScheduleSketch) throws(ConfigurationError) {
    if let start = try reading.rate(key("warmup_lr_rate")) {
      // w + (1 - w) t / (W - 1); the last of W steps is at the peak.
      let length = max(1, warmup - 1)
      sketch.warmup(until: min(warmup, length), from: start * peak)
      sketch.hold(until: warmup, at: peak)
    } else {
      sketch.warmup(until: warmup, shapeBegin: -1, shapeEnd: warmup - 1)
    }
    try cosine(&sketch, cycles: cycles(0.5), floor: minimum(), shift: 1)
  }

  private func warmupStableDecay(_ sketch: inout ScheduleSketch) throws(ConfigurationError) {
    let floor = try (reading.fraction(key("min_lr_ratio")) ?? 0) * peak
    guard let decay = try reading.length(key("num_decay_steps")) else {
      throw reading.missing([key("num_decay_steps")], "warmup_stable_decay needs it")
    }
    let stable = try reading.length(key("num_stable_steps")) ?? (total - warmup - decay)
    guard stable >= 0 else {
      throw reading.unsupported(
        "the warm-up and the decay are longer than the training", key: key("num_decay_steps"))
    }
    let rise = try reading.word(key("warmup_type")) ?? "linear"
    let fall = try reading.word(key("decay_type")) ?? "cosine"
    for (name, shape) in [("warmup_type", rise), ("decay_type", fall)]
    where !["linear", "cosine", "1-sqrt"].contains(shape) {
      throw reading.unknown(
        "shape", shape, key: key(name), known: ["linear", "cosine", "1-sqrt"])
    }
    guard try cycles(0.5) == 0.5 else {
      throw reading.unsupported("only num_cycles 0.5 is read here", key: key("num_cycles"))
    }
    sketch.warmup(until: warmup, from: floor, shape: rise)
    sketch.hold(until: warmup + stable, at: peak)
    sketch.decay(fall, until: warmup + stable + decay, from: peak, to: floor)
  }
}
