import Foundation

/// PyTorch's schedulers as code, and transformers' `get_…_schedule` functions.
///
/// Update t has the rate f(t); base rates are the `lr=` of the optimizer's call. Source: PyTorch
/// 008f727e, `torch/optim/lr_scheduler.py`; transformers 005edacb, `optimization.py`.
struct PyTorchImport {
  /// The calls that are read, with their parameters in order.
  static let calls: [String: [String]] = [
    "OneCycleLR": [
      "optimizer", "max_lr", "total_steps", "epochs", "steps_per_epoch", "pct_start",
      "anneal_strategy", "cycle_momentum", "base_momentum", "max_momentum", "div_factor",
      "final_div_factor", "three_phase", "last_epoch",
    ],
    "CosineAnnealingLR": ["optimizer", "T_max", "eta_min", "last_epoch"],
    "CosineAnnealingWarmRestarts": ["optimizer", "T_0", "T_mult", "eta_min", "last_epoch"],
    "LinearLR": ["optimizer", "start_factor", "end_factor", "total_iters", "last_epoch"],
    "ConstantLR": ["optimizer", "factor", "total_iters", "last_epoch"],
    "StepLR": ["optimizer", "step_size", "gamma", "last_epoch"],
    "MultiStepLR": ["optimizer", "milestones", "gamma", "last_epoch"],
    "ExponentialLR": ["optimizer", "gamma", "last_epoch"],
    "PolynomialLR": ["optimizer", "total_iters", "power", "last_epoch"],
    "SequentialLR": ["optimizer", "schedulers", "milestones", "last_epoch"],
    "get_linear_schedule_with_warmup": [
      "optimizer", "num_warmup_steps", "num_training_steps", "last_epoch",
    ],
    "get_cosine_schedule_with_warmup": [
      "optimizer", "num_warmup_steps", "num_training_steps", "num_cycles", "last_epoch",
    ],
    "get_constant_schedule_with_warmup": ["optimizer", "num_warmup_steps", "last_epoch"],
  ]

  /// The rates of the program's optimizers.
  let bases: Set<Double>
  let total: Int?

  /// The timeline of a program's last scheduler.
  static func timeline(
    of program: PythonProgram, total: Int?, notes: inout [String]
  ) throws(ConfigurationError) -> RateTimeline {
    guard let value = program.lastCall(Set(calls.keys)) else {
      throw ConfigurationError(
        .notSupported,
        "no scheduler of PyTorch that is read stands here: "
          + calls.keys.sorted().joined(separator: ", "))
    }
    var bases: Set<Double> = []
    for statement in program.statements {
      if case .call(let call) = statement.value, case .number(let rate)? = call.named["lr"],
        rate > 0
      {
        bases.insert(rate)
      }
    }
    notes.append(
      "a step is a call of scheduler.step(), taken as one an update; where the code calls it once "
        + "an epoch, steps are epochs")
    return try PyTorchImport(bases: bases, total: total).timeline(of: value)
  }

  private func timeline(of value: PythonExpression) throws(ConfigurationError) -> RateTimeline {
    guard case .call(let call) = value, let parameters = Self.calls[call.name] else {
      let name = if case .call(let call) = value { call.name + "()" } else { "this" }
      throw ConfigurationError(.notSupported, "\(name) is no scheduler that is read")
    }
    let arguments = try CallArguments(call, parameters)
    if call.name == "OneCycleLR" { return try oneCycle(arguments) }
    if call.name == "SequentialLR" {
      var parts: [RateTimeline] = []
      for part in try arguments.list("schedulers") { parts.append(try timeline(of: part)) }
      return try .joined(parts, boundaries: arguments.rising("milestones"))
    }
    return try plain(call.name, arguments, base: base(arguments))
  }

  /// The rate of the optimizer that a scheduler is given, else the only one of the program.
  private func base(_ arguments: CallArguments) throws(ConfigurationError) -> Double {
    let line = arguments.call.line
    if case .call(let optimizer)? = arguments["optimizer"] {
      let second = optimizer.positional.count > 1 ? optimizer.positional[1] : nil
      if let rate = optimizer.named["lr"] ?? second {
        guard case .number(let rate) = rate, rate > 0, rate.isFinite else {
          throw ConfigurationError(
            .invalid, "the rate of \(optimizer.name)() must be a positive number; write its value",
            key: "lr", line: optimizer.line)
        }
        return rate
      }
    }
    guard bases.count < 2 else {
      throw ConfigurationError(
        .invalid,
        "the optimizers have different rates, and which one the scheduler is for is not told; "
          + "give the code of one", key: "lr", line: line)
    }
    guard let base = bases.first else {
      throw ConfigurationError(
        .missing, "the optimizer's rate is not known; add its call, as in AdamW(params, lr=3e-4)",
        key: "lr", line: line)
    }
    return base
  }

