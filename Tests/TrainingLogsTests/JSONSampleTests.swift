import TestSupport
import Testing

@testable import TrainingLogs

/// Small samples of the JSON formats, one of each, against what stands in them.
struct JSONSampleTests {
  /// What a sample holds.
  struct Sample: Sendable, CustomTestStringConvertible {
    var path: String
    var format: String
    /// `name: values, first step and value, last step and value`.
    var series: [String]
    var issues: [String] = []
    var testDescription: String { path }
  }

  static let lines = [
    Sample(
      path: "jsonl/metrics.json", format: "jsonl",
      series: ["loss: 5, 1 9.5, 6 7.5", "lr: 6, 1 0.001, 6 0.0005"],
      issues: ["malformedLine:6:1", "nonFiniteLoss:2:2", "truncatedLine:8:0"]),
    // LlamaFactory: older versions write nulls, later ones leave them out and say `lr`.
    Sample(
      path: "llamafactory/trainer_log.jsonl", format: "jsonl",
      series: [
        "loss: 5, 10 6.3333, 50 4.4286", "learning_rate: 2, 10 8e-05, 20 6e-05",
        "eval_loss: 1, 20 5.5201, 20 5.5201", "total_tokens: 3, 30 122880, 50 204800",
      ]),
    // MMEngine: a validation record's step is the epoch.
    Sample(
      path: "mmengine/scalars.json", format: "jsonl",
      series: ["loss: 4, 20 5.5, 80 4", "acc/top1: 2, 40 51, 80 52"]),
    // MMDetection 2: `iter` counts within the epoch.
    Sample(
      path: "mmdetection/train.log.json", format: "jsonl",
      series: [
        "loss: 4, 50 4.4286, 100 3.4545", "val/loss: 2, 100 3.7692, 100 3.4348",
        "bbox_mAP: 2, 100 0.1, 100 0.2",
      ],
      issues: ["epochSteps:0:0"]),
    Sample(
      path: "detectron2/metrics.json", format: "jsonl",
      series: ["total_loss: 3, 19 5.5641, 59 4.2658", "bbox/AP: 1, 59 31.5, 59 31.5"]),
    // ms-swift: numbers are strings, the step is `1/40`; the last line's mean is no record.
    Sample(
      path: "ms-swift/logging.jsonl", format: "jsonl",
      series: [
        "loss: 4, 1 7.7619, 20 nan", "learning_rate: 4, 1 9.833e-05, 20 5e-05",
        "eval_loss: 1, 10 5.75, 10 5.75",
      ],
      issues: ["nonFiniteLoss:5:1"]),
    // wandb: `_step` counts the logger's calls.
    Sample(
      path: "wandb-history/history.jsonl", format: "jsonl",
      series: ["train/loss: 4, 0 8, 1500 nan", "val/loss: 4, 0 8.05, 1500 5.05"],
      issues: ["nonFiniteLoss:4:5"]),
    // Levanter: metrics are nested; the first line has the settings.
    Sample(
      path: "levanter/metrics.jsonl", format: "jsonl",
      series: [
        "train/loss: 3, 0 8, 2 5.5", "optim/learning_rate: 3, 0 0.001, 2 0.001",
        "eval/loss: 1, 2 4.5, 2 4.5",
      ]),
    // DLLogger: the step is a list of the epoch and the step within it.
    Sample(
      path: "dllogger-lines/log.json", format: "jsonl",
      series: ["train_loss: 4, 0 8, 1 5", "val_loss: 1, 1 5.25, 1 5.25", "epoch: 5, 0 0, 1 1"],
      issues: ["epochSteps:0:0"]),
    // One metric a line: names and values are values.
    Sample(
      path: "metric-rows/metrics.jsonl", format: "jsonl",
      series: ["train_loss: 3, 10 6.3333, 30 5", "val_loss: 3, 10 6.4583, 30 5.125"]),
    Sample(
      path: "grpo/log.jsonl", format: "jsonl", series: ["loss: 3, 1 0.001, 3 0.003"],
      issues: ["lossNotForFitting:0:0"]),
  ]

  private static func text(_ point: SeriesSummary.Point?) -> String {
    guard let point else { return "none" }
    let value = point.value.map { NumberText.short($0) } ?? "nan"
    return "\(NumberText.short(point.step)) \(value)"
  }

  @Test(arguments: lines)
  func holdsWhatIsInIt(_ sample: Sample) throws {
    let reading = try LogReader.read(Fixtures.path("logs/\(sample.path)"))
    #expect(reading.format == sample.format)
    let summaries = reading.entries.flatMap(\.summaries)
    let found = summaries.map {
      "\($0.name): \($0.count), \(Self.text($0.first)), \(Self.text($0.last))"
    }
    for series in sample.series {
      #expect(found.contains(series), "\(series) is not among \(found)")
    }
    #expect(
      reading.issues.map { "\($0.code):\($0.line):\($0.column)" }.sorted() == sample.issues.sorted()
    )
  }
}
