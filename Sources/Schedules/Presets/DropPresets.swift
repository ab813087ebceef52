internal import RealModule

/// Constant rates with drops, and the geometric decay.
extension SchedulePreset {
  static let drops = [multistep, step, deepSeek, thirtySixtyNinety, exponential]

  static let multistep = SchedulePreset(
    name: "multistep", aliases: ["multi-step"], namesElsewhere: ["MultiStepLR"],
    summary: "the rate times gamma at each milestone",
    formula: "P gamma^(milestones <= t)", source: "PyTorch lr_scheduler.py MultiStepLR",
    parameters: [
      .warmup, .start,
      .init("milestones", "", "steps of the drops from the preset's beginning, as in 300+600"),
      .init("gamma", "0.1", "what the rate is multiplied by"),
    ],
    example: "peak=0.1,total=1000,multistep:milestones=300+600+900",
    expand: { (call, phases) throws(ScheduleError) in
      var steps: [Int] = []
      for part in try call.list("milestones") {
        let milestone = try call.steps(part, of: { () throws(ScheduleError) in try call.length() })
        guard milestone > steps.last ?? 0, milestone < (try call.length()) else {
          throw ScheduleError(
            .valueOutOfRange, at: part,
            "milestones must ascend and lie inside the \(try call.length()) steps")
        }
        steps.append(milestone)
      }
      let gamma = try call.number("gamma")
      try expandDrops(
        call, &phases, at: steps, factors: (0...steps.count).map { power(gamma, $0) })
    })

  static let step = SchedulePreset(
    name: "step", aliases: ["stairs"], namesElsewhere: ["StepLR", "staircase"],
    summary: "the rate times gamma every so many steps",
    formula: "P gamma^floor(t/every)",
    source: "PyTorch lr_scheduler.py StepLR; optax, Keras (staircase); fairseq step",
    parameters: [
      .warmup, .start, .init("every", "", "steps between drops, from the preset's beginning"),
      .init("gamma", "0.1", "what the rate is multiplied by"),
    ],
    example: "peak=0.1,total=90ep,spe=100,step:every=30ep",
    expand: { (call, phases) throws(ScheduleError) in
      let every = try call.steps("every")
      try requireStep(Double(every), call, "every")
      let length = try call.length()
      let count = (length - 1) / every
      guard count < ScheduleResolver.phaseLimit else {
        throw ScheduleError.tooManyPhases(at: call.name)
      }
      let gamma = try call.number("gamma")
      try expandDrops(
        call, &phases, at: (0..<count).map { ($0 + 1) * every },
        factors: (0...count).map { power(gamma, $0) })
    })

  static let deepSeek = SchedulePreset(
    name: "deepseek", aliases: ["8-1-1", "80-10-10"],
    summary: "the peak for 80 % of the steps, 0.316 of it for 10 %, 0.1 of it for 10 %",
    formula: "P until 80 %, 0.316 P until 90 %, 0.1 P",
    source: "DeepSeek LLM, arXiv 2401.02954",
    parameters: [.warmup, .start, .init("factors", "0.316+0.1", "multiples of the peak")],
    example: "peak=4.2e-4,total=100k,deepseek:warmup=2000",
    remark: "The paper's warm-up has 2000 steps. DeepSeek-V2-Lite multiplies by 0.316 twice: "
      + "factors=0.316+0.099856.",
    expand: { (call, phases) throws(ScheduleError) in
      let length = Double(try call.length())
      var factors = [1.0]
      for part in try call.list("factors") {
        let factor = try part.number("factors")
        try part.requirePositive(factor, "a factor")
        factors.append(factor)
      }
      guard factors.count == 3 else {
        throw ScheduleError(
          .valueOutOfRange, at: call.token("factors"), "factors= needs two multiples of the peak")
      }
      try expandDrops(
        call, &phases,
        at: [0.8, 0.9].map { Int(($0 * length).rounded(.toNearestOrEven)) }, factors: factors)
    })

  static let thirtySixtyNinety = SchedulePreset(
    name: "30-60-90", summary: "a tenth of the rate after 30, 60 and 90 % of the steps",
    formula: "P 0.1^(of 30, 60, 90 % passed)",
    source: "named in REX, arXiv 2107.04197; PyTorch's documentation drops at epochs 30, 60, 90",
    parameters: [.warmup, .start, .init("gamma", "0.1", "what the rate is multiplied by")],
    example: "peak=0.1,total=1000,30-60-90", isVerified: false,
    remark: "That the three numbers are parts of the budget is not verified.",
    expand: { (call, phases) throws(ScheduleError) in
      let length = Double(try call.length())
      let gamma = try call.number("gamma")
      try expandDrops(
        call, &phases,
        at: [0.3, 0.6, 0.9].map { Int(($0 * length).rounded(.toNearestOrEven)) },
        factors: (0...3).map { power(gamma, $0) })
    })

  static let exponential = SchedulePreset(
    name: "exponential", namesElsewhere: ["ExponentialLR", "exponential_decay"],
    summary: "the rate times gamma every step, or every so many steps, without stairs",
    formula: "P gamma^(t/every), t from the end of the warm-up",
    source: "PyTorch lr_scheduler.py ExponentialLR; optax exponential_decay",
    parameters: [
      .warmup, .start, .init("gamma", "", "what the rate is multiplied by, between 0 and 1"),
      .init("every", "1", "in how many steps"),
    ],
    example: "peak=1e-3,total=1000,exponential:gamma=0.998",
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let rest = try call.rest(after: [warmup])
      let gamma = try call.number("gamma", above: 0, below: 1)
      let halfLife = -(try call.number("every")) * .log(2) / .log(gamma)
      try phases.warmup(warmup, from: try call.rate("start"))
      try phases.decay(
        rest,
        .init(
          shape: .halfLife, parameters: [.halfLife: halfLife], start: SchedulePresetExpansion.peak))
    })

  /// base^exponent, as the decimal fraction that it is meant to be: 0.1² is 0.01, to the last bit.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    let power = Double.pow(base, exponent)
    let decimal = (power * 1e12).rounded() / 1e12
    return abs(decimal - power) <= 4 * power.ulp ? decimal : power
  }

  /// Constant rates, the warm-up inside the first one.
  private static func expandDrops(
    _ call: SchedulePresetCall, _ phases: inout SchedulePresetExpansion, at drops: [Int],
    factors: [Double]
  ) throws(ScheduleError) {
    let warmup = try call.steps("warmup")
    let ends = drops + [try call.length()]
    _ = try call.rest(after: [warmup])
    guard warmup <= ends[0] else {
      throw ScheduleError(
        .valueOutOfRange, at: call.token("warmup"),
        "the warm-up of \(warmup) steps is longer than the \(ends[0]) before the first drop")
    }
    try phases.warmup(warmup, from: try call.rate("start"))
    for (end, factor) in zip(ends, factors) {
      try phases.stable(end - phases.steps, at: .multiple(factor))
    }
  }
}
