import Foundation
import Schedules
import TestSupport
import Testing

/// Whole schedules against the textbook formula of each, at every update.
@Suite struct ScheduleFormulaTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let text: String
    let total: Int
    let formula: @Sendable (Double) -> Double
    var testDescription: String { text }

    init(_ text: String, _ total: Int, _ formula: @escaping @Sendable (Double) -> Double) {
      self.text = text
      self.total = total
      self.formula = formula
    }
  }

  static let peak = 3e-4

  /// HF's, torchtitan's and Megatron-LM's cosine from 1 to 0.
  static func cosine(_ part: Double) -> Double { 0.5 * (1 + cos(.pi * part)) }

  static let sources: [Example] = [
    Example("peak=3e-4,total=1000,warmup:100,decay:rest", 1000) { t in
      t < 100 ? peak * t / 100 : peak * max(0, (1000 - t) / 900)
    },
    Example("peak=3e-4,total=1000,warmup:100,cosine:rest:to=0.1x", 1000) { t in
      t < 100 ? peak * t / 100 : peak * (0.1 + 0.9 * cosine((t - 100) / 900))
    },
    Example("peak=3e-4,warmup:100:at=0.1x,stable:700,decay:200:1-sqrt:to=0.1x", 1000) { t in
      if t < 100 { return peak * (0.1 + 0.9 * t / 100) }
      return t < 800 ? peak : peak * (0.1 + 0.9 * (1 - sqrt((t - 800) / 200)))
    },
    Example(
      "peak=3e-4,total=1000,conv=megatron,warmup:100,stable:rest,decay:200:mexp:to=3e-5", 1000
    ) { t in
      if t < 100 { return peak * t / 100 }
      return t < 800 ? peak : 3e-5 + 2.7e-4 * (2 * pow(0.5, (t - 800) / 200) - 1)
    },
    Example(
      "peak=3e-4,total=1000,conv=torchtitan,warmup:100,stable:rest,decay:200:1-sqrt", 1000
    ) { t in
      if t < 100 { return peak * (t + 1) / 100 }
      return t < 800 ? peak : peak * (1 - sqrt((t - 800) / 200))
    },
    Example("peak=3e-4,total=1000,conv=llmc,warmup:100,stable:rest,decay:20%:1-sqrt", 1000) { t in
      if t < 100 { return peak * (t + 1) / 100 }
      return t < 800 ? peak : peak * (1 - sqrt((t - 800) / 200))
    },
    Example("peak=3e-4,total=1000,conv=olmo,warmup:100,cosine:rest:to=0.1x", 1000) { t in
      let step = t + 1
      return step < 100 ? peak * step / 100 : peak * (0.1 + 0.9 * cosine((step - 100) / 900))
    },
    Example("peak=3e-4,warmup:100,invsqrt:900:tau=400", 1000) { t in
      t < 100 ? peak * t / 100 : peak / sqrt((t + 400 - 100) / 400)
    },
    Example("peak=3e-4,warmup:100,invsqrt:900", 1000) { t in
      t < 100 ? peak * t / 100 : peak * sqrt(100 / t)
    },
    Example("peak=3e-4,invsqrt:900", 900) { t in peak / sqrt(1 + t / 10_000) },
    Example("peak=3e-4,warmup:100,stable:700,stable:100:at=0.316x,stable:100:at=0.1x", 1000) { t in
      if t < 100 { return peak * t / 100 }
      return t < 800 ? peak : t < 900 ? 0.316 * peak : 0.1 * peak
    },
    Example("peak=3e-4,stable:8000,stable:8000:at=9e-5", 16_000) { t in t < 8000 ? peak : 9e-5 },
    Example("peak=3e-4,stable:20000,decay:4000:exp:to=3e-5", 24_000) { t in
      t < 20_000 ? peak : peak * pow(0.1, (t - 20_000) / 4000)
    },
    Example("peak=3e-4,stable:20000,decay:4000:to=3e-5", 24_000) { t in
      t < 20_000 ? peak : 3e-5 + 2.7e-4 * (1 - (t - 20_000) / 4000)
    },
    Example(
      "peak=3e-4,total=24000,warmup:2160,stable:rest,poly:10.5%:p=1.65:to=0.004x", 24_000
    ) { t in
      if t < 2160 { return peak * t / 2160 }
      return t < 21_480 ? peak : peak * (0.004 + 0.996 * pow(1 - (t - 21_480) / 2520, 1.65))
    },
    Example("peak=3e-4,rex:1000", 1000) { t in
      peak * (1 - t / 1000) / (0.5 + 0.5 * (1 - t / 1000))
    },
    Example("peak=3e-4,rex:1000:beta=0.9", 1000) { t in
      peak * (1 - t / 1000) / (0.1 + 0.9 * (1 - t / 1000))
    },
    Example("peak=1e-2,warmup:100,stable:700,half-life:200:h=50", 1000) { t in
      if t < 100 { return 1e-2 * t / 100 }
      return t < 800 ? 1e-2 : 1e-2 * pow(0.5, (t - 800) / 50)
    },
    Example("peak=3e-4,total=24k,warmup:300,stable:rest,decay:10%:to=0.1x,stable:5%", 24_000) { t in
      if t < 300 { return peak * t / 300 }
      if t < 20_400 { return peak }
      return t < 22_800 ? peak * (1 - 0.9 * (t - 20_400) / 2400) : 0.1 * peak
    },
    Example(
      "peak=3e-4,warmup:100,decay:300:cosine:to=1.65e-4,stable:500,decay:100:exp:to=3e-5", 1000
    ) { t in
      if t < 100 { return peak * t / 100 }
      if t < 400 { return 1.65e-4 + 1.35e-4 / 2 * (1 + cos(.pi * (t - 100) / 300)) }
      return t < 900 ? 1.65e-4 : 1.65e-4 * pow(3e-5 / 1.65e-4, (t - 900) / 100)
    },
    Example(
      "peak=3e-4,warmup:100,stable:350,decay:50:inv:to=0.1x,stable:400:at=1x,decay:100:inv:to=0.1x",
      1000
    ) { t in
      func inverse(_ part: Double) -> Double { 1 / ((1 - part) / peak + part / (0.1 * peak)) }
      if t < 100 { return peak * t / 100 }
      if t < 450 { return peak }
      if t < 500 { return inverse((t - 450) / 50) }
      return t < 900 ? peak : inverse((t - 900) / 100)
    },
    Example("peak=3e-4,total=1000,conv=olmo,warmup:100,power:800:b=-0.51,decay:100", 1000) { t in
      let step = t + 1
      if step < 100 { return peak * step / 100 }
      if step < 900 { return peak * pow(step / 100, -0.51) }
      return peak * pow(9, -0.51) * (1000 - step) / 100
    },
    Example("peak=3e-4,warmup:100,stable:700,decay:200:linear:at=0.7x", 1000) { t in
      if t < 100 { return peak * t / 100 }
      return t < 800 ? peak : 0.7 * peak * (1 - (t - 800) / 200)
    },
    Example("peak=1.5e-4,total=10000,warmup:1%:at=3e-5,cosine:rest:to=1.5e-5", 10_000) { t in
      t < 100
        ? 3e-5 + 1.2e-4 * t / 100 : 1.5e-5 + 1.35e-4 * cosine((t - 100) / 9900)
    },
  ]

  static let shapes: [Example] = [
    Example("peak=3e-4,square:500", 500) { t in peak * (1 - pow(t / 500, 2)) },
    Example("peak=3e-4,mirror-cosine:500", 500) { t in
      peak * (2 * (1 - t / 500) - cosine(t / 500))
    },
    Example("peak=3e-4,poly:500", 500) { t in peak * (1 - t / 500) },
    // optax's exponent, timm's k-decay, OLMo's linear envelope, IBM Dolomite's exponential.
    Example("peak=3e-4,cosine:500:p=1.7:to=0.1x", 500) { t in
      peak * (0.1 + 0.9 * pow(cosine(t / 500), 1.7))
    },
    Example("peak=3e-4,cosine:500:k=1.5", 500) { t in
      peak * 0.5 * (1 + cos(.pi * pow(t, 1.5) / pow(500, 1.5)))
    },
    Example("peak=3e-4,cosine-linear:500:to=0.1x", 500) { t in
      peak * (0.1 + 0.9 * (1 - t / 500) * cosine(t / 500))
    },
    Example("peak=3e-4,mexp:500:to=0.1x:g=\(exp(-1.0))", 500) { t in
      let a = (1 - 0.1) * M_E / (M_E - 1)
      return peak * (a * exp(-t / 500) + (0.1 * M_E - 1) / (M_E - 1))
    },
    // A part of a shape: a cosine cut where a line takes over, and its second half.
    Example("peak=3e-4,cosine:400:of=500:to=0.1x,decay:100", 500) { t in
      let cut = peak * (0.1 + 0.9 * cosine(0.8))
      return t < 400 ? peak * (0.1 + 0.9 * cosine(t / 500)) : cut * (1 - (t - 400) / 100)
    },
    Example("peak=3e-4,cosine:250:skip=250:of=500", 250) { t in peak * cosine((t + 250) / 500) },
    Example("peak=3e-4,cosine:250:skip=250.5", 250) { t in peak * cosine((t + 250.5) / 500.5) },
    // OLMo-core's inverse square root approaches a floor.
    Example("peak=3e-4,warmup:100,invsqrt:400:to=0.1x", 500) { t in
      t < 100 ? peak * t / 100 : peak * (0.1 + 0.9 * sqrt(100 / t))
    },
    Example("peak=3e-4,tanh:500", 500) { t in
      peak * 0.5 * (1 - tanh(-7 * (1 - t / 500) + 3 * t / 500))
    },
    Example("peak=3e-4,tanh:500:lb=-4:ub=2:to=0.2x", 500) { t in
      peak * (0.2 + 0.8 * 0.5 * (1 - tanh(-4 * (1 - t / 500) + 2 * t / 500)))
    },
    Example("peak=3e-4,const:500,linear:500", 1000) { t in
      t < 500 ? peak : peak * (1 - (t - 500) / 500)
    },
    Example("peak=3e-4,warmup:100:cosine,stable:100", 200) { t in
      t < 100 ? peak * 0.5 * (1 - cos(.pi * t / 100)) : peak
    },
    Example("peak=3e-4,warmup:100:1-sqrt,stable:100", 200) { t in
      t < 100 ? peak * (1 - sqrt(1 - t / 100)) : peak
    },
    Example("peak=3e-4,warmup:100:quad,stable:100", 200) { t in
      t < 100 ? peak * pow(t / 100, 2) : peak
    },
    Example("peak=3e-4,warmup:100:log,stable:100", 200) { t in
      t < 100 ? peak * log(t + 1) / log(100) : peak
    },
    Example("peak=3e-4,warmup:100:const:at=0.1x,stable:100", 200) { t in
      t < 100 ? 0.1 * peak : peak
    },
    Example("peak=3e-4,conv=nanogpt,warmup:100:cosine,stable:100", 200) { t in
      t < 100 ? peak * 0.5 * (1 - cos(.pi * (t + 1) / 101)) : peak
    },
    Example("peak=3e-4,warmup:100,cosine:400:to=0.1x,rewarm:100:to=0.5x,decay:400", 1000) { t in
      if t < 100 { return peak * t / 100 }
      if t < 500 { return peak * (0.1 + 0.9 * cosine((t - 100) / 400)) }
      return t < 600
        ? peak * (0.1 + 0.4 * (t - 500) / 100) : 0.5 * peak * (1 - (t - 600) / 400)
    },
  ]

  /// The textbook forms cancel near a floor of zero, so that they are good to 1e-15 of the peak.
  @Test(arguments: sources + shapes)
  func ratesEqualTheFormula(_ example: Example) throws {
    let schedule = try Schedule(parsing: example.text)
    #expect(schedule.totalSteps == example.total)
    for position in 0..<example.total {
      expectClose(
        schedule.learningRate(at: position), example.formula(Double(position)), tolerance: 1e-12,
        scale: 1e-3 * schedule.peak, "t = \(position)")
    }
  }

  /// Near its end a decay to zero keeps its relative precision.
  @Test func tailsDoNotCancel() throws {
    let linear = try Schedule(parsing: "peak=1,decay:1G")
    expectClose(linear.learningRate(at: 999_999_999), 1e-9, tolerance: 1e-15)
    // 1 - cos(a) = a^2 / 2 for small a.
    let cosine = try Schedule(parsing: "peak=1,cosine:1M")
    expectClose(cosine.learningRate(at: 999_999), pow(.pi * 1e-6, 2) / 4, tolerance: 1e-11)
    let root = try Schedule(parsing: "peak=1,1-sqrt:1G")
    expectClose(root.learningRate(at: 999_999_999), 0.5e-9, tolerance: 1e-9)
  }

  /// A warm-up of one step has no rise to divide by; DeepSpeed takes its logarithm for two steps.
  @Test(arguments: ["linear", "cosine", "1-sqrt", "quad", "log", "const"])
  func warmupOfOneStepStartsAtZero(_ shape: String) throws {
    let schedule = try Schedule(parsing: "peak=1,warmup:1:\(shape),stable:9")
    #expect(schedule.learningRate(at: 0) == 0)
    #expect(schedule.learningRate(at: 1) == 1)
  }

  @Test func lastRateHolds() throws {
    let decayed = try Schedule(parsing: "peak=1,warmup:10,decay:10:to=0.25x")
    let open = try Schedule(parsing: "peak=1,half-life:100:h=50")
    let constant = try Schedule(parsing: "peak=3e-4")
    for position in [20, 21, 1000, Int.max] {
      #expect(decayed.learningRate(at: position) == 0.25)
      #expect(constant.learningRate(at: position) == 3e-4)
      #expect(open.learningRate(at: max(100, position)) == 0.25)
    }
    #expect(try Schedule(parsing: "peak=1,conv=olmo,decay:4").learningRate(at: .max) == 0)
  }
}
