import TestSupport

/// Writes random valid schedules: one to six phases, lengths in all units, all shapes and keys.
struct ScheduleTextGenerator {
  private var random: SeededGenerator
  private var hasTotal = false
  /// Whether the rate that the next phase starts from is above zero.
  private var isPositive = true
  private var convention = "hf"

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func next() -> String {
    hasTotal = chance(0.5)
    var items = settings()
    let count = Int.random(in: 1...6, using: &random)
    let rest = Int.random(in: 0..<count, using: &random)
    for index in 0..<count {
      let length = hasTotal && index == rest ? "rest" : duration()
      items.append(chance(0.25) ? preset(length) : phase(length, isFirst: index == 0))
    }
    return items.joined(separator: pick([",", " > ", "->"]))
  }

  private mutating func settings() -> [String] {
    var items = ["peak=\(number(1e-5, 2))", "tpb=100", "spb=7.5", "spe=12.5"]
    if hasTotal { items.append("total=\(pick(["4k", "5000", "600ktok"]))") }
    let conventions = [
      "hf", "megatron", "optax", "llmc", "torchtitan", "nanogpt", "olmo", "deepspeed",
    ]
    convention = pick(conventions)
    items.append("conv=\(convention)")
    return items.shuffled(using: &random)
  }

  /// At most 400 steps, so that six phases stay below every total.
  private mutating func duration() -> String {
    var choices = [
      "\(integer(1, 300))", "\(integer(1, 300))st", "\(integer(100, 9999))tok",
      "\(integer(8, 900))sp", "\(integer(1, 20))ep", "0.1k",
    ]
    if hasTotal { choices.append("\(number(1, 6))%") }
    return pick(choices)
  }

  private mutating func phase(_ length: String, isFirst: Bool) -> String {
    var fields: [String]
    switch integer(0, 3) {
    case 0:
      fields = ["warmup", pick(["linear", "cosine", "1-sqrt", "quad", "log", "const"])]
      addRate("at", to: &fields)
      isPositive = true
      addRate("to", to: &fields)
      if fields[1] != "const", chance(0.2) {
        fields += ["skip=\(number(0, 90))", "of=\(number(6000, 9000))"]
      }
    case 1:
      fields = [pick(["stable", "hold"])]
      if isFirst { isPositive = true }
      addRate("at", to: &fields)
    case 2: fields = decay(isFirst: isFirst)
    default: fields = openEnded(isFirst: isFirst)
    }
    fields.insert(length, at: integer(1, fields.count))
    return fields.joined(separator: ":")
  }

  private mutating func decay(isFirst: Bool) -> [String] {
    if isFirst { isPositive = true }
    let shape = pick([
      "linear", "cosine", "cosine-linear", "1-sqrt", "square", "mirror-cosine", "poly", "exp",
      "mexp", "inv", "rex",
      "tanh", "const",
    ])
    var fields = chance(0.5) ? [shape] : ["decay", shape]
    addRate("at", to: &fields, always: !isPositive)
    isPositive = shape == "const"
    addRate("to", to: &fields, always: shape == "exp" || shape == "inv")
    if shape != "const", chance(0.2) {
      fields += ["skip=\(number(0, 90))", "of=\(number(6000, 9000))"]
    }
    guard chance(0.6) else { return fields }
    switch shape {
    case "poly": fields.append("p=\(number(0.3, 4))")
    case "cosine": fields += ["p=\(number(0.3, 4))", "k=\(number(0.3, 4))"]
    case "mexp": fields.append("g=\(number(0.01, 0.99))")
    case "rex": fields.append("beta=\(number(-1, 0.95))")
    case "tanh": fields += ["lb=\(number(-8, -2))", "ub=\(number(1, 4))"]
    default: break
    }
    return fields
  }

  private mutating func openEnded(isFirst: Bool) -> [String] {
    if isFirst { isPositive = true }
    var fields: [String]
    switch integer(isFirst ? 1 : 0, 2) {
    case 0: fields = ["power"] + (chance(0.5) ? ["b=\(number(-0.9, -0.1))"] : [])
    case 1: fields = ["half-life", "h=\(number(20, 500))"]
    default: fields = ["invsqrt"] + (chance(0.5) ? ["tau=\(number(1, 900))"] : [])
    }
    addRate("at", to: &fields, always: !isPositive)
    addRate("to", to: &fields)
    return fields
  }

  /// A preset; its parts are in percent so that they fit every length.
  private mutating func preset(_ length: String) -> String {
    // A step or two may hold no cycle.
    let length = length == "rest" ? length : "\(integer(150, 300))"
    var fields = [length]
    let warmup = chance(0.5) ? "warmup=\(number(1, 9))%" : "warmup=\(integer(1, 20))"
    let shape = pick(["linear", "cosine", "1-sqrt", "inv:to=0.1x", "exp:to=1e-7"])
    let text: String
    isPositive = false
    // One cycle counts updates itself and takes no other clock.
    let isPlain = ["hf", "megatron", "optax"].contains(convention)
    switch integer(0, isPlain ? 9 : 8) {
    case 0: text = "wsd:\(warmup):decay=\(number(1, 80))%:\(shape)"
    case 1: text = "wsds:cycles=\(integer(1, 5)):decay=10%:\(shape)"
    case 2: text = "sgdr:\(warmup):cycles=\(integer(1, 9)):mult=\(number(0.8, 1.5)):shrink=0.7"
    case 3: text = "sgdr:period=\(integer(5, 90)):to=1e-6"
    case 4: text = "cyclic:low=0.1x:up=\(integer(1, 90)):down=\(integer(1, 90)):mode=triangular2"
    case 5: text = "cosine-waves:\(warmup):cycles=\(number(0.2, 5))"
    case 6: text = "neox-cosine:\(warmup):to=\(number(0.001, 0.9))x"
    case 7: text = "step:every=\(integer(30, 90)):gamma=\(number(0.1, 0.99))"
    case 8: text = "infinite:\(shape)"
    default: text = "onecycle:pct=\(number(0.05, 0.95)):phases=\(pick(["2", "3"]))"
    }
    fields += text.split(separator: ":").dropFirst().map(String.init)
    return ([String(text.prefix { $0 != ":" })] + fields).joined(separator: ":")
  }

  /// Adds a rate above zero, absolute or a multiple of the peak.
  private mutating func addRate(_ key: String, to fields: inout [String], always: Bool = false) {
    guard always || chance(0.4) else { return }
    isPositive = true
    let multiple = pick(["0.1x", "0.5x", "1x", "2x", "\(number(0.001, 1))x"])
    fields.append("\(key)=\(chance(0.5) ? multiple : number(1e-6, 1))")
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: choices.indices, using: &random)]
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < probability
  }

  private mutating func integer(_ low: Int, _ high: Int) -> Int {
    Int.random(in: low...high, using: &random)
  }

  /// Half of them with three decimals, half with all digits.
  private mutating func number(_ low: Double, _ high: Double) -> String {
    let value = Double.random(in: low...high, using: &random)
    let short = (value * 1000).rounded() / 1000
    return "\(chance(0.5) && short > 0 ? short : value)"
  }
}
