internal import RealModule

/// Restarts and cycles.
extension SchedulePreset {
  static let cycles = [sgdr, cyclic, oneCycle, slantedTriangular]

  static let sgdr = SchedulePreset(
    name: "sgdr", aliases: ["cosine-restarts", "cosine_with_restarts"],
    namesElsewhere: ["CosineAnnealingWarmRestarts", "CosineDecayRestarts"],
    summary: "cosines one after another, each from the peak again",
    formula: "to + (P_i - to)(1 + cos(pi T_cur/T_i))/2, T_i = mult T_(i-1), P_i = shrink P_(i-1)",
    source: "SGDR, arXiv 1608.03983; PyTorch CosineAnnealingWarmRestarts; HF optimization.py "
      + "get_cosine_with_hard_restarts_schedule_with_warmup; fairseq cosine (lr_shrink)",
    parameters: [
      .warmup, .start, .init("period", "", "steps of the first cycle"),
      .init("cycles", "1", "how many cycles; with period= they give the length"),
      .init("mult", "1", "how much longer each cycle is than the one before"),
      .init("shrink", "1", "how much lower each peak is than the one before"), .end,
    ],
    example: "peak=3e-4,total=10000,sgdr:warmup=100:cycles=3:to=0.01x",
    remark: "With period= and no cycles=, cycles fill the length and the last one is cut.",
    length: { (call) throws(ScheduleError) in
      guard call.has("period"), call.has("cycles") else { return nil }
      let period = Double(try call.steps("period"))
      let sum = geometricSum(period, try call.number("mult"), try call.count("cycles"))
      let length = (Double(try call.steps("warmup")) + sum).rounded()
      return Int(min(length, 2 * Double(ScheduleResolver.stepLimit)))
    },
    expand: { (call, phases) throws(ScheduleError) in
      let warmup = try call.steps("warmup")
      let length = try call.length()
      let rest = Double(try call.rest(after: [warmup]))
      let mult = try call.number("mult")
      let shrink = try call.number("shrink")
      let end = try call.end()
      var period: Double
      if call.has("period") {
        period = Double(try call.steps("period"))
      } else {
        period = rest / geometricSum(1, mult, try call.count("cycles"))
      }
      try phases.warmup(warmup, from: try call.rate("start"))
      var first = Double(warmup)
      var peak = 1.0
      while phases.steps < length {
        try requireStep(
          period, call,
          mult < 1 && first > Double(warmup) ? "mult" : call.has("period") ? "period" : "cycles")
        let last = first + period
        try phases.segment(
          .decay, from: first, to: last, before: length,
          .init(shape: .cosine, start: .multiple(peak), target: end))
        first = last
        period *= mult
        peak *= shrink
      }
    })

  /// The sum of a geometric series of so many terms.
  private static func geometricSum(_ first: Double, _ ratio: Double, _ count: Int) -> Double {
    var sum = 0.0
    var term = first
    for _ in 0..<count where sum.isFinite {
      sum += term
      term *= ratio
    }
    return sum
  }

  static let cyclic = SchedulePreset(
    name: "cyclic", namesElsewhere: ["CyclicLR"],
    summary: "triangles between a low rate and the peak",
    formula: "low + (P - low) scale, scale up over up= and down over down=; halved each cycle with "
      + "mode=triangular2",
    source: "arXiv 1506.01186; PyTorch lr_scheduler.py CyclicLR",
    parameters: [
      .init("low", "", "the lowest rate (base_lr)"), .init("up", "2000", "steps of each rise"),
      .init("down", "up=", "steps of each fall"),
      .init("mode", "triangular", "triangular, or triangular2: each cycle half as high"),
    ],
    example: "peak=1e-2,total=20000,cyclic:low=1e-3:up=2000:mode=triangular2",
    remark: "mode exp_range is no function of phases; see 'exp_range'.",
    expand: { (call, phases) throws(ScheduleError) in
      guard let low = try call.rate("low") else { throw call.missing("low") }
      let bottom = try call.multiple(low, at: call.token("low"))
      let up = try call.steps("up")
      let down = call.has("down") ? try call.steps("down") : up
      let halves = try call.choice("mode", of: ["triangular", "triangular2"]) == "triangular2"
      try requireStep(Double(up), call, "up")
      try requireStep(Double(down), call, "down")
      let length = try call.length()
      var amplitude = 1 - bottom
      var first = 0.0
      while phases.steps < length {
        let top = ScheduleRate.multiple(bottom + amplitude)
        let middle = first + Double(up)
        let last = middle + Double(down)
        try phases.segment(
          .warmup, from: first, to: middle, before: length, .init(start: low, target: top))
        try phases.segment(
          .decay, from: middle, to: last, before: length, .init(start: top, target: low))
        first = last
        if halves { amplitude /= 2 }
      }
    })

