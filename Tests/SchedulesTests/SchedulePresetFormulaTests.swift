import Foundation
import Schedules
import TestSupport
import Testing

/// Presets against the formulas of the frameworks and papers, typed once more.
@Suite struct SchedulePresetFormulaTests {
  struct Form: CustomTestStringConvertible, Sendable {
    let text: String
    let total: Int
    /// The rate of update t.
    let rate: @Sendable (Double) -> Double
    var testDescription: String { text }

    init(_ text: String, _ total: Int = 1000, _ rate: @escaping @Sendable (Double) -> Double) {
      self.text = text
      self.total = total
      self.rate = rate
    }
  }

  @Test(arguments: forms)
  func ratesEqualTheFormula(_ form: Form) throws {
    let schedule = try Schedule(parsing: form.text)
    #expect(schedule.totalSteps == form.total)
    let again = try Schedule(parsing: schedule.description)
    #expect(again == schedule)
    let wrong = (0..<form.total).first { t in
      let expected = form.rate(Double(t))
      return !(abs(schedule.learningRate(at: t) - expected) <= 1e-12 * max(1, expected))
    }
    #expect(
      wrong == nil,
      """
      t = \(wrong ?? 0): \(schedule.learningRate(at: wrong ?? 0)) is not \
      \(form.rate(Double(wrong ?? 0))); \(schedule)
      """)
  }

  @Test func everyPresetHasAFormula() {
    for entry in ScheduleCatalogue.entries where entry.group == .preset {
      let names = [entry.name] + entry.aliases
      #expect(
        Self.forms.contains { form in
          form.text.split(separator: ",").contains { item in
            names.contains(String(item.prefix { $0 != ":" }))
          }
        }, "\(entry.name)")
    }
  }

  static func cosine(_ x: Double, to end: Double = 0) -> Double {
    end + (1 - end) * 0.5 * (1 + cos(.pi * x))
  }

  static let forms = stableForms + cosineForms + cycleForms + powerForms + dropForms

  /// WSD and its kin: MiniCPM, HF, OLMo-core, lingua, fairseq, the multi-power law's curves.
  static let stableForms = [
    Form("peak=1,total=1000,wsd:warmup=100:decay=20%:1-sqrt:to=0.1x") { t in
      t < 100 ? t / 100 : t < 800 ? 1 : 0.1 + 0.9 * (1 - sqrt((t - 800) / 200))
    },
    Form("peak=1,min=0.1,trapezoid:1000:decay=300:tail=100") { t in
      t < 600 ? 1 : t < 900 ? 0.1 + 0.9 * (900 - t) / 300 : 0.1
    },
    Form("peak=1,total=1000,wsdc:warmup=10%:decay=200:tail=50:to=0.2x:exp") { t in
      t < 100 ? t / 100 : t < 750 ? 1 : t < 950 ? pow(0.2, (t - 750) / 200) : 0.2
    },
    Form("peak=1,total=1000,wsdsc:decay=25%") { t in t < 750 ? 1 : pow((1000 - t) / 250, 1.5) },
    // lingua: the decay is a part of all steps so far, and 1 / rate is linear.
    Form("peak=1,wsds:warmup=100:periods=500+500:decay=10%:share=end:inv:to=0.1x") { t in
      let (end, decay) = t < 500 ? (500.0, 50.0) : (1000, 100)
      if t < 100 { return t / 100 }
      if t < end - decay { return 1 }
      let x = (t - end + decay) / decay
      return 1 / ((1 - x) + x / 0.1)
    },
    // OLMo-core's WSDS.get_lr on step t + 1: the step that ends a period has the end rate.
    Form(
      "peak=1,conv=olmo,wsds:warmup=100:periods=400+600:decay=10%:peaks=1+0.8:inclusive=yes"
    ) { t in
      let step = t + 1
      if step < 100 { return step / 100 }
      let (end, decay, top) = step <= 400 ? (400.0, 40.0, 1.0) : (1000, 60, 0.8)
      return step < end - decay ? top : top * (end - step) / decay
    },
    Form("peak=1,total=900,wsds:cycles=3:decay=50:rewarm=20:to=0.1x", 900) { t in
      let within = t.truncatingRemainder(dividingBy: 300)
      if t >= 300, within < 20 { return 0.1 + 0.9 * within / 20 }
      return within < 250 ? 1 : 0.1 + 0.9 * (300 - within) / 50
    },
    Form("peak=3e-4,total=16000,wsdcon:warmup=2160:drop=8000:to=9e-5", 16000) { t in
      t < 2160 ? 3e-4 * t / 2160 : t < 8000 ? 3e-4 : 9e-5
    },
    // Continual pre-training's infinite schedule: cosine to 0.55, held, then geometric to 0.1.
    Form("peak=1,total=1000,infinite:warmup=100:cooldown=300:decay=100") { t in
      if t < 100 { return t / 100 }
      if t < 400 { return cosine((t - 100) / 300, to: 0.55) }
      return t < 900 ? 0.55 : 0.55 * pow(0.1 / 0.55, (t - 900) / 100)
    },
    // fairseq tri_stage with phase_ratio (0.1, 0.4, 0.5) and final_lr_scale 0.05.
    Form("peak=1,total=1000,tri-stage:to=0.05x") { t in
      t < 100 ? 0.01 + 0.99 * t / 100 : t < 500 ? 1 : exp(log(0.05) / 500 * (t - 500))
    },
    Form("peak=1,total=1000,lowered-linear:decay=20%") { t in
      t < 800 ? 1 : 0.7 * (1000 - t) / 200
    },
  ]

  /// epfml's cos_inf, OLMo-core, HF, DeepSpeed, GPT-NeoX.
  static let cosineForms = [
    Form("peak=1,total=1000,cos_inf:warmup=100:tail=150:to=0.1x") { t in
      t < 100 ? t / 100 : t < 850 ? cosine((t - 100) / 750, to: 0.1) : 0.1
    },
    Form("peak=1,total=1000,conv=olmo,cosine-cooldown:warmup=100:decay=20%") { t in
      let step = t + 1
      let curve = { (step: Double) in
        step < 100 ? step / 100 : cosine((step - 100) / 900, to: 0.1)
      }
      return step >= 800 ? curve(800) * (1000 - step) / 200 : curve(step)
    },
    Form("peak=1,total=1000,conv=olmo,half-cosine:warmup=100:to=0.1x") { t in
      let step = t + 1
      return step < 100 ? 0.55 * step / 100 : cosine((step - 100 + 900) / 1800, to: 0.1)
    },
    Form("peak=1,total=1000,cosine-waves:warmup=100:cycles=2.7") { t in
      t < 100 ? t / 100 : max(0, 0.5 * (1 + cos(.pi * 2.7 * 2 * (t - 100) / 900)))
    },
    Form("peak=1,total=1000,cosine_warmup_with_min_lr:warmup=100:to=0.1x") { t in
      t < 100 ? (t + 1) / 100 : cosine((t - 100 + 1) / 900, to: 0.1)
    },
    Form("peak=1,total=1000,cosine-min:warmup=100:start=0.2x:to=0.1x") { t in
      t < 100 ? 0.2 + 0.8 * t / 99 : cosine((t - 100 + 1) / 900, to: 0.1)
    },
    // DeepSpeed: last_batch_iteration is t - 1.
    Form("peak=1,total=1000,deepspeed-cosine:warmup=100:type=linear") { t in
      t < 1 ? 0 : t - 1 < 100 ? (t - 1) / 100 : cosine((t - 1 - 100 + 1) / 900, to: 0.0001)
    },
    Form("peak=1,total=1000,WarmupCosineLR:warmup=100") { t in
      t < 1 ? 0 : t - 1 < 100 ? log(t) / log(100) : cosine((t - 100) / 900, to: 0.0001)
    },
    Form("peak=1,total=1000,neox-cosine:warmup=100:to=0.1x") { t in
      let n = min(t, 900)
      return t <= 100 ? n / 100 : max(0.5 * (cos(.pi * (n - 100) / 1000) + 1), 0.1)
    },
    Form("peak=1,total=1000,neox-cosine:warmup=300:to=0.1x") { t in
      let n = min(t, 700)
      return t <= 300 ? n / 300 : max(0.5 * (cos(.pi * (n - 300) / 1000) + 1), 0.1)
    },
  ]

  /// SGDR, fairseq, HF, PyTorch, ULMFiT.
  static let cycleForms = [
    Form("peak=1,sgdr:warmup=50:period=100:cycles=3:mult=2:to=0.01", 750) { t in
      if t < 50 { return t / 50 }
      let (first, length) = t < 150 ? (50.0, 100.0) : t < 350 ? (150, 200) : (350, 400)
      return cosine((t - first) / length, to: 0.01)
    },
    Form("peak=1,total=1000,sgdr:period=300:shrink=0.5") { t in
      let cycle = floor(t / 300)
      return pow(0.5, cycle) * cosine((t - 300 * cycle) / 300)
    },
    // HF with_hard_restarts: 0.5 (1 + cos(pi ((cycles progress) mod 1))), ends between updates.
    Form("peak=1,total=1000,cosine_with_restarts:warmup=100:cycles=7") { t in
      let progress = 7 * (t - 100) / 900
      return t < 100 ? t / 100 : cosine(progress - floor(progress + 1e-12))
    },
    Form("peak=1,total=1000,cyclic:low=0.1:up=100") { t in triangle(t, 100, 100, 1) },
    Form("peak=1,total=1000,cyclic:low=0.1x:up=70:down=130:mode=triangular2") { t in
      triangle(t, 70, 130, pow(0.5, floor(t / 200)))
    },
    Form("peak=1,onecycle:333", 333) { t in
      t <= 98.9 ? anneal(0.04, 1, t / 98.9) : anneal(1, 4e-6, (t - 98.9) / 233.1)
    },
    Form("peak=1,onecycle:1000:pct=0.25:div=10:final=100:linear") { t in
      t <= 249 ? 0.1 + 0.9 * t / 249 : 1 - (1 - 0.001) * (t - 249) / 750
    },
    Form("peak=1,onecycle:777:phases=3", 777) { t in
      let top = 0.3 * 777 - 1
      if t <= top { return anneal(0.04, 1, t / top) }
      let bottom = 2 * 0.3 * 777 - 2
      if t <= bottom { return anneal(1, 0.04, (t - top) / (bottom - top)) }
      return anneal(0.04, 4e-6, (t - bottom) / (776 - bottom))
    },
    Form("peak=1,slanted-triangular:1000") { t in
      let p = t < 100 ? t / 100 : 1 - (t - 100) / (100 * (1 / 0.1 - 1))
      return (1 + p * 31) / 32
    },
    Form("peak=1,slanted-triangular:1005", 1005) { t in
      let p = t < 100 ? t / 100 : 1 - (t - 100) / (100 * (1 / 0.1 - 1))
      return (1 + p * 31) / 32
    },
  ]

  static func anneal(_ start: Double, _ end: Double, _ part: Double) -> Double {
    end + (start - end) / 2 * (cos(.pi * part) + 1)
  }

  /// PyTorch CyclicLR from 0.1 to 1.
  static func triangle(_ t: Double, _ up: Double, _ down: Double, _ height: Double) -> Double {
    let cycle = floor(1 + t / (up + down))
    let x = 1 + t / (up + down) - cycle
    let ratio = up / (up + down)
    let scale = x <= ratio ? x / ratio : (x - 1) / (ratio - 1)
    return 0.1 + 0.9 * scale * height
  }

  /// Transformer, Megatron-LM, lingua, Levanter, llm-foundry, Power scheduler.
  static let powerForms = [
    Form("total=1000,noam:d=512:warmup=100:factor=2") { t in
      let n = max(1, t)
      return 2 * pow(512, -0.5) * min(pow(n, -0.5), n * pow(100, -1.5))
    },
    Form("peak=1,total=1000,inverse-square-root:warmup=100:to=0.4x") { t in
      t < 100 ? t / 100 : max(sqrt(100 / t), 0.4)
    },
    Form("peak=1,total=1000,inverse_sqrt:warmup=100:q=0.7:to=0.3x") { t in
      t < 100 ? t / 100 : max(pow(100 / t, 0.7), 0.3)
    },
    Form("peak=1,total=1000,invsqrt-flat:warmup=100:tau=333.3:to=0.6x") { t in
      t < 100 ? t / 100 : max(min(1, 1 / sqrt(max(t, 1) / 333.3)), 0.6)
    },
    Form("peak=1,total=1000,invsqrt-flat:warmup=100:tau=50") { t in
      t < 100 ? t / 100 : min(1, 1 / sqrt(max(t, 1) / 50))
    },
    Form("peak=1,total=1000,invsqrt-cooldown:warmup=100:tau=200:floor=0.1x:decay=150") { t in
      let curve = { (t: Double) in 0.1 + 0.9 / sqrt((t + 200 - 100) / 200) }
      return t < 100 ? t / 100 : t < 850 ? curve(t) : curve(850) * (1000 - t) / 150
    },
    Form("peak=0.02,total=1000,tpb=1e9,power-scheduler:warmup=10:batch=1024:decay=100") { t in
      let curve = { (t: Double) in min(0.02, 1024 * 4.6 * pow(t * 1e9, -0.51)) }
      return t < 10 ? 0.02 * t / 10 : t < 900 ? curve(t) : curve(900) * (1000 - t) / 100
    },
    // The power is below the cap before the warm-up ends.
    Form("peak=0.02,total=1000,tpb=1e9,power-scheduler:warmup=100:batch=1024") { t in
      let curve = { (t: Double) in min(0.02, 1024 * 4.6 * pow(t * 1e9, -0.51)) }
      return t < 100 ? curve(100) * t / 100 : curve(t)
    },
  ]

  /// PyTorch, DeepSeek LLM, HF, GPT-NeoX, dolomite-engine.
  static let dropForms = [
    Form("peak=1,total=1000,multistep:warmup=50:milestones=300+600+90%:gamma=0.5") { t in
      t < 50 ? t / 50 : pow(0.5, t < 300 ? 0 : t < 600 ? 1 : t < 900 ? 2 : 3)
    },
    Form("peak=1,total=1000,step:every=70:gamma=0.9") { t in pow(0.9, floor(t / 70)) },
    Form("peak=1,total=1000,8-1-1:warmup=100") { t in
      t < 100 ? t / 100 : t < 800 ? 1 : t < 900 ? 0.316 : 0.1
    },
    Form("peak=1,total=1000,30-60-90") { t in
      pow(0.1, t < 300 ? 0 : t < 600 ? 1 : t < 900 ? 2 : 3)
    },
    Form("peak=1,total=1000,exponential:warmup=100:gamma=0.5:every=120") { t in
      t < 100 ? t / 100 : pow(0.5, (t - 100) / 120)
    },
    Form("peak=1,total=1000,polynomial:warmup=100:p=2") { t in
      t < 100 ? t / 100 : (1 - 1e-7) * pow(1 - (t - 100) / 900, 2) + 1e-7
    },
    Form("peak=1,total=1000,neox-exponential:warmup=100:to=0.6x") { t in
      t <= 100 ? t / 100 : max(exp(-0.693 * (t - 100) / 900), 0.6)
    },
    Form("peak=1,total=1000,dolomite-exponential:warmup=100:to=0.1x") { t in
      let e = exp(1.0)
      let (a, b) = ((1 - 0.1) * e / (e - 1), (0.1 * e - 1) / (e - 1))
      return t < 100 ? t / 100 : a * exp(-(t - 100) / 900) + b
    },
  ]
}
