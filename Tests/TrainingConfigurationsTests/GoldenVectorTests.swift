import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// Rates of the frameworks' own code, executed at 1000 updates, warm-up 100, in units of the peak.
///
/// Versions: Megatron-LM d98e8a64, transformers 005edacb, PyTorch 008f727e, torchtitan b5bcd76c,
/// OLMo 59a53e3f, OLMo-core fa6c5014, llm.c f1e2ace6, nanoGPT 3adf61e1, DeepSpeed edaa7221.
@Suite struct GoldenVectorTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var rates: [Double]
    var updates = [0, 1, 50, 99, 100, 101, 500, 800, 801, 900, 999]
    var total: Int?
    var testDescription: String { name }
  }

  private static let wsd = [0, 0.01, 0.5, 0.99, 1, 1, 1, 1]

  static let rows: [Row] = [
    Row(
      name: "hf linear",
      text:
        #"{"learning_rate": 1, "lr_scheduler_type": "linear", "warmup_ratio": 0.1, "max_steps": 1000}"#,
      rates: [0, 0.01, 0.5, 0.99, 1, 0.998889, 0.555556, 0.222222, 0.221111, 0.111111, 0.001111]),
    Row(
      name: "hf cosine",
      text: "learning_rate: 1\nlr_scheduler_type: cosine\nwarmup_steps: 100\nmax_steps: 1000\n",
      rates: [0, 0.01, 0.5, 0.99, 1, 0.999997, 0.586824, 0.116978, 0.115858, 0.030154, 0.000003]),
    Row(
      name: "hf cosine_with_min_lr",
      text: """
        learning_rate: 1
        lr_scheduler_type: SchedulerType.COSINE_WITH_MIN_LR
        lr_scheduler_kwargs: {min_lr: 0.1}
        warmup_steps: 100
        max_steps: 1000
        """,
      rates: [0, 0.01, 0.5, 0.99, 1, 0.999997, 0.628142, 0.205280, 0.204272, 0.127138, 0.100003]),
    Row(
      name: "hf wsd 1-sqrt",
      text: """
        --learning_rate 1 --lr_scheduler_type warmup_stable_decay --warmup_steps 100
        --max_steps 1000 --lr_scheduler_kwargs.num_decay_steps 200
        --lr_scheduler_kwargs.decay_type 1-sqrt --lr_scheduler_kwargs.min_lr_ratio 0.1
        """,
      rates: [0.1, 0.109, 0.55, 0.991, 1, 1, 1, 1, 0.936360, 0.363604, 0.102253]),
    Row(
      name: "megatron WSD exponential",
      text: """
        --lr 1 --min-lr 0.1 --lr-decay-style WSD --train-iters 1000 --lr-warmup-iters 100
        --lr-wsd-decay-iters 200
        """,
      rates: wsd + [0.993772, 0.472792, 0.103125]),
    Row(
      name: "megatron WSD minus_sqrt in samples",
      text: """
        --lr 1 --min-lr 0.1 --lr-decay-style WSD --train-samples 64000 --global-batch-size 64
        --lr-warmup-samples 6400 --lr-wsd-decay-samples 12800 --lr-wsd-decay-style minus_sqrt
        """,
      rates: wsd + [0.936360, 0.363604, 0.102253]),
    Row(
      name: "torchtitan sqrt",
      text: """
        [optimizer]
        lr = 1
        [lr_scheduler]
        warmup_steps = 100
        decay_ratio = 0.2
        decay_type = 'sqrt'
        [training]
        steps = 1000
        """,
      rates: [0.01, 0.02, 0.51, 1, 1, 1, 1, 1, 0.929289, 0.292893, 0.002503]),
    Row(
      name: "llm.c wsd", text: "-l 1 -u 100 -q 0 -k wsd -x 1000",
      rates: [0.01, 0.02, 0.51, 1, 1, 1, 1, 1, 0.929289, 0.292893, 0.002503]),
    Row(
      name: "nanoGPT",
      text: "python train.py --learning_rate=1 --warmup_iters=100 --lr_decay_iters=1000 "
        + "--max_iters=1000 --min_lr=0.1",
      rates: [
        0.009901, 0.019802, 0.504950, 0.990099, 1, 0.999997, 0.628142, 0.205280, 0.204272,
        0.127138, 0.100003,
      ]),
    Row(
      name: "OLMo cosine",
      text: """
        optimizer: {learning_rate: 1}
        scheduler: {name: cosine_with_warmup, t_warmup: 100, alpha_f: 0.1, warmup_min_lr: 0}
        max_duration: 1000
        """,
      rates: [0.01, 0.02, 0.51, 1, 0.999997, 0.999989, 0.626594, 0.204272, 0.203269, 0.126604, 0.1]
    ),
    Row(
      name: "OLMo-core WSD",
      text: """
        optim: {lr: 1}
        scheduler: {_CLASS_: olmo_core.optim.scheduler.WSD, warmup: 100}
        """,
      rates: [0.01, 0.02, 0.51, 1, 1, 1, 1, 1, 1, 0.99, 0], total: 1000),
    Row(
      name: "PyTorch OneCycleLR", text: "OneCycleLR(optimizer, max_lr=1, total_steps=1000)",
      rates: [
        0.04, 0.040026, 0.104729, 0.277094, 0.281457, 0.285847, 0.809988, 0.186507, 0.184762,
        0.048550, 0.000004,
      ]),
    Row(
      name: "DeepSpeed WarmupDecayLR, linear",
      text: """
        {"scheduler": {"type": "WarmupDecayLR", "params": {"warmup_max_lr": 1,
         "warmup_num_steps": 100, "warmup_type": "linear", "total_num_steps": 1000}}}
        """,
      rates: [0, 0, 0.01, 0.02, 0.002222], updates: [0, 1, 2, 3, 999]),
  ]

  @Test(arguments: rows)
  func ratesEqualTheFrameworks(_ row: Row) throws {
    let facts = TrainingFacts(totalSteps: row.total)
    let schedule = try ScheduleImporter(facts: facts).schedule(from: row.text).schedule
    #expect(row.rates.count == row.updates.count)
    for (update, rate) in zip(row.updates, row.rates) {
      // Printed with six decimals.
      expectClose(
        schedule.learningRate(at: update), rate, tolerance: 1e-6, scale: 1, "update \(update)")
    }
  }

  /// ln(j + 1) / ln(W), one update late; executed in DeepSpeed edaa7221.
  @Test func deepSpeedsUsualWarmupIsLogarithmic() throws {
    let text = """
      {"scheduler": {"type": "WarmupLR", "params": {"warmup_max_lr": 1, "warmup_num_steps": 100}}}
      """
    let imported = try ScheduleImporter().schedule(from: text)
    #expect(imported.notes.contains { $0.contains("'log'") })
    let rates = [0, 0, 0.1505, 0.5207, 0.8538, 1, 1]
    for (update, rate) in zip([0, 1, 2, 11, 51, 100, 101], rates) {
      expectClose(
        imported.schedule.learningRate(at: update), rate, tolerance: 5e-5, scale: 1, "\(update)")
    }
  }

  /// The warm-up comes one update late, the cosine does not: 0.990, then 0.999997, and never 1.
  @Test func deepSpeedsCosineNeverReachesThePeak() throws {
    let text = """
      {"optimizer": {"params": {"lr": 1}}, "scheduler": {"type": "WarmupCosineLR", "params":
       {"warmup_num_steps": 100, "warmup_type": "linear", "total_num_steps": 1000}}}
      """
    let schedule = try ScheduleImporter().schedule(from: text).schedule
    expectClose(schedule.learningRate(at: 100), 0.99, tolerance: 1e-12)
    expectClose(schedule.learningRate(at: 101), 0.999997, tolerance: 1e-6)
    #expect((0..<1000).allSatisfy { schedule.learningRate(at: $0) < 1 })
  }
}
