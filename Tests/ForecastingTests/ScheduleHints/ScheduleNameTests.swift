import Forecasting
import Schedules
import Testing
import TrainingLogs

/// What names of runs say of their schedules.
@Suite struct ScheduleNameTests {
  /// The forms that epfml's schedules-and-scaling and others write.
  @Test(arguments: [
    ("sp124M_wsd_linear0.2_lr0.001_25000", "peak=0.001,stable:20000,decay:5000"),
    (
      "run_lr0.001_sched_wsd_warmup300_decay_linear_0.1_iter25000",
      "peak=0.001,warmup:300,stable:22200,decay:2500"
    ),
    ("sl33M_const_lr0.001_10000", "peak=0.001,stable:10000"),
    ("gpt-cosine-lr3e-4-warmup_2000-steps50000", "peak=0.0003,warmup:2000,decay:48000:cosine"),
  ])
  func expressions(name: String, expected: String) throws {
    let text = try #require(ScheduleName(name).expression(lastStep: 7000)).text
    #expect(try Schedule(parsing: text).description == expected)
  }

  @Test(arguments: [
    "cosine_similarity_head_lr3", "llama-7b-warmup-run-constant-lr-2024", "constant_lr1.5_8B",
    "run", "", "lr", "wsd", "cosmos_17", "lr0", "lr99999999999999999999e999", "é_lr1e-3",
  ])
  func namesThatSayLittle(name: String) {
    #expect(ScheduleName(name).expression(lastStep: 100) == nil)
  }

  @Test(arguments: ["a_lr3", "llama-7b-warmup-run-lr-2024", "a_lr1.5", "a_lr20e-1"])
  func numbersThatAreNoRate(name: String) {
    #expect(ScheduleName(name).peak == nil)
  }

  @Test(arguments: [("a_lr3e-4", 3e-4), ("peak_lr=0.02_b", 0.02), ("x-lr-6.5e-4", 6.5e-4)])
  func rates(name: String, peak: Double) { #expect(ScheduleName(name).peak == peak) }

  @Test func hintsNeverCountAsLogged() {
    let steps = (1...100).map { 10 * Double($0) }
    let run = Run(
      name: "m_wsd_linear0.2_lr0.001_1000", file: "m.csv", steps: steps,
      series: [Series(name: "loss", role: .trainLoss, values: steps.map { 2 + 10 / $0 })],
      lossName: "loss")
    let hints = ScheduleHints(run: run)
    #expect(hints.schedule == "peak=0.001,stable:800,decay:200")
    #expect(hints.evidence.map(\.source) == [.name, .name])
    #expect(hints.evidence.map(\.confidence) == ["stated", "likely"])
    #expect(hints.evidence[1].statement.contains("no warm-up, an end at rate 0 assumed"))
  }
}
