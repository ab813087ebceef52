import TestSupport
import Testing

@testable import TrainingLogs

/// Logs of dictionaries, blocks, tables and their own syntax: the samples under `fixtures/logs`, whose
/// losses are 2 + 3 (step + 1)^-0.4.
struct BlockLogTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var path: String
    var format: String
    var series: String
    var role: SeriesRole
    var count: Int
    var first: (step: Double, value: Double)
    var last: (step: Double, value: Double)
    var testDescription: String { "\(path): \(series)" }
  }

  static let samples: [Sample] = [
    Sample(
      path: "huggingface/trainer.out", format: "huggingface", series: "loss", role: .trainLoss,
      count: 16, first: (0.12, 3.9332), last: (2, 2.7408)),
    Sample(
      path: "huggingface/trainer.out", format: "huggingface", series: "eval_loss",
      role: .validationLoss, count: 2, first: (1, 3.015921), last: (2, 2.790825)),
    Sample(
      path: "huggingface/ms-swift.out", format: "huggingface", series: "loss", role: .trainLoss,
      count: 9, first: (1, 3.912), last: (40, 2.679)),
    Sample(
      path: "olmo/train.log", format: "olmo", series: "train/CrossEntropyLoss", role: .trainLoss,
      count: 9, first: (10, 3.15), last: (90, 2.494)),
    Sample(
      path: "olmo/train.log", format: "olmo", series: "throughput/total_tokens", role: .tokens,
      count: 9, first: (10, 20_971_520), last: (90, 188_743_680)),
    Sample(
      path: "olmo/train.log", format: "olmo",
      series: "eval/all-small-ppl-validation/c4_en/CrossEntropyLoss", role: .validationLoss,
      count: 1, first: (50, 2.722), last: (50, 2.722)),
    Sample(
      path: "olmo/core.log", format: "olmo", series: "train/CE loss", role: .trainLoss, count: 7,
      first: (100, 2.474), last: (700, 2.218)),
    Sample(
      path: "olmo/core.log", format: "olmo", series: "optim/LR (group 0)", role: .learningRate,
      count: 7, first: (100, 1.429e-5), last: (700, 1e-4)),
    Sample(
      path: "composer/console.log", format: "composer", series: "loss/train/total",
      role: .trainLoss, count: 8, first: (10, 3.1496), last: (80, 2.5173)),
    Sample(
      path: "composer/console.log", format: "composer",
      series: "metrics/eval/LanguageCrossEntropy", role: .validationLoss, count: 2,
      first: (40, 2.7292), last: (80, 2.5673)),
    Sample(
      path: "composer/console.log", format: "composer", series: "lr-DecoupledAdamW/group0",
      role: .learningRate, count: 8, first: (10, 3.75e-5), last: (80, 3e-4)),
    Sample(
      path: "composer/epochs.log", format: "composer", series: "loss/train/total",
      role: .trainLoss, count: 6, first: (2, 3.9332), last: (12, 3.0753)),
    Sample(
      path: "baselines/log.txt", format: "baselines", series: "loss", role: .trainLoss, count: 6,
      first: (0, 5), last: (50, 2.62)),
    Sample(
      path: "baselines/sb3.txt", format: "baselines", series: "train/loss", role: .trainLoss,
      count: 4, first: (2048, 1), last: (8192, 0.25)),
    Sample(
      path: "fairseq/hydra_train.log", format: "fairseq", series: "loss", role: .trainLoss,
      count: 9, first: (100, 3.569), last: (900, 3.17)),
    Sample(
      path: "fairseq/hydra_train.log", format: "fairseq", series: "valid_loss",
      role: .validationLoss, count: 1, first: (500, 3.345), last: (500, 3.345)),
    Sample(
      path: "fairseq/train.log", format: "fairseq", series: "nll_loss", role: .trainLoss,
      count: 9, first: (100, 3.569), last: (900, 3.17)),
    Sample(
      path: "fairseq/train.log", format: "fairseq", series: "valid_nll_loss",
      role: .validationLoss, count: 1, first: (1000, 3.27), last: (1000, 3.27)),
    Sample(
      path: "marian/train.log", format: "marian", series: "Cost", role: .trainLoss, count: 10,
      first: (500, 2.24956643), last: (5000, 2.09942567)),
    Sample(
      path: "marian/train.log", format: "marian", series: "valid ce-mean-words",
      role: .validationLoss, count: 5, first: (1000, 2.18921), last: (5000, 2.09943)),
    Sample(
      path: "marian/train.log", format: "marian", series: "after", role: .tokens, count: 10,
      first: (500, 1_226_500), last: (5000, 12_265_000)),
    Sample(
      path: "mlperf/result.txt", format: "mlperf", series: "train_loss", role: .trainLoss,
      count: 11, first: (80, 2.5172818579717866), last: (880, 2.199127339542441)),
    Sample(
      path: "mlperf/result.txt", format: "mlperf", series: "eval_accuracy",
      role: .validationLoss, count: 5, first: (160, 2.4929985104491927),
      last: (800, 2.306856059948883)),
    Sample(
      path: "dllogger/nvlog.txt", format: "dllogger", series: "train_loss", role: .trainLoss,
      count: 12, first: (1, 4.27357), last: (4, 3.07534)),
    Sample(
      path: "mmengine/train.log", format: "mmengine", series: "loss", role: .trainLoss, count: 9,
      first: (20, 2.8876), last: (180, 2.375)),
    Sample(
      path: "mmengine/iterations.log", format: "mmengine", series: "loss", role: .trainLoss,
      count: 9, first: (50, 2.6224), last: (450, 2.2603)),
    Sample(
      path: "paddle/train.log", format: "paddle", series: "loss", role: .trainLoss, count: 36,
      first: (10, 3.1496), last: (360, 2.2845)),
    Sample(
      path: "paddle/train.log", format: "paddle", series: "Eval loss", role: .validationLoss,
      count: 3, first: (120, 2.5256), last: (360, 2.3695)),
    Sample(
      path: "paddle/trainer.log", format: "paddle", series: "loss", role: .trainLoss, count: 8,
      first: (10, 3.14964613), last: (80, 2.51728186)),
    Sample(
      path: "deepspeed/training.log", format: "deepspeed", series: "lr", role: .learningRate,
      count: 16, first: (10, 9.375000000000001e-6), last: (160, 0)),
    Sample(
      path: "lightning-bar/nemo.log", format: "lightning-bar", series: "reduced_train_loss",
      role: .trainLoss, count: 22, first: (9, 3.15), last: (199, 2.36)),
    Sample(
      path: "lightning-bar/nemo.log", format: "lightning-bar", series: "val_loss",
      role: .validationLoss, count: 2, first: (99, 2.574), last: (199, 2.46)),
    Sample(
      path: "lightning-bar/lightning.log", format: "lightning-bar", series: "train_loss_step",
      role: .trainLoss, count: 8, first: (25, 2.815), last: (200, 2.36)),
    Sample(
      path: "lightning-bar/nemo-lines.log", format: "lightning-bar",
      series: "reduced_train_loss", role: .trainLoss, count: 6, first: (0, 5), last: (50, 2.62)),
    Sample(
      path: "keras/fit.log", format: "keras", series: "val_loss", role: .validationLoss,
      count: 10, first: (1, 4.3736), last: (10, 3.2496)),
    Sample(
      path: "keras/keras3.log", format: "keras", series: "loss", role: .trainLoss, count: 5,
      first: (1, 4.2736), last: (5, 3.4651)),
    Sample(
      path: "keras/verbose2.log", format: "keras", series: "loss", role: .trainLoss, count: 4,
      first: (1, 4.2736), last: (4, 3.5759)),
  ]

  @Test(arguments: samples)
  func sampleIsRead(_ sample: Sample) throws {
    let reading = try LogReader.read(Fixtures.path("logs/\(sample.path)"))
    #expect(reading.format == sample.format)
    let summaries = reading.entries.flatMap(\.summaries)
    let found = try #require(
      summaries.first { $0.name == sample.series }, "the series are \(summaries.map(\.name))")
    #expect(found.role == sample.role)
    #expect(found.count == sample.count)
    #expect(found.first == .init(step: sample.first.step, value: sample.first.value))
    #expect(found.last == .init(step: sample.last.step, value: sample.last.value))
  }

  /// A trainer's dictionaries have an epoch only; the bar beside them counts updates.
  @Test func progressBarTellsTheSteps() throws {
    let run = try #require(
      LogReader.read(Fixtures.path("logs/huggingface/trainer.out")).entries.first?.run)
    #expect(run.steps == (1...16).map { Double(2 * $0) })
    #expect(run.series.contains { $0.name == "eval_loss" && $0.values[7] == 3.015921 })
    #expect(!run.series.contains { $0.name == "train_loss" })
  }

  /// Evaluations of DeepSpeed's example print no step; they stand at the engine's last one.
  @Test func evaluationStandsAtTheLastStep() throws {
    let run = try #require(
      LogReader.read(Fixtures.path("logs/deepspeed/training.log")).entries.first?.run)
    let places = zip(run.steps, run.loss).filter { $0.1.isFinite }.map(\.0)
    #expect(places == [0, 40, 80, 120, 160])
    // exp of 2 + 3 * 41^-0.4 was printed with six decimals.
    #expect(abs(run.loss[4] - (2 + 3 * 0.22640)) < 1e-4)
  }

  /// Perplexities prove that fairseq's losses are in bits: the run's are nats, 2 + 3 * 101^-0.4.
  @Test(arguments: ["hydra_train.log", "train.log"])
  func binaryLogarithmsBecomeNats(_ name: String) throws {
    let run = try #require(
      LogReader.read(Fixtures.path("logs/fairseq/\(name)")).entries.first?.run)
    let series = try #require(run.series.first { $0.name == "nll_loss" || $0.name == "loss" })
    let likelihood = run.series.first { $0.name == "nll_loss" } ?? series
    #expect(abs(likelihood.values[0] - 2.47356) < 1e-3)
  }

  /// Without perplexities nothing is known of the unit.
  @Test func unprovedLogarithmsAreUnknown() throws {
    let text = (1...9).map {
      "[..][train_inner][INFO] - {\"epoch\": 1, \"loss\": \"5.\($0)\", \"num_updates\": \"\($0)\"}\n"
    }.joined()
    let reading = try LogReader.read(bytes: Array(text.utf8), file: "a.log")
    #expect(reading.issues.contains { $0.code == .unitUnknown })
    #expect(reading.entries.first?.run.loss.first == 5.1)
  }

  /// Evaluations of DLLogger stand at the epoch's end, steps count since the start.
  @Test func epochsOfDLLoggerFollowEachOther() throws {
    let run = try #require(
      LogReader.read(Fixtures.path("logs/dllogger/nvlog.txt")).entries.first?.run)
    #expect(run.steps == (1...12).map { Double($0) })
    let validation = try #require(run.series.first { $0.name == "val_loss" })
    #expect(validation.values[3] == 3.67592)
  }

  @Test(arguments: ["huggingface/dpo.out", "deepspeed/rlhf.log", "baselines/sb3.txt"])
  func lossesOfReinforcementAreNamed(_ path: String) throws {
    let reading = try LogReader.read(Fixtures.path("logs/\(path)"))
    #expect(reading.issues.contains { $0.code == .lossNotForFitting })
  }

  /// Several dictionaries on one line, with what other programs print around them.
  @Test func dictionariesShareALine() throws {
    let text = """
      x {'loss': 3.5, 'epoch': 0.1}{'loss': nan, 'epoch': 0.2} 5%|x | 3/9 [00:01<..]{'loss': 2.5, \
      'epoch': 0.3}
      {'loss': np.float64(2.25), 'note': 'a } b', 'list': [1, {'c': 2}], 'epoch': 0.4}
      {'train_runtime': 3.0, 'train_loss': 9.0, 'epoch': 0.4}
      {'loss': 1.5, 'epoch': 0.5

      """
    let reading = try LogReader.read(bytes: Array(text.utf8), file: "a.log")
    let loss = try #require(reading.entries.first?.summaries.first { $0.name == "loss" })
    #expect(loss.count == 4)
    #expect(loss.nonFinite == 1)
    #expect(loss.last == .init(step: 0.4, value: 2.25))
  }

  /// Ten epochs of 614 steps, of which every tenth and the last are printed: one by one counted in the file
  /// there are 616 lines of training, and 89 of evaluations in ten passes.
  @Test(.enabled(if: Fixtures.shared("logs/paddle-text") != nil, "shared/logs is not there"))
  func paddleEpochsFollowEachOther() throws {
    let path = try #require(
      Fixtures.shared("logs/paddle-text/jm12138+Paddle-CheXNet__train.log"))
    let summaries = try #require(LogReader.read(path).entries.first?.summaries)
    let loss = try #require(summaries.first { $0.name == "loss" })
    #expect(loss.count == 616)
    #expect(loss.first == .init(step: 10, value: 0.1637))
    #expect(loss.last == .init(step: 6140, value: 0.0853))
    #expect(loss.stepsBackwards == 0 && loss.duplicateSteps == 0)
    let validation = try #require(summaries.first { $0.name == "Eval loss" })
    #expect(validation.count == 10)
    #expect(validation.last?.step == 6140)
  }

  /// Lines made to be slow or deep are read in time and give nothing.
  @Test(arguments: [
    String(repeating: "{'", count: 200_000), "{'loss': " + String(repeating: "[", count: 400_000),
    "{'loss': '" + String(repeating: "x", count: 400_000),
    String(repeating: "{'a':1,", count: 60_000),
    "DLLL {\"step\": [" + String(repeating: "[", count: 400_000),
    ":::MLLOG {" + String(repeating: "\"k\":", count: 100_000),
    "Ep. 1 : Up. 5 : Sen. " + String(repeating: " : ", count: 100_000),
    "Epoch 0: 1%|" + String(repeating: "| 1/2 [", count: 60_000),
    String(repeating: "----------\n| a | 1 |\n", count: 10_000),
    "[step=1e308/9e999,epoch=0]\n    train/loss=" + String(repeating: "9", count: 100_000),
    "Epoch 1/2\n5/5 - loss: " + String(repeating: " - ", count: 100_000),
    "epoch 001: " + String(repeating: "1 / 2 loss=", count: 50_000),
  ])
  func hostileLinesEnd(_ text: String) {
    _ = try? LogReader.read(bytes: Array((text + "\n" + text).utf8), file: "a.log")
  }
}