  static let oneCycle = SchedulePreset(
    name: "onecycle", aliases: ["one-cycle", "1cycle"],
    namesElsewhere: ["OneCycleLR", "cosine_onecycle_schedule"],
    summary: "one rise and one fall, in two phases or three, with inclusive ends",
    formula: "ends at pct T - 1 and T - 1; with phases=3 at pct T - 1, 2 pct T - 2 and T - 1",
    source: "PyTorch lr_scheduler.py OneCycleLR",
    parameters: [
      .init("pct", "0.3", "part of the steps that rise (pct_start)"),
      .init("div", "25", "the first rate is the peak divided by it (div_factor)"),
      .init("final", "1e4", "the last rate is the first divided by it (final_div_factor)"),
      .init("phases", "2", "2, or 3: down to the first rate, then to the last"),
    ],
    usualShape: .cosine,
    example: "peak=1e-2,total=1000,onecycle:pct=0.3",
    countsUpdates: true,
    remark: "anneal_strategy is the shape: cosine or linear. The last update has the last rate.",
    expand: expandOneCycle)

  private static func expandOneCycle(
    _ call: SchedulePresetCall, _ phases: inout SchedulePresetExpansion
  ) throws(ScheduleError) {
    let length = try call.length()
    let part = try call.number("pct", above: 0, below: 1)
    let first = 1 / (try call.number("div"))
    let last = ScheduleRate.multiple(first / (try call.number("final")))
    let hasThree = try call.choice("phases", of: ["2", "3"]) == "3"
    let shape = call.draft.shape?.name ?? .cosine
    guard shape == .cosine || shape == .linear else {
      throw ScheduleError(
        .notApplicable, at: call.draft.shape?.token ?? call.name,
        "'\(call.name.text)' anneals by cosine or linear")
    }
    // Ends are inclusive: the last update stands on the last end.
    let end = Double(length) - 1
    let top = part * Double(length) - 1
    guard end > top, length > 1 else {
      throw ScheduleError(.valueOutOfRange, at: call.name, "one cycle needs at least two steps")
    }
    let curve = { (start: ScheduleRate, target: ScheduleRate) in
      SchedulePresetExpansion.Curve(
        shape: shape, parameters: call.draft.shapeParameters.mapValues(\.value), start: start,
        target: target)
    }
    let low = ScheduleRate.multiple(first)
    try phases.segment(
      .warmup, from: 0, to: top, before: length, curve(low, SchedulePresetExpansion.peak))
    var from = top
    var start = SchedulePresetExpansion.peak
    let middle = 2 * part * Double(length) - 2
    if hasThree, middle > top {
      try phases.segment(
        .decay, from: top, to: middle, before: length, curve(SchedulePresetExpansion.peak, low))
      from = middle
      start = low
    }
    let left = length - phases.steps
    // The second phase may end with the last update.
    guard end > from else { return try phases.stable(left, at: start) }
    try phases.decay(
      left, curve(start, last), skipping: max(0, Double(phases.steps) - from), of: end - from)
  }

  static let slantedTriangular = SchedulePreset(
    name: "slanted-triangular", aliases: ["stlr"], namesElsewhere: ["ULMFiT"],
    summary: "a short rise and a long linear fall",
    formula: "P (1 + p (ratio - 1))/ratio; p = t/cut, then 1 - (t - cut)/(cut (1/part - 1))",
    source: "ULMFiT, arXiv 1801.06146",
    parameters: [
      .init("part", "0.1", "part of the steps that rise (cut_frac); cut = floor(part T)"),
      .init("ratio", "32", "how much smaller the lowest rate is than the peak"),
    ],
    example: "peak=1e-2,total=1000,slanted-triangular:part=0.1",
    expand: { (call, phases) throws(ScheduleError) in
      let length = try call.length()
      let part = try call.number("part", above: 0, below: 1)
      let low = 1 / (try call.number("ratio"))
      // A boundary that is whole but for rounding is whole.
      let cut = (part * Double(length) + 1e-9).rounded(.down)
      let fall = Double(length) - cut
      let end = low + (1 - low) * (1 - fall / (cut * (1 / part - 1)))
      guard cut >= 1, end > -1e-12 else {
        throw ScheduleError(
          .valueOutOfRange, at: call.token("part"),
          "'\(call.name.text)' is too short for its part=: the rate would fall below zero")
      }
      let isEnd = abs(end - low) < 1e-12
      try phases.warmup(Int(cut), from: .multiple(low))
      try phases.decay(
        Int(fall),
        .init(
          start: SchedulePresetExpansion.peak, target: .multiple(isEnd ? low : max(0, end))))
    })
}
