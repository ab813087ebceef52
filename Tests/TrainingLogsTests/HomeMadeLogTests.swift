import Testing

@testable import TrainingLogs

/// Logs of home-made loops and of the examples of frameworks, read by the rule for any line.
struct HomeMadeLogTests {
  private static func read(_ lines: [String]) throws -> LogReading {
    try LogReader.read(
      bytes: Array((lines.joined(separator: "\n") + "\n").utf8), file: "train.log")
  }

  @Test(
    arguments: [
      // pytorch/examples mnist, imagenet; timm; Swin Transformer.
      "Train Epoch: {e} [{i}/600 (1%)]\tLoss: {y}",
      "Epoch: [{e}][  {i}/600]\tTime  0.5 ( 0.5)\tLoss {y} ({y})\tAcc@1   0.00 (  0.14)",
      "Train: {e} [   {i}/600 (  0%)]  Loss: {y} ({y})  Time: 0.1s, 2089.02/s  LR: 1.0e-06",
      "[2026-01-01 10:00:01 net] (main.py 20): INFO Train: [{e}/9][{i}/600]\teta 0:12:01 loss {y} ({y})",
    ])
  func placesWithinEpochsAreSteps(layout: String) throws {
    let values = [("1", "10", "9.5"), ("1", "20", "8.5"), ("2", "10", "7.5"), ("2", "20", "6.5")]
    let reading = try Self.read(
      values.map { epoch, place, loss in
        layout.replacing("{e}", with: epoch).replacing("{i}", with: place)
          .replacing("{y}", with: loss)
      })
    #expect(reading.format == "key-value")
    let run = try #require(reading.entries.first?.run)
    #expect(reading.entries.first?.summaries.first { $0.role == .trainLoss }?.count == 4)
    #expect(run.loss == [9.5, 8.5, 7.5, 6.5])
    #expect(run.steps == [10, 20, 610, 620])
  }

  @Test func lossOfHeldOutDataWithoutAStep() throws {
    let reading = try Self.read([
      "step 5 loss 4.5", "step 10 loss 4.0", "Validation loss: 4.25", "step 15 loss 3.5",
    ])
    let series = try #require(reading.entries.first?.summaries.first { $0.role == .validationLoss })
    #expect(series.count == 1)
    #expect(series.first?.step == 10)
    #expect(series.first?.value == 4.25)
  }

  @Test func meansOfEpochsAreAnotherSeries() throws {
    let reading = try Self.read([
      "step 5 loss 4.5", "step 10 loss 4.0", "epoch 1 loss 4.25", "step 15 loss 3.5",
    ])
    let series = try #require(reading.entries.first?.summaries.first { $0.name == "loss" })
    #expect(series.count == 3)
  }

  /// Two lines as of another framework do not make the log one of it.
  @Test func fewLinesOfAFormatDoNotDecide() throws {
    var lines = (0..<2).map { "iter \($0): loss 9.5, time 229.60ms, mfu 10.00%" }
    lines += (1...10).map { "step=\($0 * 10) train_loss=\(9.0 - Double($0) / 4) lr=1e-3" }
    let reading = try Self.read(lines)
    #expect(reading.format == "key-value")
    #expect(reading.entries.first?.summaries.first { $0.name == "train_loss" }?.count == 10)
  }

  /// The engine of DeepSpeed prints steps and rates, the user's loop the losses.
  @Test func lossesBesideTheLinesOfAnEngine() throws {
    let engine = { (step: Int) in
      "[2026-01-01 10:00:00,449] [INFO] [logging.py:96:log_dist] [Rank 0] step=\(step), skipped=0, "
        + "lr=[1e-05, 1e-05], mom=[(0.9, 0.95), (0.9, 0.95)]"
    }
    let whole = try Self.read(
      (1...6).flatMap { [engine($0 * 10), "step: \($0 * 10) loss: \(5.0 - Double($0) / 2)"] })
    #expect(whole.entries.first?.summaries.first { $0.name == "loss" }?.count == 6)
    #expect(whole.entries.first?.summaries.first { $0.name == "loss" }?.first?.step == 10)
    let lone = try Self.read(
      (1...6).flatMap { [engine($0 * 10), "loss: \(5.0 - Double($0) / 2)"] })
    #expect(lone.format == "deepspeed")
    #expect(lone.entries.first?.run.steps == [10, 20, 30, 40, 50, 60])
    #expect(lone.entries.first?.summaries.first { $0.name == "loss" }?.role == .trainLoss)
  }

  /// The Trainer of transformers averages over `logging_steps` updates.
  @Test func trainerLogsMeans() throws {
    let reading = try Self.read([
      "{'loss': 2.5, 'learning_rate': 1e-05, 'epoch': 0.5}",
      "{'loss': 2.25, 'learning_rate': 0.0, 'epoch': 1.0}",
    ])
    #expect(reading.entries.first?.run.lossIsWindowMean == true)
  }
}
