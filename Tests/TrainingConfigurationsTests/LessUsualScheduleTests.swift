import Foundation
import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// Schedulers that few runs use, each beside its formula typed from the framework's code.
@Suite struct LessUsualScheduleTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var total: Int
    var formula: RateFormula
    var testDescription: String { name }
  }

  private static func halfCosine(_ x: Double) -> Double { 0.5 * (1 + cos(.pi * x)) }

  /// transformers 005edacb, `optimization.py`.
  static let huggingFace: [Row] = [
    Row(
      name: "cosine_with_restarts, three cycles",
      text: """
        learning_rate: 1
        lr_scheduler_type: cosine_with_restarts
        lr_scheduler_kwargs: {num_cycles: 3}
        warmup_steps: 10
        """,
      total: 110
    ) { t in
      if t < 10 { return Double(t) / 10 }
      let progress = Double(t - 10) / 100
      return max(0, 0.5 * (1 + cos(.pi * (3 * progress).truncatingRemainder(dividingBy: 1))))
    },
    Row(
      name: "cosine, one and a half waves",
      text: """
        learning_rate: 1
        lr_scheduler_type: cosine
        lr_scheduler_kwargs: {num_cycles: 1.5}
        warmup_steps: 10
        """,
      total: 111
    ) { t in
      if t < 10 { return Double(t) / 10 }
      return max(0, 0.5 * (1 + cos(.pi * 1.5 * 2 * Double(t - 10) / 101)))
    },
    Row(
      name: "cosine, a quarter of a wave",
      text: """
        learning_rate: 1
        lr_scheduler_type: cosine
        lr_scheduler_kwargs: {num_cycles: 0.25}
        """,
      total: 100
    ) { t in max(0, 0.5 * (1 + cos(.pi * 0.25 * 2 * Double(t) / 100))) },
    Row(
      name: "cosine_warmup_with_min_lr",
      text: """
        learning_rate: 1
        lr_scheduler_type: cosine_warmup_with_min_lr
        lr_scheduler_kwargs: {min_lr_rate: 0.1}
        warmup_steps: 10
        """,
      total: 100
    ) { t in
      if t < 10 { return Double(t + 1) / 10 }
      return halfCosine(Double(t - 10 + 1) / 90) * 0.9 + 0.1
    },
    Row(
      name: "cosine_warmup_with_min_lr from a rate",
      text: """
        learning_rate: 1
        lr_scheduler_type: cosine_warmup_with_min_lr
        lr_scheduler_kwargs: {min_lr: 0.1, warmup_lr_rate: 0.25}
        warmup_steps: 10
        """,
      total: 100
    ) { t in
      if t < 10 { return 0.25 + 0.75 * Double(t) / 9 }
      return halfCosine(Double(t - 10 + 1) / 90) * 0.9 + 0.1
    },
    Row(
      name: "warmup_stable_decay, cosine warm-up, a tail behind",
      text: """
        learning_rate: 1
        lr_scheduler_type: warmup_stable_decay
        lr_scheduler_kwargs: {num_stable_steps: 30, num_decay_steps: 20, warmup_type: cosine}
        warmup_steps: 10
        """,
      total: 90
    ) { t in
      if t < 10 { return 0.5 * (1 - cos(.pi * Double(t) / 10)) }
      if t < 40 { return 1 }
      return t < 60 ? halfCosine(Double(t - 40) / 20) : 0
    },
    Row(
      name: "constant", text: "learning_rate: 1\nlr_scheduler_type: constant\nwarmup_steps: 9",
      total: 50
    ) { _ in 1 },
  ]

  static let others: [Row] = [
    // DeepSpeed edaa7221: a triangle, then min / (1 + rate n / size).
    Row(
      name: "DeepSpeed OneCycle with its decay",
      text: """
        {"scheduler": {"type": "OneCycle", "params": {"cycle_min_lr": 0.1, "cycle_max_lr": 1,
         "cycle_first_step_size": 20, "cycle_second_step_size": 30, "decay_lr_rate": 0.5,
         "decay_step_size": 10}}}
        """,
      total: 120
    ) { t in
      if t <= 20 { return 0.1 + 0.9 * Double(t) / 20 }
      if t <= 50 { return 0.1 + 0.9 * Double(50 - t) / 30 }
      return 0.1 / (1 + 0.5 * Double(t - 50) / 10)
    },
    Row(
      name: "DeepSpeed LRRangeTest",
      text: """
        {"scheduler": {"type": "LRRangeTest", "params": {"lr_range_test_min_lr": 0.01,
         "lr_range_test_step_size": 20, "lr_range_test_step_rate": 5}}}
        """,
      total: 100
    ) { t in 0.01 * (1 + 5 * Double(t) / 20) },
    // OLMo 59a53e3f.
    Row(
      name: "OLMo inverse square root",
      text: """
        optimizer: {learning_rate: 1}
        scheduler: {name: inverse_sqrt_with_warmup, t_warmup: 40, warmup_min_lr: 0}
        """,
      total: 200
    ) { t in t + 1 < 40 ? Double(t + 1) / 40 : sqrt(40 / Double(t + 1)) },
    Row(
      name: "OLMo cosine times line",
      text: """
        optimizer: {learning_rate: 1}
        scheduler: {name: cosine_linear_envelope, t_warmup: 40, warmup_min_lr: 0, alpha_f: 0.1}
        """,
      total: 200
    ) { t in
      let x = Double(t + 1 - 40) / 160
      return t + 1 < 40 ? Double(t + 1) / 40 : 0.1 + (1 - x) * 0.9 * halfCosine(x)
    },
    // OLMo-core fa6c5014.
    Row(
      name: "OLMo-core second half of a cosine",
      text: """
        optim: {lr: 1}
        scheduler: {_CLASS_: HalfCosWithWarmup, warmup: 20, alpha_f: 0.1}
        """,
      total: 120
    ) { t in
      let step = t + 1
      if step < 20 { return 0.55 * Double(step) / 20 }
      return step >= 120 ? 0.1 : 0.1 + 0.9 * halfCosine(Double(step - 20 + 100) / 200)
    },
    Row(
      name: "OLMo-core cosine with a linear end",
      text: """
        optim: {lr: 1}
        scheduler: {_CLASS_: CosWithWarmupAndLinearDecay, warmup: 20, decay_fraction: 0.25}
        """,
      total: 120
    ) { t in
      let cosine = { (step: Int) in 0.1 + 0.9 * halfCosine(Double(step - 20) / 100) }
      let step = t + 1
      if step >= 90 { return cosine(90) * Double(120 - step) / 30 }
      return step < 20 ? Double(step) / 20 : cosine(step)
    },
    Row(
      name: "OLMo-core inverse square root with a floor",
      text: """
        optim: {lr: 1}
        scheduler: {_CLASS_: InvSqrtWithWarmup, warmup: 20, alpha_f: 0.1}
        """,
      total: 120
    ) { t in
      let step = Double(t + 1)
      return step < 20 ? step / 20 : 0.1 + 0.9 * sqrt(20 / step)
    },
    // Levanter 9263f81e.
    Row(
      name: "Levanter inverse-linear decay",
      text:
        "optimizer: {learning_rate: 1, lr_schedule: inv, warmup: 10, decay: 50, min_lr_ratio: 0.1}",
      total: 100
    ) { t in
      if t < 10 { return Double(t) / 10 }
      return t < 50 ? 1 : 1 / (1 + 9 * Double(t - 50) / 50)
    },
    Row(
      name: "Levanter inverse square root",
      text: "optimizer: {learning_rate: 1, lr_schedule: inv_sqrt, warmup: 10, min_lr_ratio: 0.8}",
      total: 20_000
    ) { t in
      t < 10 ? Double(t) / 10 : max(0.8, min(1, 1 / sqrt(Double(max(t, 1)) / 10_000)))
    },
    // llm-foundry 8c8dd48f.
    Row(
      name: "llm-foundry inverse square root with a cooldown",
      text: """
        optimizer: {lr: 1}
        scheduler: {name: inv_sqrt_with_warmup, t_warmup: 10ba, t_scale: 25ba, t_cooldown: 40ba,
          alpha_f_decay: 0.2, alpha_f_cooldown: 0.05}
        """,
      total: 150
    ) { t in
      let main = { (t: Int) in 0.2 + 0.8 / sqrt(Double(t + 25 - 10) / 25) }
      if t < 10 { return Double(t) / 10 }
      if t < 110 { return main(t) }
      return main(110) + (0.05 - main(110)) * Double(t - 110) / 40
    },
    // nanotron 2411b022 and llm.c f1e2ace6.
    Row(
      name: "nanotron constant warm-up",
      text: """
        optimizer:
          learning_rate_scheduler: {learning_rate: 1, lr_warmup_steps: 10,
            lr_warmup_style: constant, lr_decay_steps: 50, min_decay_lr: 0.1}
        """,
      total: 100
    ) { t in t < 10 ? 1 : max(0.1, 1 - 0.9 * Double(t - 10) / 50) },
    Row(name: "llm.c linear", text: "-l 1 -u 10 -q 0.1 -k linear", total: 60) { t in
      t < 10 ? Double(t + 1) / 10 : 1 - 0.9 * Double(t - 10) / 50
    },
    Row(
      name: "nanoGPT cut before its decay ends",
      text: "learning_rate = 1\nwarmup_iters = 10\nlr_decay_iters = 210\nmin_lr = 0.1\n", total: 100
    ) { t in
      t < 10 ? Double(t + 1) / 11 : 0.1 + 0.9 * halfCosine(Double(t - 10) / 200)
    },
  ]

  /// fairseq 3d262bb2, `fairseq/optim/lr_scheduler/`.
  static let fairseq: [Row] = [
    Row(
      name: "fairseq polynomial_decay",
      text: """
        fairseq-train data --lr 1 --lr-scheduler polynomial_decay --warmup-updates 10 \\
          --total-num-update 90 --end-learning-rate 0.2 --power 2 --max-update 100
        """,
      total: 100
    ) { t in
      if t <= 10 { return Double(t) / 10 }
      return t >= 90 ? 0.2 : 0.8 * pow(1 - Double(t - 10) / 80, 2) + 0.2
    },
    Row(
      name: "fairseq inverse_sqrt",
      text: "--lr 1 --lr-scheduler inverse_sqrt --warmup-updates 40 --warmup-init-lr 0.1",
      total: 200
    ) { t in t < 40 ? 0.1 + 0.9 * Double(t) / 40 : 1 * sqrt(40) * pow(Double(t), -0.5) },
    Row(
      name: "fairseq tri_stage by parts",
      text: "--lr 1 --lr-scheduler tri_stage --phase-ratio '(0.1, 0.4, 0.5)' --final-lr-scale 0.05",
      total: 205
    ) { t in
      if t < 20 { return 0.01 + 0.99 * Double(t) / 20 }
      if t < 102 { return 1 }
      return t < 204 ? exp(log(0.05) / 102 * Double(t - 102)) : 0.05
    },
  ]

  @Test(arguments: huggingFace + others + fairseq)
  func ratesAreTheFrameworks(_ row: Row) throws {
    let facts = TrainingFacts(totalSteps: row.total)
    let schedule = try ScheduleImporter(facts: facts).schedule(from: row.text).schedule
    let step = max(1, row.total / 500)
    for update in stride(from: 0, to: row.total, by: step) {
      expectClose(
        schedule.learningRate(at: update), row.formula(update), tolerance: 1e-12, scale: 1,
        "update \(update) of \(schedule)")
    }
  }
}
