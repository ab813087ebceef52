import Foundation

/// The rate of update t, from 0.
typealias RateFormula = @Sendable (Int) -> Double

/// The frameworks' formulas, typed from their code by themselves: nothing here uses the library.
enum FrameworkFormulas {
  /// transformers 005edacb, `optimization.py`: the multipliers by scheduler type.
  static func huggingFace(
    _ type: String, peak: Double, warmup: Int, total: Int, floor: Double = 0, power: Double = 1
  ) -> RateFormula {
    { t in
      if t < warmup { return peak * Double(t) / Double(max(1, warmup)) }
      let progress = Double(t - warmup) / Double(max(1, total - warmup))
      switch type {
      case "linear": return peak * max(0, Double(total - t) / Double(max(1, total - warmup)))
      case "cosine":
        guard progress < 1 else { return floor }
        let factor = 0.5 * (1 + cos(.pi * 0.5 * 2 * progress))
        return peak * max(0, factor * (1 - floor / peak) + floor / peak)
      case "polynomial":
        if t > total { return floor }
        return (peak - floor) * pow(1 - progress, power) + floor
      case "inverse_sqrt":
        let timescale = Double(warmup > 0 ? warmup : 10_000)
        let shift = timescale - Double(warmup)
        return peak / sqrt((Double(t) + shift) / timescale)
      default: return peak
      }
    }
  }

  /// transformers 005edacb, `warmup_stable_decay` with linear warm-up.
  static func huggingFaceWSD(
    _ decay: String, peak: Double, warmup: Int, stable: Int, decaySteps: Int, ratio: Double
  ) -> RateFormula {
    { t in
      if t < warmup {
        return peak * (Double(t) / Double(max(1, warmup)) * (1 - ratio) + ratio)
      }
      if t < warmup + stable { return peak }
      guard t < warmup + stable + decaySteps else { return peak * ratio }
      let progress = Double(t - warmup - stable) / Double(max(1, decaySteps))
      let factor =
        switch decay {
        case "linear": 1 - progress
        case "cosine": 0.5 * (1 + cos(.pi * progress))
        default: 1 - sqrt(progress)
        }
      return peak * (factor * (1 - ratio) + ratio)
    }
  }

  /// Megatron-LM d98e8a64, `optimizer_param_scheduler.py`; lengths in samples, update t at the
  /// samples before it.
  static func megatron(
    _ style: String, peak: Double, floor: Double, warmup: Double, decay: Double,
    wsd: (style: String, length: Double) = ("", 0),
    samplesBefore: @escaping @Sendable (Int) -> Double
  ) -> RateFormula {
    { t in
      let n = samplesBefore(t)
      if warmup > 0, n <= warmup { return peak * n / warmup }
      if style == "constant" { return peak }
      if n > decay { return floor }
      if style == "inverse-square-root" {
        return max(floor, peak * sqrt(max(warmup, 1)) / sqrt(max(n, 1)))
      }
      let ratio = (n - warmup) / (decay - warmup)
      var part = 1.0
      switch style {
      case "linear": part = 1 - ratio
      case "cosine": part = 0.5 * (cos(.pi * ratio) + 1)
      default:
        let start = decay - wsd.length
        guard n > start else { break }
        let ratio = (n - start) / wsd.length
        switch wsd.style {
        case "linear": part = 1 - ratio
        case "cosine": part = 0.5 * (cos(.pi * ratio) + 1)
        case "exponential": part = 2 * pow(0.5, ratio) - 1
        default: part = 1 - sqrt(ratio)
        }
      }
      return floor + part * (peak - floor)
    }
  }

  /// The samples before update t while a batch grows, one update after the other: Megatron-LM's
  /// `num_microbatches_calculator.py`.
  static func rampedSamples(
    start: Int, increment: Int, over samples: Int, to size: Int, updates: Int
  ) -> [Double] {
    let perIncrement = Double(samples) / Double((size - start) / increment)
    var before: [Double] = []
    var consumed = 0
    for _ in 0..<updates {
      before.append(Double(consumed))
      let batch =
        consumed > samples
        ? size : min(size, start + Int(Double(consumed) / perIncrement) * increment)
      consumed += batch
    }
    return before
  }

