/// Warm-up, a constant rate, and a decay at the end.
extension SchedulePreset {
  static let warmupStableDecay = [
    wsd, wsdc, wsdsc, wsds, wsdcon, infinite, triStage, loweredLinear,
  ]

  static let wsd = SchedulePreset(
    name: "wsd",
    aliases: ["warmup-stable-decay", "warmup_stable_decay", "trapezoid", "trapezoidal"],
    namesElsewhere: ["WSD", "warmdown", "linear cooldown"],
    summary: "warm-up, stable, decay; a trapezoid with its usual linear decay",
    formula: "P t/W; P until T - D; to + (P - to) d(x), x = (t - T + D)/D",
    source: "MiniCPM, arXiv 2404.06395; HF optimization.py get_wsd_schedule; OLMo-core WSD; "
      + "nanochat's warmdown",
    parameters: [
      .warmup, .start, .init("decay", "10%", "steps of the decay"), .end,
      .init("tail", "0", "steps at the end rate after the decay"),
    ],
    usualShape: .linear,
    example: "peak=3e-4,total=10000,wsd:warmup=300:decay=10%:1-sqrt",
    expand: { (call, phases) throws(ScheduleError) in
      try expandWSD(call, &phases, tail: try call.steps("tail"))
    })

  static let wsdc = SchedulePreset(
    name: "wsdc", summary: "WSD, then constant at the decayed rate",
    formula: "as wsd over T - tail steps, then to=",
    source: "PLM, arXiv 2503.12167: the name and the order of the phases",
    parameters: [
      .warmup, .start, .init("decay", "", "steps of the decay"),
      .init("to", "min= or 0", "rate of the tail"), .init("tail", "", "steps of the tail"),
    ],
    usualShape: .linear,
    example: "peak=3e-4,total=24k,wsdc:warmup=300:decay=10%:tail=5%:to=0.1x",
    isVerified: false,
    remark: "The paper's lengths, shape and rates are not verified, so none is assumed.",
    expand: { (call, phases) throws(ScheduleError) in
      try expandWSD(call, &phases, tail: try call.steps("tail"))
    })

  static let wsdsc = SchedulePreset(
    name: "wsdsc", summary: "WSD with the decay (1 - x)^1.5",
    formula: "as wsd with d(x) = (1 - x)^p",
    source: "multi-power law, arXiv 2503.12811, section 6.2 and appendix E",
    parameters: [
      .warmup, .start, .init("decay", "10%", "steps of the decay"), .end,
      .init("p", "1.5", "the power"),
    ],
    example: "peak=3e-4,total=24k,wsdsc:warmup=2160:decay=25%",
    remark: "The paper's summary of its optimised schedules, which are better; those end at about "
      + "0.4 % of the peak with p near 1.65.",
    expand: { (call, phases) throws(ScheduleError) in
      let decay = try call.steps("decay")
      let warmup = try call.steps("warmup")
      let stable = try call.rest(after: [warmup, decay])
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.stable(stable, at: SchedulePresetExpansion.peak)
      try phases.decay(
        decay,
        .init(
          shape: .polynomial, parameters: [.power: try call.number("p")],
          start: SchedulePresetExpansion.peak, target: try call.end()))
    })

  static let wsds = SchedulePreset(
    name: "wsds", aliases: ["wsd-s"], namesElsewhere: ["WSDS", "WSD-S", "cycles"],
    summary: "one run with a decay at the end of each period and a jump back to the peak",
    formula: "in each period: P until D before its end, then to + (P - to) d(x)",
    source: "river valley, arXiv 2410.05192; OLMo-core scheduler.py WSDS; lingua; Levanter",
    parameters: [
      .warmup, .start,
      .init("periods", "", "steps of each period, as in 500+500, the first with its warm-up"),
      .init("cycles", "", "how many equal periods, where periods= is left out"),
      .init("decay", "10%", "steps of each period's decay: one length, or one a period"),
      .init(
        "share", "period", "what a decay in percent is of: its period, or all steps to its end"),
      .init("peaks", "1", "multiples of the peak, one or one a period"),
      .init("rewarm", "0", "steps of the rise at the beginning of later periods"),
      .init("inclusive", "no", "yes: a period ends with the end rate, for one step more"), .end,
    ],
    usualShape: .linear,
    example: "peak=3e-4,wsds:warmup=100:periods=500+500:decay=50+100:inv:to=0.1x",
    remark: "Codes differ in the decay's length: OLMo-core and Levanter take a part of the period "
      + "(share=period), lingua a part of all steps so far (share=end). OLMo-core's curve is "
      + "inclusive=yes with conv=olmo.",
    length: { (call) throws(ScheduleError) in try periods(of: call)?.reduce(0, +) },
    expand: expandWSDS)

