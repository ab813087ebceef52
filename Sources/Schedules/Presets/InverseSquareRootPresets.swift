internal import RealModule

/// Inverse square roots and other powers of the step.
extension SchedulePreset {
  static let inverseSquareRoots = [
    noam, inverseSquareRoot, flatInverseSquareRoot, inverseSquareRootCooldown, powerScheduler,
  ]

  static let noam = SchedulePreset(
    name: "noam", namesElsewhere: ["transformer schedule", "rsqrt_decay"],
    summary: "the Transformer's: a rise, then 1/sqrt(n), with a peak of its own",
    formula: "factor d^-0.5 min(n^-0.5, n W^-1.5), n = max(1, t); the peak is factor (d W)^-0.5",
    source: "Attention Is All You Need, arXiv 1706.03762; T5X, tensor2tensor",
    parameters: [
      .init("d", "", "the model's width; left out where peak= is given"),
      .init("factor", "1", "multiplies the rate"), .init("warmup", "", "steps of the rise"),
    ],
    example: "total=100k,noam:d=512:warmup=4000",
    countsUpdates: true,
    remark: "OpenNMT's n = t + 1 is not verified.",
    peak: { (call) throws(ScheduleError) in
      let warmup = Double(max(1, try call.steps("warmup")))
      let peak = try call.number("factor") / ((try call.number("d")) * warmup).squareRoot()
      guard peak > 0, peak.isFinite else {
        throw ScheduleError(
          .valueOutOfRange, at: call.name, "the peak of 'noam' is beyond the range of numbers")
      }
      return peak
    },
    expand: { (call, phases) throws(ScheduleError) in
      if call.has("d") || call.has("factor"), call.resolver.draft.settings[.peak] != nil {
        throw ScheduleError(
          .notApplicable, at: call.token(call.has("d") ? "d" : "factor"),
          "'noam' computes its peak from d= and factor=; leave them or peak= out")
      }
      let warmup = max(1, try call.steps("warmup"))
      let rest = try call.rest(after: [warmup])
      let first = ScheduleRate.multiple(1 / Double(warmup))
      // Updates 0 and 1 both have n = 1.
      try phases.warmup(1, from: first, to: first, shape: .constant)
      try phases.warmup(warmup - 1, skipping: 1, of: Double(warmup))
      try phases.decay(
        rest,
        .init(
          shape: .inverseSquareRoot, parameters: [.timescale: Double(warmup)],
          start: SchedulePresetExpansion.peak))
    })

