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
      issues: ["malformedLine:6:1", "nonFiniteLoss:2:0", "truncatedLine:8:0"]),
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
      issues: ["nonFiniteLoss:5:0"]),
    // wandb: `_step` counts the logger's calls.
    Sample(
      path: "wandb-history/history.jsonl", format: "jsonl",
      series: ["train/loss: 4, 0 8, 1500 nan", "val/loss: 4, 0 8.05, 1500 5.05"],
      issues: ["nonFiniteLoss:4:0"]),
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

  static let documents = [
    // Hugging Face's Trainer: the last entry has the run's mean, which is no record.
    Sample(
      path: "trainer-state/trainer_state.json", format: "trainer-state",
      series: [
        "loss: 4, 10 6.3333, 40 4.6667", "learning_rate: 4, 10 8e-05, 40 2e-05",
        "eval_loss: 2, 20 5.6, 40 4.7667", "eval_wiki_loss: 2, 20 5.75, 40 4.9167",
      ]),
    Sample(
      path: "megatron-golden/golden_values.json", format: "megatron-golden",
      series: ["lm loss: 5, 1 8.5, 20 nan", "iteration-time: 5, 1 nan, 20 nan"],
      issues: ["nonFiniteLoss:0:0"]),
    Sample(
      path: "megatron-golden/golden_list.json", format: "megatron-golden",
      series: ["lm loss: 4, 0 8.5, 15 6", "num-zeros: 4, 0 10, 15 13"]),
    // A run as wandb's programming interface gives it.
    Sample(
      path: "json/wandb-run.json", format: "json",
      series: [
        "train_loss: 5, 0 8, 40 4.6667", "lr: 5, 0 0, 40 0.0005", "val_loss: 3, 0 8, 40 4.8",
      ]
    ),
    // Keras: a history has no step.
    Sample(
      path: "json/keras-history.json", format: "json",
      series: ["loss: 3, 0 2.5, 2 1.75", "val_loss: 3, 0 2.6, 2 nan", "lr: 3, 0 0.001, 2 0.0005"],
      issues: ["noStepColumn:0:0", "nonFiniteLoss:0:0"]),
    Sample(path: "json/columns.json", format: "json", series: ["loss: 2, 1 4.5, 3 3.5"]),
    Sample(path: "json/pairs.json", format: "json", series: ["loss: 3, 1 4.5, 4 3.25"]),
    Sample(
      path: "json/records.json", format: "json",
      series: ["loss: 3, 1 4.5, 3 3.5", "lr: 3, 1 0.001, 3 0.0005", "val_loss: 1, 2 4.25, 2 4.25"]),
    Sample(
      path: "json/clearml-scalars.json", format: "json",
      series: [
        "loss/train: 3, 0 4.5, 20 3.5", "loss/validation: 2, 0 4.75, 20 3.75",
        "learning rate/lr: 3, 0 0.001, 20 0.0005",
      ]),
    Sample(
      path: "tensorboard-json/run-first-tag-val_loss.json", format: "tensorboard-json",
      series: ["Value: 3, 100 4.5, 300 nan"], issues: ["nonFiniteLoss:0:0"]),
    Sample(
      path: "dllogger-json/nvlog.json", format: "dllogger-json",
      series: [
        "train_iteration_loss: 6, 0 4.75, 2 3", "train_epoch_avg_loss: 2, 2 4.25, 2 3.25",
        "epoch: 8, 0 0, 2 1",
      ], issues: ["epochSteps:0:0"]),
    Sample(
      path: "notebook/nanogpt.ipynb", format: "notebook",
      series: ["loss: 5, 0 8, 4 7.1667", "val loss: 1, 4 4.2, 4 4.2"]),
    Sample(
      path: "notebook/trainer.ipynb", format: "notebook",
      series: [
        "Training Loss: 2, 200 7.1667, 300 6.8462",
        "Validation Loss: 3, 100 7.7955, 300 7.0962",
      ]),
  ]

  private static func text(_ point: SeriesSummary.Point?) -> String {
    guard let point else { return "none" }
    let value = point.value.map { NumberText.short($0) } ?? "nan"
    return "\(NumberText.short(point.step)) \(value)"
  }

  @Test(arguments: lines + documents)
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
    // The epoch stands in training and validation rows of one step.
    let issues = reading.issues.filter { $0.code != .duplicateStep }
    #expect(
      issues.map { "\($0.code):\($0.line):\($0.column)" }.sorted() == sample.issues.sorted())
  }

  @Test func runsInOneDocumentAreToldApart() throws {
    let reading = try LogReader.read(Fixtures.path("logs/json/runs.json"))
    #expect(reading.entries.map(\.run.name) == ["first", "second"])
    #expect(reading.entries.map(\.run.loss) == [[4.5, 4, 3.5], [4.25, 3.75, 3.25]])
  }

  @Test func theRunsSettingsAreKept() throws {
    var records = RecordTable()
    var issues = IssueCollector(file: "")
    let path = Fixtures.path("logs/trainer-state/trainer_state.json")
    _ = try TrainerStateFormat.read(
      LogInput(ByteSource(path: path), file: path, choice: ColumnChoice()), into: &records,
      issues: &issues)
    #expect(records.metadata.contains { $0 == ("max_steps", "50") })
    #expect(records.metadata.contains { $0 == ("global_step", "40") })
  }
}