  static let wsdcon = SchedulePreset(
    name: "wsdcon", aliases: ["two-stage"], summary: "two constant rates",
    formula: "P t/W; P until drop=; to= after it",
    source: "multi-power law, arXiv 2503.12811: the curves wsdcon_3, wsdcon_9 and wsdcon_18",
    parameters: [
      .warmup, .start, .init("drop", "", "the step, from the preset's beginning, of the new rate"),
      .init("to", "", "the new rate"),
    ],
    example: "peak=3e-4,total=16000,wsdcon:warmup=2160:drop=8000:to=9e-5",
    expand: { (call, phases) throws(ScheduleError) in
      guard let rate = try call.rate("to") else { throw call.missing("to") }
      let warmup = try call.steps("warmup")
      let drop = try call.steps("drop")
      let last = try call.rest(after: [drop])
      guard warmup <= drop else {
        throw ScheduleError(
          .valueOutOfRange, at: call.token("drop"), "drop= lies before the end of the warm-up")
      }
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.stable(drop - warmup, at: SchedulePresetExpansion.peak)
      try phases.stable(last, at: rate)
    })

  static let infinite = SchedulePreset(
    name: "infinite", aliases: ["infinite-lr"],
    summary: "warm-up, cosine to a rate that can be held for ever, then a decay at any time",
    formula: "P t/W; hold + (P - hold)(1 + cos pi x)/2; hold; hold (to/hold)^x",
    source: "arXiv 2403.08763 and 2503.02844; usual lengths and rates: the paper on continual "
      + "pre-training of mixtures of experts",
    parameters: [
      .init("warmup", "1%", "steps of the warm-up"), .start,
      .init("cooldown", "70%", "steps of the cosine"),
      .init("decay", "19%", "steps of the last decay"),
      .init("hold", "0.55x", "rate of the constant phase"), .init("to", "0.1x", "rate at the end"),
    ],
    usualShape: .exponential,
    example: "peak=3e-4,total=1000,infinite:warmup=100:cooldown=300:decay=100",
    remark: "The last decay goes to a stated end step. The variant with an inverse-square-root "
      + "cooldown is not verified and left out.",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let cooldown = try call.steps("cooldown")
      let decay = try call.steps("decay")
      let stable = try call.rest(after: [warmup, cooldown, decay])
      let hold = try call.rate("hold") ?? .multiple(0.55)
      let end = try call.rate("to") ?? .multiple(0.1)
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        cooldown, .init(shape: .cosine, start: SchedulePresetExpansion.peak, target: hold))
      try phases.stable(stable, at: hold)
      try phases.decay(decay, call.decayCurve(from: hold, to: end))
    })

  static let triStage = SchedulePreset(
    name: "tri-stage", aliases: ["tri_stage"], summary: "warm-up, hold, geometric decay",
    formula: "a P + (P - a P) t/W; P; P to^x",
    source: "fairseq tri_stage_lr_scheduler.py",
    parameters: [
      .init("warmup", "10%", "steps of the warm-up"), .init("start", "0.01x", "first rate"),
      .init("hold", "40%", "steps at the peak; the decay takes the rest"),
      .init("to", "0.01x", "rate at the end"),
    ],
    example: "peak=5e-4,total=20k,tri-stage:warmup=10%:hold=40%:to=0.05x",
    remark: "fairseq cuts parts of a step off where phase_ratio gives fractions; here they are "
      + "rounded.",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let hold = try call.steps("hold")
      let decay = try call.rest(after: [warmup, hold])
      try phases.warmup(warmup, from: try call.rate("start") ?? .multiple(0.01))
      try phases.stable(hold, at: SchedulePresetExpansion.peak)
      try phases.decay(
        decay,
        .init(
          shape: .exponential, start: SchedulePresetExpansion.peak,
          target: try call.rate("to") ?? .multiple(0.01)))
    })

  static let loweredLinear = SchedulePreset(
    name: "lowered-linear", summary: "WSD whose decay begins with a drop",
    formula: "P until T - D; factor P (1 - x)",
    source: "named in arXiv 2508.01483 (lowered linear 0.7)",
    parameters: [
      .warmup, .start, .init("decay", "10%", "steps of the decay"),
      .init("factor", "0.7", "the part of the peak that the decay begins with"), .end,
    ],
    example: "peak=3e-4,total=10000,lowered-linear:warmup=300:decay=20%:factor=0.7",
    isVerified: false, remark: "The name is the paper's; its exact form is not verified.",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let decay = try call.steps("decay")
      let stable = try call.rest(after: [warmup, decay])
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.stable(stable, at: SchedulePresetExpansion.peak)
      try phases.decay(
        decay, .init(start: .multiple(try call.number("factor")), target: try call.end()))
    })

  private static func expandWSD(
    _ call: SchedulePresetCall, _ phases: inout SchedulePresetExpansion, tail: Int
  ) throws(ScheduleError) {
    let warmup = try call.steps("warmup")
    let decay = try call.steps("decay")
    let stable = try call.rest(after: [warmup, decay, tail])
    let end = try call.end()
    try phases.warmup(warmup, from: try call.rate("start"))
    try phases.stable(stable, at: SchedulePresetExpansion.peak)
    try phases.decay(decay, call.decayCurve(from: SchedulePresetExpansion.peak, to: end))
    try phases.stable(tail, at: end)
  }
}
