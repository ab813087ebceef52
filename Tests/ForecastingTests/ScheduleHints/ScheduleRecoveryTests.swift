import Forecasting
import Foundation
import Schedules
import TestSupport
import Testing
import TrainingLogs

/// Schedules recovered from logs of real runs.
@Suite struct ScheduleRecoveryTests {
  /// The own runs and what their schedules are.
  ///
  /// By fixtures/runs/README.md the warm-up counts from 1 over 150 updates, and the row at step s has the rate of update s - 1. A constant rate leaves
  /// open which of two countings it is.
  static let ownRuns = [
    ("m_constant_6000_lr0.001_s0", "peak=0.001,warmup:150,stable:5850", 0),
    ("s_constant_6000_lr0.001_s0", "peak=0.001,warmup:150,stable:5850", 0),
    ("m_cosine_6000_lr0.001_s0", "peak=0.001,conv=llmc,warmup:150,decay:5850:cosine:to=0.1x", -1),
    ("s_cosine_3000_lr0.001_s0", "peak=0.001,conv=llmc,warmup:150,decay:2850:cosine:to=0.1x", -1),
    (
      "m_wsd20-linear_6000_lr0.001_s0", "peak=0.001,conv=llmc,warmup:150,stable:4650,decay:1200", -1
    ),
    (
      "s_wsd20-linear_6000_lr0.001_s0", "peak=0.001,conv=llmc,warmup:150,stable:4650,decay:1200", -1
    ),
    (
      "m_wsd20-1-sqrt_6000_lr0.001_s0",
      "peak=0.001,conv=llmc,warmup:150,stable:4650,decay:1200:1-sqrt", -1
    ),
    (
      "m_811_6000_lr0.001_s0",
      "peak=0.001,conv=llmc,warmup:150,stable:4650,stable:600:at=0.316228x,stable:600:at=0.1x", -1
    ),
    (
      "m_811_3000_lr0.001_s0",
      "peak=0.001,conv=llmc,warmup:150,stable:2250,stable:300:at=0.316228x,stable:300:at=0.1x", -1
    ),
    (
      "s_811_3000_lr0.001_s0",
      "peak=0.001,conv=llmc,warmup:150,stable:2250,stable:300:at=0.316228x,stable:300:at=0.1x", -1
    ),
    (
      "m_special-resumed_3000_lr0.002_s0", "peak=0.002,conv=llmc,warmup:150,stable:2250,decay:600",
      -1
    ),
    // A range test: geometric from step 151 on.
    (
      "m_special-diverged_2000_lr0.001_s0",
      "peak=39.07436,warmup:150:to=0.001,stable:1,decay:1699:exp:to=1x", 0
    ),
  ]

  @Test(arguments: ownRuns)
  func ownRun(name: String, expected: String, offset: Int) throws {
    let found = try Self.inference(of: Fixtures.path("runs/\(name).csv.gz"))
    #expect(found.isExact)
    #expect(found.schedule.description == expected)
    #expect(found.offset == offset)
  }

  static let publicCurves = Fixtures.shared("curves/runs.csv")

  /// Each public curve is exact, and its rates are those of its manifest's segments at every step
  /// from its first row to the segments' end or its last row.
  @Test(.enabled(if: publicCurves != nil, "needs ../shared/curves"))
  func publicCurvesAreRecovered() throws {
    let list = try #require(Self.publicCurves)
    let manifest = try Manifest.read(list)
    let folder = URL(fileURLWithPath: list).deletingLastPathComponent()
    var count = 0
    for entry in manifest.entries {
      let parts = entry.file.split(separator: "/").suffix(2)
      guard let family = parts.first,
        ["mpl25", "mpl100", "epfl_sp124", "epfl_scale"].contains(String(family))
      else { continue }
      let log = folder.appendingPathComponent(parts.joined(separator: "/")).path
      let run = try #require(try LogReader.read(log).entries.first).run
      let found = try Self.inference(of: log)
      #expect(found.isExact, "\(run.name): \(found.schedule), weak \(found.weakPhases)")
      let text = try #require(
        entry.metadata.first { $0.name == "segments" }?.value, "\(run.name)")
      let stated = try JSONDecoder().decode(SegmentedRate.self, from: Data(text.utf8))
      let (first, last) = (Int(run.steps[0]), Int(run.steps[run.steps.count - 1]))
      let end = min(last, stated.segments[stated.segments.count - 1].end)
      let (peak, path) = (found.schedule.peak, stated.path)
      let deviation = (first...end).map { step in
        abs(
          found.schedule.learningRate(at: max(0, step + found.offset))
            - path.learningRate(at: step))
      }.max()
      #expect(deviation ?? .infinity <= 1e-15 * peak, "\(run.name): \(found.schedule)")
      count += 1
    }
    #expect(count == 61)
  }

  /// Logs in text forms, of which only steps and rates are taken here.
  static let publicLogs: [(folder: String, pattern: String, group: Int)] = [
    ("hf-trainer_state", #""learning_rate": ([0-9.e+-]+),\s+"loss": [^,]+,\s+"step": (\d+)"#, 2),
    ("llamafactory-jsonl", #""current_steps": (\d+).*?"learning_rate": ([0-9.e+-]+)"#, 1),
    ("gpt-neox-text", #"iteration\s+(\d+)/.*?learning rate: ([0-9.E+-]+)"#, 1),
    ("megatron-text", #"iteration\s+(\d+)/.*?learning rate: ([0-9.E+-]+)"#, 1),
    ("deepspeed-text", #"step=(\d+), skipped=\d+, lr=\[([0-9.e+-]+)"#, 1),
  ]

  /// Four of five agree with every row; the fifth rests at 139 skipped updates.
  @Test(
    .enabled(if: Fixtures.shared("logs/megatron-text") != nil, "needs ../shared/logs"),
    arguments: publicLogs)
  func publicLog(folder: String, pattern: String, group: Int) throws {
    let path = try #require(Fixtures.shared("logs/\(folder)"))
    let file = try #require(FileManager.default.contentsOfDirectory(atPath: path).first)
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))
    let text = String(decoding: data, as: UTF8.self)
    let expression = try NSRegularExpression(pattern: pattern)
    var rows: (steps: [Int], rates: [Double]) = ([], [])
    for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
      let step = Range(match.range(at: group), in: text).flatMap { Int(text[$0]) }
      let rate = Range(match.range(at: 3 - group), in: text).flatMap { Double(text[$0]) }
      guard let step, let rate else { continue }
      rows.steps.append(step)
      rows.rates.append(rate)
    }
    try #require(rows.steps.count > 20)
    let found = try ScheduleInference(steps: rows.steps, rates: rows.rates)
    #expect(found.schedule.description.contains("cosine"), "\(found.schedule)")
    #expect(found.agreesWithEveryRow == (folder != "deepspeed-text"), "\(found.schedule)")
    // One row of GPT-NeoX's warm-up of 11 updates is in the log.
    #expect(found.weakPhases == (folder == "gpt-neox-text" ? [1] : []), "\(found.weakPhases)")
    if folder == "deepspeed-text" { #expect(found.largestDeviation < 1e-3 * found.schedule.peak) }
  }

  private static func inference(of path: String) throws -> ScheduleInference {
    let run = try #require(try LogReader.read(path).entries.first).run
    let rates = try #require(run.learningRate)
    return try ScheduleInference(steps: run.steps.map { Int($0) }, rates: rates)
  }
}
