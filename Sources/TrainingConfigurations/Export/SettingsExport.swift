import Foundation
import Schedules

/// Writes a schedule as a framework's settings, for each way that might say it.
enum SettingsExport {
  /// Settings that may say the trapezoid; whether they do is for their importer to tell.
  static func candidates(
    for shape: Trapezoid, _ format: ConfigurationFormat
  ) -> [String] {
    switch format {
    case .megatron: megatron(shape)
    case .huggingFace: huggingFace(shape)
    case .deepSpeed: deepSpeed(shape)
    case .torchtitan: torchtitan(shape)
    case .nanoGPT: nanoGPT(shape)
    case .llmc: llmc(shape)
    default: []
    }
  }

  /// A number with 15 digits as all the formats read it: `0.0003`, `3e-05`, `1000`.
  ///
  /// The last digits, which products such as 0.1 x 3e-4 leave behind, are not worth their look.
  private static func text(_ value: Double) -> String {
    PythonFormula.number(Double(String(format: "%.15g", value)) ?? value)
  }

  private static func megatron(_ shape: Trapezoid) -> [String] {
    var flags = [
      ("lr", shape.peak), ("train-iters", shape.total), ("lr-warmup-iters", shape.riseEnd),
    ]
    if shape.initialRate != 0, shape.riseEnd > 0 {
      flags.append(("lr-warmup-init", shape.initialRate))
    }
    var styles: [[(String, String)]] = []
    switch shape.decay {
    case nil: styles = [[("lr-decay-style", "constant")]]
    case .linear?: styles = [[("lr-decay-style", "linear")]]
    case .cosine?: styles = [[("lr-decay-style", "cosine")]]
    case .inverseSquareRoot?: styles = [[("lr-decay-style", "inverse-square-root")]]
    default: break
    }
    let wsd: String? =
      switch shape.decay {
      case .linear?: "linear"
      case .cosine?: "cosine"
      case .megatronExponential?: "exponential"
      case .oneMinusSquareRoot?: "minus_sqrt"
      default: nil
      }
    if let wsd {
      let length = text(shape.decayEnd - shape.decayBegin)
      styles.append([
        ("lr-decay-style", "WSD"), ("lr-wsd-decay-style", wsd), ("lr-wsd-decay-iters", length),
      ])
    }
    var lengths: [[(String, Double)]] = [[]]
    if shape.decay != nil, shape.decayEnd.isFinite {
      lengths = [[("min-lr", shape.floor), ("lr-decay-iters", shape.decayEnd)]]
    }
    if case .inverseSquareRoot? = shape.decay {
      // The formula must reach the last update, and the floor is a clip.
      lengths = [[("min-lr", 0), ("lr-decay-iters", shape.total)]]
    }
    return styles.flatMap { style in
      lengths.map { length in
        ((flags + length).map { "--\($0.0) \(text($0.1))" } + style.map { "--\($0.0) \($0.1)" })
          .joined(separator: " \\\n  ") + "\n"
      }
    }
  }

  private static func huggingFace(_ shape: Trapezoid) -> [String] {
    let common = [
      ("learning_rate", text(shape.peak)), ("max_steps", text(shape.total)),
      ("warmup_steps", text(shape.riseEnd)),
    ]
    let ratio = shape.floor / shape.peak
    var types: [(String, [(String, String)])] = []
    switch shape.decay {
    case nil: types = [("constant", []), ("constant_with_warmup", [])]
    case .linear?:
      types = [("linear", []), ("polynomial", [("lr_end", text(shape.floor)), ("power", "1.0")])]
    case .cosine?:
      types = [("cosine", []), ("cosine_with_min_lr", [("min_lr", text(shape.floor))])]
    case .polynomial(let power)?:
      types = [("polynomial", [("lr_end", text(shape.floor)), ("power", text(power))])]
    case .inverseSquareRoot(let timescale)?:
      types = [("inverse_sqrt", [("timescale", text(timescale))])]
    default: break
    }
    let decay: String? =
      switch shape.decay {
      case .linear?: "linear"
      case .cosine?: "cosine"
      case .oneMinusSquareRoot?: "1-sqrt"
      default: nil
      }
    if let decay {
      let rise =
        switch shape.rise {
        case .cosine?: "cosine"
        case .oneMinusSquareRoot?: "1-sqrt"
        default: "linear"
        }
      types.append(
        (
          "warmup_stable_decay",
          [
            ("num_stable_steps", text(shape.decayBegin - shape.riseEnd)),
            ("num_decay_steps", text(shape.decayEnd - shape.decayBegin)),
            ("warmup_type", "\"\(rise)\""), ("decay_type", "\"\(decay)\""),
            ("min_lr_ratio", text(ratio)),
          ]
        ))
    }
    return types.map { type, arguments in
      var members = common + [("lr_scheduler_type", "\"\(type)\"")]
      if !arguments.isEmpty {
        let inner = arguments.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
        members.append(("lr_scheduler_kwargs", "{\(inner)}"))
      }
      return json(members, indent: "  ") + "\n"
    }
  }

