import Foundation
import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// GPT-NeoX's schedules beside their formulas, and readers of which one took another's settings.
@Suite struct GPTNeoXTests {
  /// GPT-NeoX, `megatron/learning_rates.py` after pull requests 1008 and 1379.
  private static func rate(
    _ style: String, peak: Double, floor: Double, warmup: Double, end: Double
  ) -> RateFormula {
    { t in
      let n = Double(t)
      if warmup > 0, n <= warmup { return peak * max(1, n) / warmup }
      let done = (n - warmup) / (end - warmup)
      let value =
        switch style {
        case "linear": peak * (1 - done)
        case "cosine": floor + (peak - floor) / 2 * (cos(.pi * done) + 1)
        case "exponential": peak * exp(-0.693 * done)
        default: peak
        }
      return max(value, floor)
    }
  }

  @Test(arguments: ["linear", "cosine", "exponential", "constant"], [0, 3e-5, 9e-5])
  func ratesAreThoseOfTheFormula(_ style: String, _ floor: Double) throws {
    // The decay ends before the training but for the cosine; the warm-up ends between two updates.
    let total = style == "cosine" ? 250 : 330
    let text = """
      {"train_iters": \(total), "lr_decay_iters": 250, "lr_decay_style": "\(style)",
       "warmup": 0.05, "min_lr": \(floor),
       "optimizer": {"type": "Adam", "params": {"lr": 1e-4, "betas": [0.9, 0.95]}},
       "zero_optimization": {"stage": 1}, "train_micro_batch_size_per_gpu": 4}
      """
    let read = try ScheduleImporter().schedule(from: text)
    #expect(read.format == .gptNeoX)
    #expect(read.schedule.totalSteps == total)
    let formula = Self.rate(style, peak: 1e-4, floor: floor, warmup: 12.5, end: 250)
    for update in 0..<total {
      let difference = read.schedule.learningRate(at: update) - formula(update)
      #expect(abs(difference) < 1e-16, "\(style), \(floor), update \(update)")
    }
  }

  @Test func absentSettingsAreNoted() throws {
    let read = try ScheduleImporter().schedule(
      from: "train_iters: 1000\noptimizer: {params: {lr: 1}}\nlr_decay_fraction: 0.5\n")
    #expect(read.format == .gptNeoX)
    let formula = Self.rate("linear", peak: 1, floor: 0, warmup: 5, end: 500)
    for update in 0..<1000 {
      #expect(abs(read.schedule.learningRate(at: update) - formula(update)) < 1e-12)
    }
    #expect(read.notes.contains { $0.contains("'linear'") })
    #expect(read.notes.contains { $0.contains("0.01") })
  }

  @Test(arguments: [
    ("lr_decay_style: WSD", "lr_decay_style"), ("warmup: 1e-4", "warmup"), ("warmup: 1", "warmup"),
    ("lr_decay_style: cosine\nlr_decay_iters: 900", "lr_decay_iters"), ("min_lr: 2", "min_lr"),
  ])
  func whatItCannotSayIsRefused(_ settings: String, _ key: String) {
    let text = "train_iters: 1000\noptimizer: {params: {lr: 1}}\n\(settings)\n"
    let error = #expect(throws: ConfigurationError.self) {
      try ScheduleImporter().schedule(from: text, format: .gptNeoX)
    }
    #expect(error?.key == key)
  }

  @Test func deepSpeedDoesNotTakeIt() throws {
    let text = "optimizer: {params: {lr: 1}}\nzero_optimization: {stage: 1}\n"
    let importer = ScheduleImporter(facts: TrainingFacts(totalSteps: 5))
    #expect(try importer.schedule(from: text).schedule.description == "peak=1,stable:5")
    let error = #expect(throws: ConfigurationError.self) {
      try importer.schedule(from: text + "lr_decay_style: cosine\n", format: .deepSpeed)
    }
    #expect(error?.key == "lr_decay_style")
  }

  /// DeepSpeed edaa7221, `lr_schedules.py`: the parameter's usual value is 0.001.
  @Test(arguments: ["WarmupLR", "WarmupDecayLR"])
  func deepSpeedTakesItsOwnPeak(_ type: String) throws {
    let text = """
      {"optimizer": {"params": {"lr": 3e-4}},
       "scheduler": {"type": "\(type)", "params": {"warmup_num_steps": 10, "total_num_steps": 50}}}
      """
    let read = try ScheduleImporter().schedule(from: text)
    #expect(read.schedule.peak == 1e-3)
    #expect(read.notes.contains { $0.contains("0.001") })
  }

  /// Composer 64051888, `_convert_time`: `int(...)` in the unit of `max_duration`.
  @Test(arguments: [
    ("max_duration: 4578ba", "0.06dur", "warmup:274,decay:4304:cosine:to=0.1"),
    ("max_duration: 3ep", "0.1dur", "warmup:30,decay:270:cosine:to=0.1"),
    ("max_duration: 3ep", "0.155ep", "warmup:15,decay:285:cosine:to=0.1"),
    ("max_duration: 1005sp", "0.1dur", "warmup:10,decay:91:cosine:to=0.1:of=90.5"),
  ])
  func composerCutsItsTimes(_ duration: String, _ warmup: String, _ phases: String) throws {
    for section in ["scheduler", "schedulers"] {
      let text = """
        \(duration)
        global_train_batch_size: 10
        optimizer: {name: decoupled_adamw, lr: 1}
        \(section): {name: cosine_with_warmup, t_warmup: \(warmup), alpha_f: 0.1}
        """
      let read = try ScheduleImporter(facts: TrainingFacts(stepsPerEpoch: 100)).schedule(
        from: text)
      #expect(read.format == .composer)
      #expect(read.schedule.description == "peak=1,\(phases)")
    }
  }

  @Test func olmosEarlyEndIsNoted() throws {
    let text = """
      optimizer: {learning_rate: 1}
      scheduler: {name: cosine_with_warmup, t_warmup: 10}
      max_duration: 100
      stop_at: 50
      """
    let read = try ScheduleImporter().schedule(from: text)
    #expect(read.schedule.totalSteps == 100)
    #expect(read.notes.contains { $0.contains("stop_at") })
  }
}