  private func plain(
    _ name: String, _ arguments: CallArguments, base: Double
  ) throws(ConfigurationError) -> RateTimeline {
    var timeline = RateTimeline(rate: base)
    switch name {
    case "CosineAnnealingLR":
      let steps = try arguments.steps("T_max")
      timeline.go(to: try arguments.number("eta_min") ?? 0, over: steps, shape: "cosine")
      timeline.refusal = "CosineAnnealingLR climbs again behind T_max; let T_max reach the end"
    case "CosineAnnealingWarmRestarts": try restarts(&timeline, arguments, base: base)
    case "LinearLR":
      let start = try arguments.number("start_factor") ?? 1 / 3
      timeline = RateTimeline(rate: start * base)
      let end = try arguments.number("end_factor") ?? 1
      timeline.go(to: end * base, over: try arguments.number("total_iters") ?? 5)
    case "ConstantLR":
      let factor = try arguments.number("factor") ?? 1 / 3
      timeline.hold(factor * base, for: try arguments.number("total_iters") ?? 5)
      timeline.hold(base, for: 1)
    case "PolynomialLR":
      let power = try arguments.number("power") ?? 1
      timeline.go(
        to: 0, over: try arguments.number("total_iters") ?? 5, shape: "poly:p=\(power)")
    case "ExponentialLR":
      let gamma = try arguments.required("gamma")
      guard gamma > 0, gamma < 1 else { throw arguments.fault("gamma", "must be from 0 to 1") }
      timeline.goForever("half-life:h=\(-log(2) / log(gamma))", toward: 0)
    case "StepLR", "MultiStepLR": try steps(&timeline, name, arguments)
    default:
      timeline = RateTimeline(rate: 0)
      timeline.go(to: base, over: try arguments.steps("num_warmup_steps"))
      guard name != "get_constant_schedule_with_warmup" else { break }
      guard try arguments.number("num_cycles") ?? 0.5 == 0.5 else {
        throw arguments.fault("num_cycles", "only 0.5 is read here")
      }
      let steps = try arguments.steps("num_training_steps") - timeline.end
      guard steps > 0 else {
        throw arguments.fault("num_training_steps", "must exceed num_warmup_steps")
      }
      timeline.go(to: 0, over: steps, shape: name.contains("cosine") ? "cosine" : "linear")
    }
    return timeline
  }

  /// A cosine a cycle, the next one `T_mult` times as long.
  private func restarts(
    _ timeline: inout RateTimeline, _ arguments: CallArguments, base: Double
  ) throws(ConfigurationError) {
    var length = try arguments.steps("T_0")
    let factor = try arguments.number("T_mult") ?? 1
    guard let total = total.map(Double.init) else {
      throw ConfigurationError(
        .missing, "the restarts go on for ever; give the number of updates with --total",
        line: arguments.call.line)
    }
    guard length >= 1, factor >= 1, total / length <= 5000 else {
      throw arguments.fault("T_0", "T_0 and T_mult must be at least 1, for at most 5000 cycles")
    }
    let floor = try arguments.number("eta_min") ?? 0
    while timeline.end < total {
      timeline.hold(base, for: 0)
      timeline.go(to: floor, over: length, shape: "cosine")
      length *= factor
    }
  }

  private func steps(
    _ timeline: inout RateTimeline, _ name: String, _ arguments: CallArguments
  ) throws(ConfigurationError) {
    let gamma = try arguments.number("gamma") ?? 0.1
    guard gamma >= 0 else { throw arguments.fault("gamma", "must not be negative") }
    var milestones: [Double] = []
    if name == "MultiStepLR" {
      milestones = try arguments.rising("milestones")
    } else {
      let size = try arguments.steps("step_size")
      guard let total, size >= 1 else {
        throw ConfigurationError(
          .missing, "StepLR goes on for ever; give the number of updates with --total",
          line: arguments.call.line)
      }
      guard Double(total) / size <= 10_000 else {
        throw arguments.fault("step_size", "at most 10000 steps are written out")
      }
      milestones = Array(stride(from: size, to: Double(total), by: size))
    }
    var rate = timeline.last
    for milestone in milestones {
      timeline.hold(rate, for: milestone - timeline.end)
      rate *= gamma
    }
    timeline.hold(rate, for: 1)
  }

  /// Both ends belong to the cycle: the peak at `pct_start` of the steps less one.
  private func oneCycle(_ arguments: CallArguments) throws(ConfigurationError) -> RateTimeline {
    let peak = try arguments.rate("max_lr")
    var steps = try arguments.number("total_steps")
    if steps == nil, let epochs = try arguments.number("epochs"),
      let perEpoch = try arguments.number("steps_per_epoch")
    {
      steps = epochs * perEpoch
    }
    guard let steps, steps >= 2, steps <= 1e12 else {
      throw arguments.fault("total_steps", "must be given and at least 2")
    }
    if case .unknown("True")? = arguments["three_phase"] {
      throw arguments.fault("three_phase", "only two phases are read")
    }
    let shape =
      if case .text("linear")? = arguments["anneal_strategy"] { "linear" } else { "cosine" }
    let start = try peak / (arguments.number("div_factor") ?? 25)
    let end = try start / (arguments.number("final_div_factor") ?? 1e4)
    let rising = try (arguments.number("pct_start") ?? 0.3) * steps - 1
    guard rising >= 0, rising < steps - 1, start.isFinite, end.isFinite else {
      throw arguments.fault("pct_start", "must be between 0 and 1")
    }
    var timeline = RateTimeline(rate: start)
    timeline.go(to: peak, over: rising, shape: shape)
    timeline.go(to: end, over: steps - 1 - timeline.end, shape: shape)
    // The last update stands on the end.
    timeline.hold(end, for: 1)
    timeline.refusal = "OneCycleLR has no rate behind its steps"
    return timeline
  }
}
