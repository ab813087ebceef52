import Foundation
import Schedules
import TestSupport
import Testing

/// Rates of the frameworks' own code, executed at 1000 updates, warm-up 100, in units of the peak.
///
/// Versions: Megatron-LM d98e8a64, transformers 005edacb, PyTorch 008f727e, torchtitan b5bcd76c,
/// OLMo 59a53e3f, OLMo-core fa6c5014, llm.c f1e2ace6, nanoGPT 3adf61e1, lingua 437d680,
/// epfml/schedules-and-scaling 17e78d60, DeepSpeed edaa7221, REX_LR 7fac0c6.
@Suite struct ScheduleGoldenTests {
  struct Row: CustomTestStringConvertible {
    let name: String
    let text: String
    let rates: [Double]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ rates: [Double] = []) {
      self.name = name
      self.text = text
      self.rates = rates
    }
  }

  static let positions = [0, 1, 50, 99, 100, 101, 500, 800, 801, 900, 999]

  static let rows: [Row] = [
    Row(
      "hf linear", "peak=1,total=1000,warmup:100,decay:rest",
      [0, 0.01, 0.5, 0.99, 1, 0.998889, 0.555556, 0.222222, 0.221111, 0.111111, 0.001111]),
    Row(
      "hf cosine", "peak=1,total=1000,warmup:100,cosine:rest",
      [0, 0.01, 0.5, 0.99, 1, 0.999997, 0.586824, 0.116978, 0.115858, 0.030154, 0.000003]),
    Row(
      "hf cosine_with_min_lr", "peak=1,min=0.1,total=1000,warmup:100,cosine:rest",
      [0, 0.01, 0.5, 0.99, 1, 0.999997, 0.628142, 0.205280, 0.204272, 0.127138, 0.100003]),
    Row(
      "hf wsd 1-sqrt", "peak=1,warmup:100:at=0.1x,stable:700,decay:200:1-sqrt:to=0.1x",
      [0.1, 0.109, 0.55, 0.991, 1, 1, 1, 1, 0.936360, 0.363604, 0.102253]),
    Row(
      "megatron WSD exponential",
      "peak=1,conv=megatron,warmup:100,stable:700,decay:200:mexp:to=0.1x",
      [0, 0.01, 0.5, 0.99, 1, 1, 1, 1, 0.993772, 0.472792, 0.103125]),
    Row(
      "megatron WSD minus_sqrt",
      "peak=1,conv=megatron,warmup:100,stable:700,decay:200:minus_sqrt:to=0.1x",
      [0, 0.01, 0.5, 0.99, 1, 1, 1, 1, 0.936360, 0.363604, 0.102253]),
    Row(
      "torchtitan sqrt", "peak=1,total=1000,conv=torchtitan,warmup:100,stable:rest,sqrt:200",
      [0.01, 0.02, 0.51, 1, 1, 1, 1, 1, 0.929289, 0.292893, 0.002503]),
    Row(
      "llm.c wsd", "peak=1,total=1000,conv=llmc,warmup:100,stable:rest,decay:20%:1-sqrt",
      [0.01, 0.02, 0.51, 1, 1, 1, 1, 1, 0.929289, 0.292893, 0.002503]),
    Row(
      "nanoGPT", "peak=1,conv=nanogpt,warmup:100,cosine:900:to=0.1x",
      [
        0.009901, 0.019802, 0.504950, 0.990099, 1, 0.999997, 0.628142, 0.205280, 0.204272,
        0.127138, 0.100003,
      ]),
    Row(
      "OLMo cosine", "peak=1,conv=olmo,warmup:100,cosine:900:to=0.1x",
      [0.01, 0.02, 0.51, 1, 0.999997, 0.999989, 0.626594, 0.204272, 0.203269, 0.126604, 0.1]),
    Row(
      "OLMo-core WSD", "peak=1,conv=olmo,warmup:100,stable:800,decay:100",
      [0.01, 0.02, 0.51, 1, 1, 1, 1, 1, 1, 0.99, 0]),
    Row(
      "OLMo-core power_lr", "peak=1,conv=olmo,warmup:100,power:800:b=-0.51,decay:100",
      [0.01, 0.02, 0.51, 1, 0.994938, 0.989951, 0.439625, 0.346057, 0.345837, 0.322828, 0]),
    Row(
      "epfml wsd miror_cosine",
      "peak=1,warmup:100:at=0.01x,stable:700,decay:200:miror_cosine:to=0.1x",
      [0.01, 0.0199, 0.505, 0.9901, 1, 1, 1, 1, 0.991056, 0.55, 0.108944]),
    Row(
      "epfml wsd square", "peak=1,warmup:100:at=0.01x,stable:700,square:200:to=0.1x",
      [0.01, 0.0199, 0.505, 0.9901, 1, 1, 1, 1, 0.999977, 0.775, 0.108977]),
    Row(
      "epfml wsd exp", "peak=1,warmup:100:at=0.01x,stable:700,exp:200:to=0.1x",
      [0.01, 0.0199, 0.505, 0.9901, 1, 1, 1, 1, 0.988553, 0.316228, 0.101158]),
    Row(
      "REX beta 0.5", "peak=1,rex:1000",
      [
        1, 0.999500, 0.974359, 0.947922, 0.947368, 0.946814, 0.666667, 0.333333, 0.331943,
        0.181818, 0.001998,
      ]),
    Row(
      "REX beta 0.9", "peak=1,rex:1000:beta=0.9",
      [
        1, 0.999900, 0.994764, 0.989132, 0.989011, 0.988890, 0.909091, 0.714286, 0.713006,
        0.526316, 0.009911,
      ]),
    Row(
      "lingua wsd inv", "peak=1,warmup:100,stable:800,inv:100:to=0.1x",
      [0, 0.01, 0.5, 0.99, 1, 1, 1, 1, 1, 1, 0.100908]),
    Row(
      "infinite cosine",
      "peak=1,warmup:100,decay:300:cosine:to=0.55x,stable:500,decay:100:exp:to=0.1x",
      [0, 0.01, 0.5, 0.99, 1, 0.999988, 0.55, 0.55, 0.55, 0.55, 0.101719]),
    Row(
      "MiniCPM half-life 50", "peak=1,warmup:100,stable:700,half-life:200:h=50",
      [0, 0.01, 0.5, 0.99, 1, 1, 1, 1, 0.986233, 0.25, 0.063372]),
    // Its ends are inclusive: the peak at 0.3 * 1000 - 1, the floor at 999.
    Row(
      "PyTorch OneCycleLR", "peak=1,warmup:299:cosine:at=0.04x,cosine:700:to=4e-6x",
      [
        0.04, 0.040026, 0.104729, 0.277094, 0.281457, 0.285847, 0.809988, 0.186507, 0.184762,
        0.048550, 0.000004,
      ]),
  ]

  /// The same rows by presets.
  static let presetRows: [Row] = [
    Row("hf wsd 1-sqrt", "peak=1,total=1000,wsd:warmup=100:start=0.1x:decay=20%:1-sqrt:to=0.1x"),
    Row(
      "megatron WSD exponential",
      "peak=1,total=1000,conv=megatron,min=0.1,wsd:warmup=100:decay=20%:mexp"),
    Row(
      "megatron WSD minus_sqrt",
      "peak=1,total=1000,conv=megatron,min=0.1,wsd:warmup=100:decay=200:minus_sqrt"),
    Row(
      "epfml wsd miror_cosine",
      "peak=1,wsd:1k:warmup=100:start=0.01x:decay=20%:miror_cosine:to=0.1x"),
    Row("epfml wsd square", "peak=1,wsd:1k:warmup=100:start=0.01x:decay=20%:square:to=0.1x"),
    Row("epfml wsd exp", "peak=1,wsd:1k:warmup=100:start=0.01x:decay=20%:exp:to=0.1x"),
    Row("torchtitan sqrt", "peak=1,total=1000,conv=torchtitan,wsd:warmup=100:decay=20%:sqrt"),
    Row("llm.c wsd", "peak=1,conv=llmc,wsd:1000:warmup=100:decay=200:1-sqrt"),
    Row("OLMo-core WSD", "peak=1,conv=olmo,total=1000,trapezoid:warmup=100"),
    Row("lingua wsd inv", "peak=1,wsds:warmup=100:periods=1000:decay=10%:inv:to=0.1x"),
    Row("infinite cosine", "peak=1,total=1000,infinite:warmup=100:cooldown=300:decay=100"),
    Row("MiniCPM half-life 50", "peak=1,total=1000,wsd:warmup=100:decay=20%:half-life:h=50"),
    Row("PyTorch OneCycleLR", "peak=1,onecycle:1000"),
    Row("hf cosine", "peak=1,total=1000,cosine_with_restarts:warmup=100"),
    Row("hf cosine", "peak=1,total=1000,cosine-waves:warmup=100"),
    Row("hf linear", "peak=1,total=1000,polynomial:warmup=100:to=0"),
  ]

  @Test(arguments: presetRows)
  func presetsEqualTheFrameworks(_ row: Row) throws {
    let golden = try #require(Self.rows.first { $0.name == row.name })
    let schedule = try Schedule(parsing: row.text)
    #expect(schedule.totalSteps == 1000)
    for (position, rate) in zip(Self.positions, golden.rates) {
      expectClose(
        schedule.learningRate(at: position), rate, tolerance: 1e-6, scale: 1, "t = \(position)")
    }
  }

  @Test(arguments: rows)
  func ratesEqualTheFrameworks(_ row: Row) throws {
    let schedule = try Schedule(parsing: row.text)
    #expect(row.rates.count == Self.positions.count)
    for (position, rate) in zip(Self.positions, row.rates) {
      // Printed with six decimals.
      expectClose(
        schedule.learningRate(at: position), rate, tolerance: 1e-6, scale: 1, "t = \(position)")
    }
  }

  @Test func deepSpeedIsOneUpdateLate() throws {
    let linear = try Schedule(parsing: "peak=1,stable:1:at=0,warmup:100,decay:900")
    for (position, rate) in [(0, 0), (1, 0), (2, 0.01), (3, 0.02), (999, 0.002222)] {
      expectClose(linear.learningRate(at: position), rate, tolerance: 1e-6, scale: 1)
    }
    let log = try Schedule(parsing: "peak=1,stable:1:at=0,warmup:100:log")
    for (position, rate) in [
      (0, 0), (1, 0), (2, 0.1505), (11, 0.5207), (51, 0.8538), (100, 1), (101, 1),
    ] {
      expectClose(log.learningRate(at: position), rate, tolerance: 1e-4, scale: 1)
    }
  }

  /// DeepSpeed's clock starts one update late, and its usual warm-up is logarithmic.
  @Test(arguments: [
    ("decay:rest", [0, 1, 2, 3, 999], [0, 0, 0.01, 0.02, 0.002222]),
    ("stable:rest", [0, 1, 2, 11, 51, 100, 101], [0, 0, 0.1505, 0.5207, 0.8538, 1, 1]),
  ])
  func deepSpeedIsOneUpdateLate(_ phase: String, positions: [Int], rates: [Double]) throws {
    let warmup = phase == "stable:rest" ? "warmup:100:log" : "warmup:100"
    let schedule = try Schedule(parsing: "peak=1,conv=deepspeed,total=1000,\(warmup),\(phase)")
    let path = schedule.path(through: 999)
    for (position, rate) in zip(positions, rates) {
      let tolerance = phase == "stable:rest" ? 5e-5 : 5e-7
      expectClose(schedule.learningRate(at: position), rate, tolerance: tolerance, scale: 1)
      expectClose(path.learningRate(at: position), rate, tolerance: tolerance, scale: 1)
    }
  }

  /// DeepSpeed's WarmupCosineLR: the cosine is not late, so the peak is never used.
  @Test func deepSpeedsCosineIsNotLate() throws {
    let text = "peak=1,total=1000,deepspeed-cosine:warmup=100:type=linear"
    let schedule = try Schedule(parsing: text)
    for (position, rate) in [(0, 0), (1, 0), (2, 0.01), (100, 0.99), (101, 0.999997)] {
      expectClose(schedule.learningRate(at: position), rate, tolerance: 1e-6, scale: 1)
    }
  }

  /// The same cycle with ends between two updates: 0.3 of 333 updates end at 98.9.
  @Test func oneCycleEndsBetweenUpdates() throws {
    let text = "peak=1,warmup:99:cosine:at=0.04x:of=98.9,cosine:234:skip=0.1:of=233.1:to=4e-6x"
    let schedule = try Schedule(parsing: text)
    // PyTorch's formula: anneal(initial, max, t / 98.9), then anneal(max, min, (t - 98.9) / 233.1).
    for t in 0..<333 {
      let (start, end, part) =
        t < 99 ? (0.04, 1.0, Double(t) / 98.9) : (1.0, 4e-6, (Double(t) - 98.9) / 233.1)
      let expected = end + (start - end) / 2 * (cos(.pi * part) + 1)
      expectClose(schedule.learningRate(at: t), expected, tolerance: 1e-12, scale: 1)
    }
  }
}
