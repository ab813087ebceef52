/// Cosines with tails, cuts and waves.
extension SchedulePreset {
  static let cosines = [
    cosineTail, cosineCooldown, halfCosine, cosineWaves, cosineMinimum, deepSpeedCosine,
  ]

  static let cosineTail = SchedulePreset(
    name: "cosine-tail", aliases: ["cos-inf", "cos_inf"], namesElsewhere: ["constant_lr_ratio"],
    summary: "a cosine to the end rate, then constant",
    formula: "cosine over T - tail, then to=",
    source: "epfml schedules-and-scaling (cos_inf); axolotl (constant_lr_ratio)",
    parameters: [.warmup, .start, .init("tail", "10%", "steps at the end rate"), .end],
    example: "peak=3e-4,total=10000,cosine-tail:warmup=300:tail=10%:to=0.1x",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let tail = try call.steps("tail")
      let cosine = try call.rest(after: [warmup, tail])
      let end = try call.end()
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        cosine, .init(shape: .cosine, start: SchedulePresetExpansion.peak, target: end))
      try phases.stable(tail, at: end)
    })

  static let cosineCooldown = SchedulePreset(
    name: "cosine-cooldown", namesElsewhere: ["cos_with_warmup_and_linear_decay"],
    summary: "a cosine over the whole length, cut off by a line to the end rate",
    formula: "cosine to floor= over T - W; from T - D a line from its rate there to to=",
    source: "OLMo-core scheduler.py CosWithWarmupAndLinearDecay (with conv=olmo)",
    parameters: [
      .warmup, .start, .init("decay", "10%", "steps of the line"),
      .init("floor", "0.1x", "where the cosine would end"), .end,
    ],
    example: "peak=3e-4,total=10000,conv=olmo,cosine-cooldown:warmup=300:decay=10%",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let line = try call.steps("decay")
      let cosine = try call.rest(after: [warmup, line])
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        cosine,
        .init(
          shape: .cosine, start: SchedulePresetExpansion.peak,
          target: try call.rate("floor") ?? .multiple(0.1)),
        of: Double(cosine) + Double(line))
      try phases.decay(
        line,
        .init(start: cosine > 0 ? nil : SchedulePresetExpansion.peak, target: try call.end()))
    })

  static let halfCosine = SchedulePreset(
    name: "half-cosine", aliases: ["half-cos"], namesElsewhere: ["half_cos_with_warmup"],
    summary: "the second half of a cosine; the peak is that of the whole one",
    formula: "warm-up to (P + to)/2; to + (P - to)(1 + cos(pi (1 + x)/2))/2",
    source: "OLMo-core scheduler.py HalfCosWithWarmup (with conv=olmo)",
    parameters: [.warmup, .start, .end],
    example: "peak=3e-4,total=10000,conv=olmo,half-cosine:warmup=300:to=0.1x",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let cosine = try call.rest(after: [warmup])
      let end = try call.end()
      let middle = (1 + (try call.multiple(end, at: call.token("to")))) / 2
      try phases.warmup(warmup, from: try call.rate("start"), to: .multiple(middle))
      try phases.decay(
        cosine, .init(shape: .cosine, start: SchedulePresetExpansion.peak, target: end),
        skipping: Double(cosine))
    })

  static let cosineWaves = SchedulePreset(
    name: "cosine-waves", namesElsewhere: ["num_cycles", "CosineAnnealingLR past T_max"],
    summary: "a cosine that goes down and up again without jumps",
    formula: "to + (P - to)(1 + cos(2 pi cycles x))/2, x = (t - W)/(T - W)",
    source: "HF optimization.py get_cosine_schedule_with_warmup (num_cycles); lingua cycle_length",
    parameters: [
      .warmup, .start, .init("cycles", "0.5", "waves; 0.5 goes down once"), .end,
    ],
    example: "peak=3e-4,total=10000,cosine-waves:warmup=300:cycles=2.5",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let length = Double(try call.rest(after: [warmup]))
      let half = length / (2 * (try call.number("cycles")))
      let end = try call.end()
      try phases.warmup(warmup, from: try call.rate("start"))
      let down = SchedulePresetExpansion.Curve(
        shape: .cosine, start: SchedulePresetExpansion.peak, target: end)
      let up = SchedulePresetExpansion.Curve(
        shape: .cosine, start: end, target: SchedulePresetExpansion.peak)
      let total = try call.length()
      var index = 0.0
      while phases.steps < total {
        let isDown = index.truncatingRemainder(dividingBy: 2) == 0
        let first = Double(warmup) + index * half
        try requireStep(half, call, "cycles")
        try phases.segment(
          .decay, from: first, to: Double(warmup) + (index + 1) * half,
          before: total, isDown ? down : up)
        index += 1
      }
    })

  static let cosineMinimum = SchedulePreset(
    name: "cosine-min", aliases: ["cosine_warmup_with_min_lr"],
    summary: "a cosine that reaches its floor at the last update",
    formula: "(t + 1)/W; to + (P - to)(1 + cos pi x)/2, x = (t - W + 1)/(T - W)",
    source: "HF optimization.py get_cosine_with_min_lr_schedule_with_warmup_lr_rate",
    parameters: [
      .warmup,
      .init("start", "", "first rate of the warm-up, which then ends at W - 1 (warmup_lr_rate)"),
      .end,
    ],
    example: "peak=3e-4,total=1000,cosine_warmup_with_min_lr:warmup=100:to=0.1x",
    countsUpdates: true,
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let cosine = try call.rest(after: [warmup])
      if let start = try call.rate("start") {
        try phases.warmup(warmup, from: start, of: Double(max(1, warmup - 1)))
      } else {
        try phases.warmup(warmup, skipping: 1, of: Double(warmup))
      }
      try phases.decay(
        cosine,
        .init(shape: .cosine, start: SchedulePresetExpansion.peak, target: try call.end()),
        skipping: 1, of: Double(cosine))
    })

  static let deepSpeedCosine = SchedulePreset(
    name: "deepspeed-cosine", aliases: ["WarmupCosineLR"],
    summary: "DeepSpeed's cosine: the warm-up is one update late, the cosine is not",
    formula: "f(t - 1) while t <= W; to + (P - to)(1 + cos(pi (t - W)/(T - W)))/2",
    source: "DeepSpeed runtime/lr_schedules.py WarmupCosineLR",
    parameters: [
      .warmup, .init("start", "0", "warmup_min_ratio, as a rate"),
      .init("type", "log", "warmup_type: log or linear"),
      .init("to", "0.0001x", "cos_min_ratio, as a rate"),
    ],
    example: "peak=3e-4,total=1000,deepspeed-cosine:warmup=100:type=linear",
    countsUpdates: true,
    remark: "The peak itself is never used.",
    expand: { (call, phases) throws(ScheduleError) in
      // DeepSpeed takes at least two.
      let warmup = max(2, try call.steps("warmup"))
      let isLog = try call.choice("type", of: ["log", "linear"]) == "log"
      let start = try call.rate("start") ?? .absolute(0)
      let cosine = try call.rest(after: [1, warmup])
      try phases.warmup(1, from: start, to: start, shape: .constant)
      try phases.warmup(warmup, from: start, shape: isLog ? .logarithmic : .linear)
      try phases.decay(
        cosine,
        .init(
          shape: .cosine, start: SchedulePresetExpansion.peak,
          target: try call.rate("to") ?? .multiple(0.0001)),
        skipping: 1)
    })

  /// Refuses cycles that are shorter than a step.
  static func requireStep(
    _ length: Double, _ call: SchedulePresetCall, _ key: String
  ) throws(ScheduleError) {
    guard length >= 1 else {
      throw ScheduleError(
        .valueOutOfRange, at: call.token(key),
        "\(key)= makes cycles of '\(call.name.text)' shorter than a step")
    }
  }
}