  static let inverseSquareRoot = SchedulePreset(
    name: "inverse-square-root", aliases: ["inverse_sqrt", "inverse-sqrt"],
    namesElsewhere: ["rsqrt"],
    summary: "1/sqrt of the step after the warm-up, cut off at a floor",
    formula: "P t/W; max(P (W/t)^q, to)",
    source: "Megatron-LM optimizer_param_scheduler.py (inverse-square-root); fairseq "
      + "inverse_square_root_schedule.py; lingua (exp_factor)",
    parameters: [
      .init("warmup", "", "steps of the warm-up"), .start, .init("q", "0.5", "the power"), .end,
    ],
    example: "peak=3e-4,total=100k,conv=megatron,inverse-square-root:warmup=1000:to=3e-5",
    remark: "HF's inverse_sqrt is the shape invsqrt with tau= the warm-up; OLMo-core's has a floor "
      + "that is approached: invsqrt with to=.",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let rest = try call.rest(after: [warmup])
      let power = try call.number("q")
      let end = try call.end()
      let floor = try call.multiple(end, at: call.token("to"))
      guard warmup > 0 else {
        throw ScheduleError(
          .valueOutOfRange, at: call.token("warmup"),
          "'\(call.name.text)' scales with the warm-up's steps, of which there are none")
      }
      let crossing = Double(warmup) * .pow(floor, -1 / power)
      let falling = max(0, min(rest, clampedSteps(crossing) - warmup))
      if power != 0.5 { try call.requireStepZero() }
      try phases.warmup(warmup, from: try call.rate("start"))
      var curve = SchedulePresetExpansion.Curve(
        shape: .inverseSquareRoot, parameters: [.timescale: Double(warmup)],
        start: SchedulePresetExpansion.peak)
      if power != 0.5 {
        curve.shape = .power
        curve.parameters = [.exponent: -power]
      }
      try phases.decay(falling, curve)
      try phases.stable(rest - falling, at: end)
    })

  static let flatInverseSquareRoot = SchedulePreset(
    name: "invsqrt-flat", namesElsewhere: ["inv_sqrt"],
    summary: "the peak until step tau, then sqrt(tau/t)",
    formula: "P min(1, 1/sqrt(max(c + W, 1)/tau)), c from the end of the warm-up",
    source: "Levanter optim/config.py _inv_sqrt_decay_schedule",
    parameters: [
      .warmup, .start, .init("tau", "10000", "the timescale in steps"), .end,
    ],
    example: "peak=3e-4,total=50k,invsqrt-flat:warmup=1000:tau=10000",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let rest = try call.rest(after: [warmup])
      let timescale = try call.number("tau")
      let end = try call.end()
      let floor = try call.multiple(end, at: call.token("to"))
      // Positions of the preset: flat, falling, at the floor.
      let bend = max(warmup, min(warmup + rest, clampedSteps(timescale)))
      let bottom = max(bend, min(warmup + rest, clampedSteps(timescale / (floor * floor))))
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.stable(bend - warmup, at: SchedulePresetExpansion.peak)
      let skipped = Double(bend) - timescale
      try phases.decay(
        bottom - bend,
        .init(
          shape: .inverseSquareRoot, parameters: [.timescale: timescale],
          start: SchedulePresetExpansion.peak),
        skipping: skipped)
      try phases.stable(warmup + rest - bottom, at: end)
    })

  static let inverseSquareRootCooldown = SchedulePreset(
    name: "invsqrt-cooldown", namesElsewhere: ["InverseSquareRootWithWarmupScheduler"],
    summary: "an inverse square root to a floor, then a line",
    formula: "floor + (P - floor)/sqrt(1 + (t - W)/tau); from T - D a line to to=",
    source: "llm-foundry optim/scheduler.py",
    parameters: [
      .init("warmup", "", "steps of the warm-up"), .start,
      .init("tau", "warmup=", "the timescale in steps (t_scale)"),
      .init("floor", "0", "the rate that is approached (alpha_f_decay)"),
      .init("decay", "10%", "steps of the line (t_cooldown)"), .end,
    ],
    example: "peak=3e-4,total=50k,invsqrt-cooldown:warmup=1000:decay=10%",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let line = try call.steps("decay")
      let falling = try call.rest(after: [warmup, line])
      let timescale = call.has("tau") ? try call.number("tau") : Double(max(1, warmup))
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        falling,
        .init(
          shape: .inverseSquareRoot, parameters: [.timescale: timescale],
          start: SchedulePresetExpansion.peak, target: try call.rate("floor")))
      try phases.decay(
        line,
        .init(start: falling > 0 ? nil : SchedulePresetExpansion.peak, target: try call.end()))
    })

  static let powerScheduler = SchedulePreset(
    name: "power-scheduler", aliases: ["power-lr"], namesElsewhere: ["Power Scheduler"],
    summary: "a power of the tokens seen, capped at the peak",
    formula: "min(P, batch a n^b), n = t tpb tokens, after a linear warm-up to it",
    source: "arXiv 2408.13359; Levanter's usual values; IBM dolomite-engine's warm-up",
    parameters: [
      .warmup, .start, .init("batch", "", "sequences in a batch"),
      .init("a", "4.6", "the factor"), .init("b", "-0.51", "the power"),
      .init("decay", "0", "steps of a linear decay at the end"), .end,
    ],
    example: "peak=0.02,total=200k,tpb=2M,power-scheduler:warmup=1000:batch=512:decay=10%",
    remark: "Needs tpb=, the tokens of a batch. The shape of the paper's last decay is not "
      + "verified; a line is used. OLMo-core's power_lr is the shape power after a warm-up.",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let line = try call.steps("decay")
      let middle = try call.rest(after: [warmup, line])
      try call.requireStepZero()
      let tokens = try call.resolver.tokensPerBatch(for: call.name)
      let exponent = try call.number("b", above: -.infinity, below: 0)
      let scale = (try call.number("a")) * (try call.number("batch"))
      let rate = { (step: Int) in
        min(1, scale * .pow(Double(step) * tokens, exponent) / call.peak)
      }
      // The cap binds up to here.
      let crossing = .pow(call.peak / scale, 1 / exponent) / tokens
      let end = warmup + middle
      let bend = max(max(warmup, 1), min(end, clampedSteps(crossing)))
      let top = ScheduleRate.multiple(rate(warmup))
      guard rate(end) > 0 else {
        throw ScheduleError(
          .valueOutOfRange, at: call.name,
          "the rate is beyond the range of numbers; check a= and b=")
      }
      try phases.warmup(warmup, from: try call.rate("start"), to: top)
      let flat = min(end, bend) - warmup
      try phases.stable(flat, at: top)
      try phases.decay(
        end - warmup - flat,
        .init(
          shape: .power, parameters: [.exponent: exponent], start: .multiple(rate(bend))))
      try phases.decay(
        line, .init(start: middle > 0 ? nil : top, target: try call.end()))
    })

  /// The first whole step from a real one on, at most one past the limit of steps.
  static func clampedSteps(_ step: Double) -> Int {
    let limit = Double(ScheduleResolver.stepLimit) + 1
    guard step < limit else { return Int(limit) }
    return Int(max(0, (step - 1e-9 * max(1, step)).rounded(.up)))
  }
}
