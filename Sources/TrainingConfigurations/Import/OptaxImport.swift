import Foundation

/// optax schedules as code: calls of its functions with numbers, joined by `join_schedules`.
///
/// Update t has the rate f(t). Source: optax 2edbcbe2, `optax/schedules/_schedule.py`, `_join.py`.
enum OptaxImport {
  /// The functions that are read, with their parameters in order.
  static let functions: [String: [String]] = [
    "constant_schedule": ["value"],
    "linear_schedule": ["init_value", "end_value", "transition_steps", "transition_begin"],
    "polynomial_schedule": [
      "init_value", "end_value", "power", "transition_steps", "transition_begin",
    ],
    "cosine_decay_schedule": ["init_value", "decay_steps", "alpha", "exponent"],
    "exponential_decay": [
      "init_value", "transition_steps", "decay_rate", "transition_begin", "staircase", "end_value",
    ],
    "piecewise_constant_schedule": ["init_value", "boundaries_and_scales"],
    "warmup_constant_schedule": ["init_value", "peak_value", "warmup_steps"],
    "warmup_cosine_decay_schedule": [
      "init_value", "peak_value", "warmup_steps", "decay_steps", "end_value", "exponent",
    ],
    "warmup_exponential_decay_schedule": [
      "init_value", "peak_value", "warmup_steps", "transition_steps", "decay_rate",
      "transition_begin", "staircase", "end_value",
    ],
    "linear_onecycle_schedule": [
      "transition_steps", "peak_value", "pct_start", "pct_final", "div_factor",
      "final_div_factor",
    ],
    "cosine_onecycle_schedule": [
      "transition_steps", "peak_value", "pct_start", "div_factor", "final_div_factor",
    ],
    "sgdr_schedule": ["cosine_kwargs"],
    "join_schedules": ["schedules", "boundaries"],
  ]

  /// The timeline of a value, which must be one of the calls.
  static func timeline(
    of value: PythonExpression
  ) throws(ConfigurationError) -> RateTimeline {
    guard case .call(let call) = value, let parameters = functions[call.name] else {
      let name = if case .call(let call) = value { call.name + "()" } else { "this" }
      throw ConfigurationError(
        .notSupported,
        "\(name) is none of optax's schedules that are read: "
          + functions.keys.sorted().joined(separator: ", "))
    }
    let arguments = try CallArguments(call, parameters)
    switch call.name {
    case "join_schedules":
      var parts: [RateTimeline] = []
      for part in try arguments.list("schedules") { parts.append(try timeline(of: part)) }
      return try .joined(parts, boundaries: arguments.rising("boundaries"))
    case "sgdr_schedule": return try restarts(arguments)
    default: return try plain(call.name, arguments)
    }
  }

  private static func plain(
    _ name: String, _ arguments: CallArguments
  ) throws(ConfigurationError) -> RateTimeline {
    if name == "constant_schedule" { return RateTimeline(rate: try arguments.rate("value")) }
    if name.hasSuffix("onecycle_schedule") { return try oneCycle(name, arguments) }
    var timeline = RateTimeline(rate: try arguments.rate("init_value"))
    switch name {
    case "linear_schedule", "polynomial_schedule":
      let power = try name == "linear_schedule" ? 1 : arguments.required("power")
      let begin = max(0, try arguments.number("transition_begin") ?? 0)
      let steps = try arguments.steps("transition_steps")
      guard steps > 0 else { break }
      timeline.hold(timeline.last, for: begin)
      timeline.go(
        to: try arguments.rate("end_value"), over: steps,
        shape: power == 1 ? "linear" : "poly:p=\(power)")
    case "cosine_decay_schedule":
      let end = try (arguments.number("alpha") ?? 0) * timeline.last
      try cosine(&timeline, to: end, over: arguments.steps("decay_steps"), arguments)
    case "exponential_decay": try exponential(&timeline, arguments)
    case "piecewise_constant_schedule": try constants(&timeline, arguments)
    default:
      let warmup = try arguments.steps("warmup_steps")
      timeline.go(to: try arguments.rate("peak_value"), over: warmup)
      if name == "warmup_cosine_decay_schedule" {
        let steps = try arguments.steps("decay_steps") - warmup
        guard steps > 0 else { throw arguments.fault("decay_steps", "must exceed warmup_steps") }
        try cosine(&timeline, to: arguments.number("end_value") ?? 0, over: steps, arguments)
      } else if name == "warmup_exponential_decay_schedule" {
        try exponential(&timeline, arguments)
      }
    }
    return timeline
  }