  /// DeepSpeed edaa7221, `WarmupLR` and `WarmupDecayLR`: the step before is read.
  static func deepSpeed(
    peak: Double, floor: Double, warmup: Int, total: Int?, type: String
  ) -> RateFormula {
    { t in
      let last = t - 1
      if last < 0 { return floor }
      let steps = max(2, warmup)
      var gamma = 1.0
      if last < steps {
        gamma =
          type == "log"
          ? log(Double(last + 1)) / log(Double(steps)) : Double(last) / Double(steps)
      } else if let total {
        gamma = max(0, Double(total - last) / Double(max(1, total - steps)))
      }
      return floor + (peak - floor) * gamma
    }
  }

  /// DeepSpeed edaa7221, `WarmupCosineLR`.
  static func deepSpeedCosine(
    peak: Double, ratio: Double, warmup: Int, total: Int, type: String
  ) -> RateFormula {
    { t in
      let last = t - 1
      if last < 0 { return 0 }
      if last < warmup {
        return peak
          * (type == "log"
            ? log(Double(last + 1)) / log(Double(warmup)) : Double(last) / Double(warmup))
      }
      let progress = Double(last - warmup + 1) / Double(total - warmup)
      return peak * max(0, ratio + (1 - ratio) * (1 + cos(.pi * progress)) / 2)
    }
  }

  /// OLMo 59a53e3f, `olmo/optim.py`: read after the step is counted, in steps or tokens.
  static func olmo(
    _ name: String, peak: Double, warmup: Double, total: Double, alpha: Double, start: Double,
    perStep: Double = 1
  ) -> RateFormula {
    { t in
      let now = Double(t + 1) * perStep
      let floor = peak * alpha
      if now < warmup { return start + (peak - start) * min(now, warmup) / warmup }
      if now >= total { return floor }
      let progress = (now - warmup) / (total - warmup)
      return name == "linear"
        ? peak - (peak - floor) * progress
        : floor + (peak - floor) * (1 + cos(.pi * progress)) / 2
    }
  }

  /// torchtitan b5bcd76c, `lr_scheduler.py`: with its extra stable step.
  static func torchtitan(
    _ type: String, peak: Double, warmup: Int, total: Int, decay: Int, floor: Double
  ) -> RateFormula {
    { t in
      let stable = total + 1 - warmup - decay
      let step = t + 1
      if t < warmup { return peak * Double(step) / Double(warmup) }
      if t < warmup + stable - 1 { return peak }
      let progress = Double(step - warmup - stable) / Double(decay)
      let part =
        switch type {
        case "linear": 1 - progress
        case "sqrt": 1 - sqrt(progress)
        default: 0.5 * (1 + cos(.pi * progress))
        }
      return peak * (floor + (1 - floor) * part)
    }
  }

  /// nanoGPT 3adf61e1, `train.py`.
  static func nanoGPT(
    peak: Double, warmup: Int, decay: Int, floor: Double
  ) -> RateFormula {
    { t in
      if t < warmup { return peak * Double(t + 1) / Double(warmup + 1) }
      if t > decay { return floor }
      let ratio = Double(t - warmup) / Double(decay - warmup)
      return floor + 0.5 * (1 + cos(.pi * ratio)) * (peak - floor)
    }
  }

  /// llm.c f1e2ace6, `llmc/schedulers.h`.
  static func llmc(
    _ kind: String, peak: Double, warmup: Int, total: Int, fraction: Double
  ) -> RateFormula {
    { t in
      if t < warmup { return peak * Double(t + 1) / Double(warmup) }
      let floor = peak * fraction
      switch kind {
      case "constant": return peak
      case "wsd":
        let point = Int(0.8 * Double(total))
        if t < point { return peak }
        let part = 1 - sqrt(Double(t - point) / Double(total - point))
        return part * peak + (1 - part) * floor
      default:
        let ratio = Double(t - warmup) / Double(total - warmup)
        let part = kind == "linear" ? 1 - ratio : 0.5 * (1 + cos(.pi * ratio))
        return floor + part * (peak - floor)
      }
    }
  }

  /// Composer 64051888, `composer/optim/scheduler.py`, and Levanter's and nanotron's, which agree:
  /// a rise, a hold, a decay to a floor.
  static func riseAndFall(
    _ type: String, peak: Double, warmup: Int, stable: Int = 0, end: Int, floor: Double
  ) -> RateFormula {
    { t in
      if t < warmup { return peak * Double(t) / Double(warmup) }
      if t < warmup + stable { return peak }
      let x = min(1, Double(t - warmup - stable) / Double(end - warmup - stable))
      switch type {
      case "linear": return peak + (floor - peak) * x
      case "1-sqrt": return floor + (peak - floor) * (1 - sqrt(x))
      default: return floor + (peak - floor) * 0.5 * (1 + cos(.pi * x))
      }
    }
  }
}
