import TestSupport
import Testing

@testable import TrainingLogs

/// The samples of the formats of one line a record, and lines as the frameworks print them.
struct TextGrammarTests {
  /// What a reading says of a series: role, values, first step and value, last step and value.
  private static func summary(_ reading: LogReading, _ name: String) -> String? {
    guard let series = reading.entries.first?.summaries.first(where: { $0.name == name }),
      let first = series.first, let last = series.last
    else { return nil }
    func text(_ point: SeriesSummary.Point) -> String {
      "\(point.step) \(point.value.map { "\($0)" } ?? "nan")"
    }
    return "\(series.role) \(series.count): \(text(first)), \(text(last))"
  }

  @Test(
    arguments: [
      ("build-nanogpt-log/log.txt", "train", "trainLoss 11: 0.0 8.303301, 10.0 5.165064"),
      ("build-nanogpt-log/log.txt", "val", "validationLoss 3: 0.0 8.4033, 10.0 5.2651"),
      ("build-nanogpt/stdout.txt", "validation loss", "validationLoss 3: 0.0 8.4033, 8.0 5.4717"),
      ("build-nanogpt/stdout.txt", "lr", "learningRate 9: 0.0 2.5e-05, 8.0 0.000225"),
      ("llm.c/main.log", "tel", "validationLoss 3: 0.0 10.9521, 10.0 5.561335"),
      ("llm.c/main.log", "trl", "trainLoss 11: 0.0 8.503301, 10.0 5.365064"),
      ("llm.c/main.log", "eval", "other 1: 0.0 0.2415, 0.0 0.2415"),
      ("modded-nanogpt/run.txt", "val_loss", "validationLoss 4: 0.0 8.5533, 15.0 5.069"),
      ("nanochat/run.log", "loss", "trainLoss 12: 0.0 10.303301, 4.0 8.161862"),
      ("nanochat/run.log", "Validation bpb", "validationLoss 2: 0.0 3.2014, 12.0 2.9041"),
      ("nanochat/run.log", "lrm", "other 12: 0.0 0.25, 4.0 1.0"),
      ("torchtitan/train.log", "loss", "trainLoss 6: 1.0 8.3301, 100.0 4.7426"),
      ("torchtitan/train.log", "validate loss", "validationLoss 1: 60.0 5.0025, 60.0 5.0025"),
      ("megatron/train.log", "lm loss", "trainLoss 5: 40.0 3.357275, 120.0 2.879018"),
      ("megatron/train.log", "learning rate", "learningRate 6: 20.0 0.00015, 120.0 0.0003"),
      ("megatron/train.log", "lm loss value", "validationLoss 2: 60.0 3.202501, 120.0 2.929018"),
      ("gpt-neox/stdout.txt", "lm_loss", "trainLoss 6: 20.0 6.799005, 120.0 5.879018"),
      ("gpt-neox/stdout.txt", "lm_loss value", "validationLoss 2: 60.0 6.202501, 120.0 5.929018"),
      ("nanotron/train.log", "consumed_tokens", "tokens 7: 1.0 262000.0, 7.0 1840000.0"),
      ("nanotron/train.log", "lm_loss", "trainLoss 7: 1.0 10.3, 7.0 8.5"),
      ("maxtext/stderr.txt", "loss", "trainLoss 7: 0.0 9.303, 6.0 6.652"),
      ("maxtext/stderr.txt", "lm_loss", "other 7: 0.0 9.203, 6.0 6.552"),
      ("mlx-lm/lora.log", "Train loss", "trainLoss 8: 5.0 2.712, 40.0 1.817"),
      ("mlx-lm/lora.log", "Trained Tokens", "tokens 8: 5.0 430.0, 40.0 3440.0"),
      ("mlx-lm/table.log", "train_loss", "trainLoss 8: 5.0 2.712, 40.0 1.817"),
      ("mlx-lm/table.log", "val", "validationLoss 3: 1.0 2.91, 40.0 1.867"),
      ("litgpt/stdout.txt", "val loss", "validationLoss 2: 6.0 3.5142, 12.0 3.169"),
      ("minimind/pretrain.log", "loss", "trainLoss 10: 0.0 7.8033, 40.0 3.2819"),
      ("key-value/pipes.log", "loss", "trainLoss 9: 0.0 8.3033, 80.0 3.8282"),
      ("key-value/info.log", "loss", "trainLoss 12: 0.0 6.303301, 55.0 1.993399"),
    ])
  func samplesAreRead(path: String, series: String, expected: String) throws {
    let reading = try LogReader.read(Fixtures.path("logs/\(path)"))
    #expect(reading.format == String(path.split(separator: "/")[0]))
    #expect(Self.summary(reading, series) == expected)
  }