  private static func cosine(
    _ timeline: inout RateTimeline, to end: Double, over steps: Double, _ arguments: CallArguments
  ) throws(ConfigurationError) {
    let exponent = try arguments.number("exponent") ?? 1
    guard steps > 0 else { throw arguments.fault("decay_steps", "must be positive") }
    timeline.go(
      to: end, over: steps, shape: exponent == 1 ? "cosine" : "cosine:p=\(exponent)")
  }

  private static func exponential(
    _ timeline: inout RateTimeline, _ arguments: CallArguments
  ) throws(ConfigurationError) {
    let steps = try arguments.steps("transition_steps")
    let rate = try arguments.required("decay_rate")
    guard steps > 0, rate > 0, rate < 1 else {
      throw arguments.fault("decay_rate", "must be between 0 and 1, over a positive length")
    }
    if case .unknown("True")? = arguments["staircase"] {
      throw arguments.fault("staircase", "stairs are not read; write piecewise_constant_schedule")
    }
    timeline.hold(timeline.last, for: max(0, try arguments.number("transition_begin") ?? 0))
    let perStep = log(rate) / steps
    if let end = try arguments.number("end_value"), end > 0 {
      guard end < timeline.last else { throw arguments.fault("end_value", "must be lower") }
      timeline.go(to: end, over: log(end / timeline.last) / perStep, shape: "exp")
    } else {
      timeline.goForever("half-life:h=\(-log(2) / perStep)", toward: 0)
    }
  }

  private static func constants(
    _ timeline: inout RateTimeline, _ arguments: CallArguments
  ) throws(ConfigurationError) {
    guard case .dictionary(let members)? = arguments["boundaries_and_scales"] else { return }
    var rate = timeline.last
    for member in members {
      guard case .number(let boundary) = member.name, case .number(let scale) = member.value,
        boundary >= timeline.end, scale >= 0, boundary <= 1e12
      else {
        throw arguments.fault("boundaries_and_scales", "must have rising steps and scales from 0")
      }
      timeline.hold(rate, for: boundary - timeline.end)
      rate *= scale
    }
    timeline.hold(rate, for: 1)
  }

  private static func oneCycle(
    _ name: String, _ arguments: CallArguments
  ) throws(ConfigurationError) -> RateTimeline {
    let total = try arguments.steps("transition_steps")
    let peak = try arguments.rate("peak_value")
    let divisor = try arguments.number("div_factor") ?? 25
    let finalDivisor = try arguments.number("final_div_factor") ?? 1e4
    let rising = try (arguments.number("pct_start") ?? 0.3) * total
    guard divisor > 0, finalDivisor > 0, rising >= 0, rising <= total else {
      throw arguments.fault("pct_start", "parts must be from 0 to 1, divisors positive")
    }
    var timeline = RateTimeline(rate: peak / divisor)
    if name == "cosine_onecycle_schedule" {
      timeline.go(to: peak, over: rising.rounded(.down), shape: "cosine")
      timeline.go(
        to: peak / (divisor * finalDivisor), over: total - timeline.end, shape: "cosine")
    } else {
      let falling = try (arguments.number("pct_final") ?? 0.85) * total
      timeline.go(to: peak, over: rising.rounded(.down))
      timeline.go(to: peak / divisor, over: falling.rounded(.down) - timeline.end)
      timeline.go(to: peak / divisor / finalDivisor, over: total - timeline.end)
    }
    return timeline
  }

  private static func restarts(
    _ arguments: CallArguments
  ) throws(ConfigurationError) -> RateTimeline {
    var parts: [RateTimeline] = []
    var boundaries: [Double] = []
    for value in try arguments.list("cosine_kwargs") {
      var named: [String: PythonExpression] = [:]
      switch value {
      case .call(let call): named = call.named
      case .dictionary(let members):
        for case let member in members {
          if case .text(let name) = member.name { named[name] = member.value }
        }
      default: throw arguments.fault("cosine_kwargs", "must be a list of dictionaries")
      }
      let call = PythonCall(
        name: "warmup_cosine_decay_schedule", positional: [], named: named,
        line: arguments.call.line)
      parts.append(try timeline(of: .call(call)))
      boundaries.append((boundaries.last ?? 0) + (parts.last?.end ?? 0))
    }
    return try .joined(parts, boundaries: boundaries.dropLast())
  }
}
