import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// Python values that cannot be worked out: the name must not count as absent.
@Suite struct UnreadPythonTests {
  private func refusal(
    _ text: String, total: Int? = nil, format: ConfigurationFormat? = nil
  ) -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try ScheduleImporter(facts: TrainingFacts(totalSteps: total)).schedule(
        from: text, format: format)
      return nil
    } catch {
      return error
    }
  }

  private static let others = """
    max_iters = 5000
    lr_decay_iters = 5000
    warmup_iters = 100
    min_lr = 6e-5

    """

  @Test(arguments: [
    "learning_rate = 6e-4 * (12 if big else 6)", "learning_rate = 6e-4 if big else 3e-4",
    "learning_rate = rates[0]", "learning_rate = " + String(repeating: "(", count: 500) + "6e-4",
    "learning_rate = " + String(repeating: "-", count: 5000) + "6e-4",
    "learning_rate = lambda x: x", "learning_rate = 1e-4 or 2e-4", "learning_rate = not x",
    "learning_rate = base = 6e-4", "learning_rate, seed = 6e-4, 1", "learning_rate = 6e-4, 1",
    "learning_rate = 6e-4\nlearning_rate *= 2", "if big: learning_rate = 6e-4",
    "learning_rate = 6e-4; learning_rate = cfg.lr", "learning_rate: float = get(x)['lr']",
    "learning_rate = [x for x in y]", "learning_rate =", "learning_rate = f(lambda: 0, (",
  ])
  func anUnreadValueIsRefused(_ line: String) {
    for text in [Self.others + line, line + "\n" + Self.others] {
      let error = refusal(text, format: .nanoGPT)
      #expect(error?.key == "learning_rate", "\(line.prefix(60)): \(String(describing: error))")
      #expect((error?.message.count ?? 0) < 200)
    }
  }

  @Test func whatCanBeReadStillIs() throws {
    let text = """
      import torch
      learning_rate = 6e-4; max_iters = 5_000  # two statements
      lr_decay_iters: int = max_iters
      wandb_run = 'a' if x else 'b'
      config = {k: globals()[k] for k in keys}
      min_lr = learning_rate / 10
      warmup_iters = (100)
      """
    let read = try ScheduleImporter().schedule(from: text, format: .nanoGPT)
    #expect(
      read.schedule.description == "peak=0.0006,conv=nanogpt,warmup:100,decay:4900:cosine:to=0.1x")
    #expect(!read.notes.contains { $0.contains("own values") })
  }

  @Test func anUnreadArgumentLeavesTheOthers() throws {
    let text = """
      args = TrainingArguments(out[0], learning_rate=1, max_steps=10, seed=a if b else c, f=lambda: 0)
      """
    #expect(
      try ScheduleImporter().schedule(from: text).schedule.description == "peak=1,decay:10")
    #expect(
      refusal("args = TrainingArguments(learning_rate=1 if x else 2, max_steps=10)")?.key
        == "learning_rate")
    #expect(
      refusal(
        "args = TrainingArguments(learning_rate=1, max_steps=10, "
          + "lr_scheduler_kwargs=json.loads(text))")?.key == "lr_scheduler_kwargs")
  }

  // MARK: PyTorch

  private static let optimizers = """
    opt_a = AdamW([p for p in a], lr=3e-4)
    opt_b = torch.optim.AdamW(b.parameters(), 1e-3)
    opt_c = SGD(c.parameters(), lr=cfg.lr)
    opt_d = SGD(d.parameters(), lr=2e-3)

    """

  @Test(arguments: [("opt_a", 3e-4), ("opt_b", 1e-3), ("optimizer=opt_d", 2e-3)])
  func theSchedulersOwnOptimizerCounts(_ name: String, _ rate: Double) throws {
    let tail =
      name.contains("=") ? "LinearLR(total_iters=9, \(name))" : "LinearLR(\(name), 1, 1, 9)"
    let read = try ScheduleImporter().schedule(from: Self.optimizers + "s = \(tail)")
    #expect(read.schedule.peak == rate)
    #expect(read.notes.contains { $0.contains("scheduler.step()") })
  }

  @Test func anUnknownOptimizerAmongSeveralIsRefused() {
    let unnamed = refusal(Self.optimizers + "s = LinearLR(self.optimizer, total_iters=9)")
    #expect(unnamed?.message.contains("different rates") == true)
    let unread = refusal(Self.optimizers + "s = LinearLR(opt_c, total_iters=9)")
    #expect(unread?.message.contains("SGD()") == true)
    #expect(unread?.line == 3)
  }
}