  private static func deepSpeed(_ shape: Trapezoid) -> [String] {
    var types: [(String, [(String, String)])] = []
    let type =
      switch shape.rise {
      case .logarithmic?: "log"
      default: "linear"
      }
    let warmup = [
      ("warmup_num_steps", text(shape.riseEnd - 1)), ("warmup_type", "\"\(type)\""),
    ]
    let rates = [
      ("warmup_min_lr", text(shape.initialRate)), ("warmup_max_lr", text(shape.peak)),
    ]
    switch shape.decay {
    case nil:
      types = [("WarmupLR", rates + warmup)]
    case .linear?:
      types = [
        ("WarmupDecayLR", rates + warmup + [("total_num_steps", text(shape.decayEnd - 1))]),
        (
          "OneCycle",
          [
            ("cycle_min_lr", text(shape.initialRate)), ("cycle_max_lr", text(shape.peak)),
            ("cycle_first_step_size", text(shape.riseEnd)),
            ("cycle_second_step_size", text(shape.decayEnd - shape.riseEnd)),
          ]
        ),
      ]
    case .cosine?:
      types = [
        (
          "WarmupCosineLR",
          warmup + [
            ("total_num_steps", text(shape.decayEnd)), ("warmup_min_ratio", "0"),
            ("cos_min_ratio", text(shape.floor / shape.peak)),
          ]
        )
      ]
    default: break
    }
    return types.map { type, params in
      let scheduler = json(
        [("type", "\"\(type)\""), ("params", json(params, indent: "      "))], indent: "    ")
      let optimizer = json([("params", "{\"lr\": \(text(shape.peak))}")], indent: "    ")
      return json([("optimizer", optimizer), ("scheduler", scheduler)], indent: "  ") + "\n"
    }
  }

  private static func torchtitan(_ shape: Trapezoid) -> [String] {
    let type: String
    switch shape.decay {
    case nil, .linear?: type = "linear"
    case .cosine?: type = "cosine"
    case .oneMinusSquareRoot?: type = "sqrt"
    default: return []
    }
    let decay = shape.decay == nil ? 0 : shape.total - shape.decayBegin
    return [
      """
      [optimizer]
      lr = \(text(shape.peak))

      [lr_scheduler]
      warmup_steps = \(text(shape.rise == nil ? 0 : shape.riseEnd + 1))
      decay_ratio = \(PythonFormula.number(decay / shape.total))
      decay_type = "\(type)"
      min_lr_factor = \(text(shape.decay == nil ? 0 : shape.floor / shape.peak))

      [training]
      steps = \(text(shape.total))

      """
    ]
  }

  private static func nanoGPT(_ shape: Trapezoid) -> [String] {
    guard case .cosine? = shape.decay else {
      guard shape.decay == nil, shape.rise == nil else { return [] }
      return [
        "learning_rate = \(text(shape.peak))\nmax_iters = \(text(shape.total))\ndecay_lr = False\n"
      ]
    }
    return [
      """
      learning_rate = \(text(shape.peak))
      max_iters = \(text(shape.total))
      warmup_iters = \(text(shape.riseEnd))
      lr_decay_iters = \(text(shape.decayEnd))
      min_lr = \(text(shape.floor))

      """
    ]
  }

  private static func llmc(_ shape: Trapezoid) -> [String] {
    let kinds: [String]
    switch shape.decay {
    case nil: kinds = ["constant"]
    case .linear?: kinds = ["linear"]
    case .cosine?: kinds = ["cosine"]
    case .oneMinusSquareRoot?: kinds = ["wsd"]
    default: return []
    }
    return kinds.map { kind in
      "-l \(text(shape.peak)) -u \(text(shape.rise == nil ? 0 : shape.riseEnd + 1)) "
        + "-q \(text(shape.floor / shape.peak)) -k \(kind) -x \(text(shape.total))\n"
    }
  }

  private static func json(_ members: [(String, String)], indent: String) -> String {
    let lines = members.map { "\(indent)\"\($0.0)\": \($0.1)" }.joined(separator: ",\n")
    return "{\n\(lines)\n\(indent.dropLast(2))}"
  }
}
