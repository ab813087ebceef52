import Foundation
import TestSupport
import Testing
import TrainingConfigurations

/// Texts that no reader may fall over: each is refused in words, or read.
@Suite struct HostileConfigurationTests {
  private func refusal(
    of text: String, format: ConfigurationFormat? = nil, facts: TrainingFacts = TrainingFacts()
  ) -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try ScheduleImporter(facts: facts).schedule(from: text, file: "f", format: format)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "", " \n\t\n", "\u{0}\u{1}\u{2}", "peak=", "[]", "{}", "null", "- a\n- b\n", "42", "{{{",
    "[a", "a: b: c", "--", "-", "--=", "= =", "step,lr\n", "step,lr\nx,y\n", "()", "f(", "a = (",
    "a = [1, 2", "'''", "\"", "$((", "${", "[x]\n[x]\n", "[a.b\n", "lr = ", "#", "{\"a\": 1e400}",
    "learning_rate: [1, 2]\nmax_steps: 10\n", "learning_rate: {a: 1}\nmax_steps: 10\n",
    "learning_rate: .nan\nmax_steps: 10\n", "learning_rate: inf\nmax_steps: 10\n",
    "learning_rate: 1e400\nmax_steps: 10\n", "learning_rate: -1\nmax_steps: 10\n",
    "learning_rate: 0\nmax_steps: 10\n", "learning_rate: 1\nmax_steps: 1e300\n",
    "learning_rate: 1\nmax_steps: 9223372036854775807\n",
    "learning_rate: 1\nmax_steps: 10\nwarmup_steps: -5\n",
    "learning_rate: 1\nmax_steps: 10\nwarmup_ratio: 7\n",
    "--lr $LR --train-iters 10", "--lr 1 --train-iters 0", "--lr 1 --train-samples 10",
    "--lr 1 --train-samples 10 --global-batch-size 0 --lr-decay-style linear",
    "--lr 1 --train-iters 10 --lr-warmup-iters 10", "--lr 1 --train-iters 10 --lr-warmup-iters 11",
    "--lr 1 --train-iters 10 --lr-decay-style cosin",
    "--lr 1 --train-iters 10 --lr-decay-style WSD",
    "-l 1 -u 3 -k wsd -x 1e30", "-l nan -u 3 -x 9", "join_schedules([], [])",
    "join_schedules([constant_schedule(1)], [3])", "constant_schedule()", "constant_schedule(1, 2)",
    "constant_schedule(x)", "constant_schedule(-1)", "linear_schedule(0, 1, -3)",
    "cosine_decay_schedule(1, 0)", "cosine_decay_schedule(1, 1e300)",
    "exponential_decay(1, 10, 0.5)", "exponential_decay(1, 0, 0.5)", "exponential_decay(1, 10, 2)",
    "OneCycleLR(o, max_lr=1)", "OneCycleLR(o, max_lr=1, total_steps=1)",
    "OneCycleLR(o, max_lr=1, total_steps=1e300)", "CosineAnnealingLR(o, T_max=10)",
    "StepLR(AdamW(p, lr=1), step_size=0)", "optimizer:\n  lr: 1\nscheduler:\n  name: x\n",
    "scheduler: {type: WarmupLR, params: {warmup_max_lr: auto}}",
    "scheduler: {type: WarmupLR, params: {warmup_max_lr: 1, warmup_num_steps: 1e300}}",
    "scheduler: {type: OneCycle, params: {cycle_max_lr: 1, cycle_min_lr: 0.1, "
      + "cycle_first_step_size: 16000, cycle_first_stair_count: 8000}}",
    "lr_scheduler_type: reduce_lr_on_plateau\nlearning_rate: 1\nmax_steps: 10\n",
    "step,lr\n0,0\n1,0\n", "step,lr\n0,1\n0,2\n", "step,lr\n5,1\n3,1\n", "step,lr\n-1,1\n0,1\n",
    "step,lr\n0,-1\n1,1\n", "step,lr\n0,nan\n1,1\n", "step,lr\n0.5,1\n1,1\n", "1e300,1\n2e300,1\n",
  ])
  func isRefusedInWords(_ text: String) throws {
    let error = try #require(refusal(of: text), "\(text)")
    #expect(!error.message.isEmpty)
    #expect(error.description.hasPrefix("f"))
  }

  /// Nothing of this may trap or hang, whatever format it is taken for.
  @Test func everyFormatRefusesJunk() throws {
    let seed: UInt64 = 20_240_817
    var random = SeededGenerator(seed: seed)
    let words = [
      "peak=", "lr", "-l", "--lr", "=", ":", ",", "\n", " ", "(", ")", "[", "]", "{", "}", "1e400",
      "-1", "0", "NaN", "\"", "'", "$X", "${", "$((", "))", "&a", "*a", "<<", "- ", "scheduler:",
      "optimizer:", "constant_schedule(", "join_schedules(", "#", "\\", "\u{FEFF}", "é", "\t",
      "9999999999999999999", "step,lr", "linear_schedule(1,0,5)", "%", "**",
    ]
    for _ in 0..<400 {
      let count = Int.random(in: 1...25, using: &random)
      let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
      for format in [nil] + ConfigurationFormat.allCases.map(Optional.some) {
        let error = refusal(of: text, format: format, facts: TrainingFacts(totalSteps: 100))
        if let error { #expect(!error.message.isEmpty, "seed \(seed): \(text)") }
      }
    }
  }

  @Test func aliasesOfAliasesStayBounded() throws {
    var text = "a0: &a0 [x, x, x, x]\n"
    for level in 1...30 {
      let before = "*a\(level - 1)"
      text += "a\(level): &a\(level) [\(before), \(before), \(before), \(before)]\n"
    }
    let error = try #require(refusal(of: text + "learning_rate: 1\n"))
    #expect(error.code == .unreadable)
    #expect(error.message.contains("aliases"))
  }

  @Test func deepNestingIsRefused() throws {
    let depths = [200, 20_000]
    for depth in depths {
      let open = String(repeating: "[", count: depth)
      let close = String(repeating: "]", count: depth)
      for text in [
        "a: \(open)\(close)", "{\"a\": \(open)\(close)}",
        String(repeating: "- ", count: depth) + "a",
        "a = \(open)\(close)", "[t]\na = \(open)\(close)", open,
        "constant_schedule(" + String(repeating: "-", count: depth) + "1)",
        String(repeating: "join_schedules([", count: depth),
      ] {
        #expect(refusal(of: text) != nil, "depth \(depth) of \(text.prefix(20))")
      }
    }
  }

  @Test func aHugeTextIsRefused() throws {
    let error = try #require(refusal(of: String(repeating: "a: 1\n", count: 300_000)))
    #expect(error.message.contains("larger than 1 MB"))
  }

  @Test func binaryJunkIsRefused() throws {
    let seed: UInt64 = 99
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let bytes = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(refusal(of: text) != nil, "seed \(seed)")
    }
  }

  @Test(arguments: [
    TrainingFacts(totalSteps: 0), TrainingFacts(totalSteps: -1), TrainingFacts(batchSize: .nan),
    TrainingFacts(tokensPerBatch: 0), TrainingFacts(stepsPerEpoch: .infinity),
  ])
  func impossibleFactsAreRefused(_ facts: TrainingFacts) throws {
    let error = try #require(refusal(of: "learning_rate: 1\nmax_steps: 9\n", facts: facts))
    #expect(error.code == .invalid)
  }

  @Test func errorsNameFileLineAndSetting() throws {
    let yaml = "max_steps: 10\n\nlearning_rate: fast\n"
    #expect(refusal(of: yaml)?.description == "f:3: learning_rate: 'fast' is not a number")
    let shell = "X=1\n--train-iters 10 \\\n--lr big"
    #expect(refusal(of: shell)?.line == 3)
    let code = "import optax\n\ns = constant_schedule(rate)"
    #expect(refusal(of: code)?.line == 3)
    #expect(refusal(of: "[a]\nb = \n")?.line == 2)
    let unset = refusal(of: "--lr $LR --train-iters 10")
    #expect(unset?.message.contains("variable") == true)
    let auto = refusal(
      of: #"{"scheduler": {"type": "WarmupLR", "params": {"warmup_max_lr": "auto"}}}"#)
    #expect(auto?.message.contains("filled in") == true)
  }
}
