internal import RealModule

/// Forms that one framework has and no phase alone gives.
extension SchedulePreset {
  static let frameworkForms = [polynomial, neoxCosine, neoxExponential, dolomite]

  static let polynomial = SchedulePreset(
    name: "polynomial", aliases: ["polynomial-decay", "polynomial_decay"],
    namesElsewhere: ["PolynomialLR", "PolynomialDecay"],
    summary: "(1 - x)^p to a small end rate", formula: "to + (P - to)(1 - x)^p",
    source: "HF optimization.py get_polynomial_decay_schedule_with_warmup",
    parameters: [
      .warmup, .start, .init("p", "1", "the power"),
      .init("to", "1e-7", "rate at the end (lr_end); Keras has 1e-4, PyTorch 0"),
    ],
    example: "peak=3e-4,total=10000,polynomial:warmup=300:p=2",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let decay = try call.rest(after: [warmup])
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        decay,
        .init(
          shape: .polynomial, parameters: [.power: try call.number("p")],
          start: SchedulePresetExpansion.peak, target: try call.rate("to") ?? .absolute(1e-7)))
    })

  static let neoxCosine = SchedulePreset(
    name: "neox-cosine", namesElsewhere: ["Pythia"],
    summary: "GPT-NeoX's cosine before August 2023, cut off at the floor",
    formula: "max(P (1 + cos(pi n/T))/2, to), n = min(t, T - W) - W",
    source: "GPT-NeoX megatron/learning_rates.py before pull request 1008; used for Pythia",
    parameters: [.warmup, .start, .end],
    example: "peak=1e-3,total=143000,neox-cosine:warmup=1430:to=0.1x",
    remark: "The last W steps are flat, and the floor is a clip, not the cosine's end.",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let length = try call.length()
      let rest = try call.rest(after: [warmup])
      let end = try call.end()
      let floor = try call.multiple(end, at: call.token("to"))
      guard floor <= 1 else { throw call.floorAbovePeak }
      let falling = max(0, rest - warmup)
      // Where the cosine passes the floor.
      let crossing = Double(length) * .acos(2 * floor - 1) / .pi
      let free = min(falling, clampedSteps(crossing))
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        free, .init(shape: .cosine, start: SchedulePresetExpansion.peak, target: .absolute(0)),
        of: Double(length))
      let part = (1 + Double.cos(.pi * Double(falling) / Double(length))) / 2
      try phases.stable(rest - free, at: part > floor ? .multiple(part) : end)
    })

  static let neoxExponential = SchedulePreset(
    name: "neox-exponential", summary: "half the peak at the end, cut off at a floor",
    formula: "max(P exp(-0.693 n/(T - W)), to), n = t - W",
    source: "GPT-NeoX megatron/learning_rates.py (exponential)",
    parameters: [.warmup, .start, .end],
    example: "peak=1e-3,total=10000,neox-exponential:warmup=100:to=0.6x",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let rest = try call.rest(after: [warmup])
      let end = try call.end()
      let floor = try call.multiple(end, at: call.token("to"))
      guard floor <= 1 else { throw call.floorAbovePeak }
      let free = min(rest, clampedSteps(-.log(floor) / 0.693 * Double(rest)))
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        free,
        .init(
          shape: .halfLife, parameters: [.halfLife: .log(2) / 0.693 * Double(rest)],
          start: SchedulePresetExpansion.peak))
      try phases.stable(rest - free, at: end)
    })

  static let dolomite = SchedulePreset(
    name: "dolomite-exponential", summary: "e^-x, scaled to begin at the peak and end at the floor",
    formula: "P (a exp(-x) + b), a = (1 - r) e/(e - 1), b = (r e - 1)/(e - 1), r = to/P",
    source: "IBM dolomite-engine's exponential schedule",
    parameters: [.warmup, .start, .init("to", "0.1x", "rate at the end")],
    example: "peak=3e-4,total=10000,dolomite-exponential:warmup=100:to=0.1x",
    remark: "The framework's goes on falling after the end; here the end rate holds.",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let decay = try call.rest(after: [warmup])
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        decay,
        .init(
          shape: .megatronExponential, parameters: [.base: .exp(-1)],
          start: SchedulePresetExpansion.peak, target: try call.rate("to") ?? .multiple(0.1)))
    })
}

extension SchedulePresetCall {
  /// The error for a floor that is no floor.
  fileprivate var floorAbovePeak: ScheduleError {
    ScheduleError(.valueOutOfRange, at: token("to"), "the floor to= lies above the peak")
  }
}