  private static func read(_ lines: [String]) throws -> LogReading {
    try LogReader.read(bytes: Array((lines.joined(separator: "\n") + "\n").utf8), file: "a.log")
  }

  @Test func bitsAndNatsOfOneLogAreTwoColumns() throws {
    let reading = try Self.read([
      "step 0: train loss 4.1, val loss 4.2", "iter 0: loss 6.1551 BPC, time 229.60ms, mfu 1.00%",
      "iter 1: loss 6.0551 BPC, time 229.60ms, mfu 1.00%", "iter 2: loss 4.05, time 229.60ms",
    ])
    let names = reading.entries.first?.summaries.map(\.name) ?? []
    #expect(reading.format == "nanogpt")
    #expect(names.contains("loss") && names.contains("loss nats"))
    #expect(Self.summary(reading, "loss") == "trainLoss 2: 0.0 6.1551, 1.0 6.0551")
  }

  @Test func epochsOfMiniMindAreOneRun() throws {
    let reading = try LogReader.read(Fixtures.path("logs/minimind/pretrain.log"))
    #expect(reading.entries.first?.run.steps == (0..<10).map { Double($0 * 10) })
  }

  @Test func everyRankOfTorchTitanIsHeard() throws {
    let lines = (1...4).flatMap { step in
      (0..<2).map {
        "[rank\($0)]:2026-01-05 - root - INFO - step: \(step)  loss:  9.\(step)  tps: 1"
      }
    }
    let reading = try Self.read(lines)
    #expect(reading.format == "torchtitan")
    #expect(reading.entries.first?.summaries.first { $0.name == "loss" }?.duplicateSteps == 4)
    #expect(reading.entries.first?.run.steps == [1, 2, 3, 4])
  }

  @Test func plainLossesOfEvaluationsAreHeldOut() throws {
    let reading = try Self.read(
      (1...9).flatMap { ["step \($0) loss 2.\($0)", "Eval | step \($0) | loss 3.\($0)"] })
    #expect(Self.summary(reading, "loss") == "trainLoss 9: 1.0 2.1, 9.0 2.9")
    #expect(Self.summary(reading, "Eval loss") == "validationLoss 9: 1.0 3.1, 9.0 3.9")
  }

  @Test func stepsOfEpochsGoOn() throws {
    let reading = try Self.read(
      (1...3).flatMap { epoch in
        (1...4).map { "Epoch [\(epoch)/3], Step [\($0)00/400], Loss: \(4 - epoch).\(9 - $0)" }
      })
    #expect(reading.entries.first?.run.steps == (1...12).map { Double($0 * 100) })
  }

  @Test func aLastLineWithoutAnEndCountsWhenItIsLikeOthers() throws {
    let lines = (0..<5).map { "s:\($0) trl:6.1\($0)0000" }
    let text = lines.joined(separator: "\n")
    let whole = try LogReader.read(bytes: Array(text.utf8), file: "main.log")
    #expect(whole.entries.first?.run.steps == [0, 1, 2, 3, 4])
    let cut = try LogReader.read(bytes: Array(text.dropLast().utf8), file: "main.log")
    #expect(cut.entries.first?.run.steps == [0, 1, 2, 3])
    #expect(cut.issues.map(\.code) == [.truncatedLine])
  }
}
