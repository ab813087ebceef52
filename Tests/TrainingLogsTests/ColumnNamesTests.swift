import Testing

@testable import TrainingLogs

/// Spellings met in real logs.
struct ColumnNamesTests {
  @Test(
    arguments: [
      "step", "Step", "global_step", "trainer/global_step", "train/global_step", "_step", "iter",
      "iteration", "current_steps", "num_updates", "Up.", "training_steps", "update", "batch",
      "global_batch", "globalStep", "time/total_timesteps", "epoch",
    ])
  func isAStep(name: String) {
    guard case .step = ColumnNames.meaning(of: name) else {
      Issue.record("\(name) is no step")
      return
    }
  }

  @Test func prefersAnUpdateCounter() {
    let names = ["epoch", "_step", "iter", "global_step"]
    let ranks = names.map { name in
      if case .step(let rank) = ColumnNames.meaning(of: name) { rank } else { Int.max }
    }
    #expect(ranks == ranks.sorted(by: >))
    #expect(Set(ranks).count == names.count)
  }

  @Test(
    arguments: [
      (
        SeriesRole.trainLoss,
        [
          "loss", "Loss", "train_loss", "train/loss", "training_loss", "lm loss", "lm_loss",
          "train/CrossEntropyLoss", "trl", "train_loss_step", "train_loss_epoch", "Cost",
          "Train loss", "loss_metrics/global_avg_loss", "my - run - lm_loss", "train/ctc_loss",
          "Loss/train", "trainLoss", "loss/train/total", "train_nll",
        ]
      ),
      (
        SeriesRole.validationLoss,
        [
          "val_loss", "eval_loss", "validation loss", "eval/loss", "val/loss", "tel",
          "valid_loss", "test/loss", "lm loss value", "eval_wikitext_loss", "Validation bpb",
          "Loss/val", "validation/ctc_loss", "valLoss", "run 3 - val/loss",
        ]
      ),
      (
        SeriesRole.learningRate,
        [
          "lr", "LR", "learning_rate", "learning rate", "lrate", "lr/pg0",
          "optim/learning_rate_group0", "L.r.", "lr-AdamW", "lr-AdamW/pg1", "train/learning_rate",
          "learningRate",
        ]
      ),
      (
        SeriesRole.tokens,
        [
          "tokens", "total_tokens", "training_tokens", "consumed tokens", "consumed_tokens",
          "num_input_tokens_seen", "throughput/total_tokens", "Trained Tokens",
        ]
      ),
      (
        SeriesRole.gradientNorm,
        ["grad_norm", "train/grad_norm", "grad norm", "gNorm", "gradient_norm", "norm"]
      ),
    ])
  func hasRole(role: SeriesRole, names: [String]) {
    for name in names {
      guard case .series(role, _, _) = ColumnNames.meaning(of: name) else {
        Issue.record("\(name) is \(ColumnNames.meaning(of: name)), not \(role)")
        continue
      }
    }
  }

  @Test(
    arguments: [
      "loss scale", "loss_scale", "initial_loss_scale", "lm_loss_scale", "aux_loss",
      "train/aux_loss", "logits_loss", "loss_q0", "lm_loss__MIN", "lm_loss__MAX", "box_loss",
      "best_val_loss", "learning_rate_0.005", "learning_rate_0.1", "min_lr", "lr_decay_iters",
      "tokens_per_sec", "tokens_per_step", "accuracy", "val_accuracy", "", " ", "/", " - ", "time",
      "lossy", "loss_std", "grad_norm_loss",
    ])
  func isNothingOfInterest(name: String) {
    #expect(ColumnNames.meaning(of: name) == .other)
  }

  @Test(
    arguments: [
      (["train/ctc_loss", "loss", "train_loss_epoch"], "loss"),
      (["train_loss_epoch", "train_loss_step"], "train_loss_step"),
      (["loss", "test_loss", "val_loss"], "val_loss"),
      (["val_loss_step", "val_loss_epoch"], "val_loss_epoch"),
      (["lm_loss", "loss"], "lm_loss"),
    ])
  func fittedLossFollowsThePreference(names: [String], expected: String) throws {
    let rows = (1...9).map { step in
      "\(step)," + names.map { _ in "2.5" }.joined(separator: ",")
    }
    let text = (["step," + names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    let reading = try LogReader.read(bytes: Array(text.utf8), file: "a.csv")
    #expect(reading.entries.first?.run.lossName == expected)
  }
}
