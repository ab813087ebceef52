import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

struct LogReaderTests {
  private func read(
    _ text: String, _ columns: ColumnChoice = ColumnChoice()
  ) throws(LogError) -> LogReading {
    try LogReader.read(bytes: Array(text.utf8), file: "dir/x.csv", columns: columns)
  }

  private func run(_ text: String, _ columns: ColumnChoice = ColumnChoice()) throws -> Run {
    try #require(try read(text, columns).entries.first?.run)
  }

  private func table(_ header: String, rows: Int, _ cells: (Int) -> String) -> String {
    header + "\n" + (1...rows).map { cells($0) + "\n" }.joined()
  }

  // Which loss is fitted.

  @Test(arguments: [(7, "loss"), (8, "val_loss")])
  func validationLossNeedsEightValues(count: Int, expected: String) throws {
    let text = table("step,loss,val_loss", rows: 20) { "\($0),3,\($0 <= count ? "2.5" : "")" }
    #expect(try run(text).lossName == expected)
  }

  @Test func fewValidationValuesAreBetterThanNone() throws {
    #expect(try run("step,loss,val_loss\n1,nan,3\n2,,2.5\n").lossName == "val_loss")
  }

  @Test(
    arguments: [
      ("Loss", "Loss"), ("loss", "loss"), ("LOSS", "Loss"), ("accuracy", "accuracy"),
      ("ACCURACY", "accuracy"),
    ])
  func chosenLossIsMatchedExactlyFirst(choice: String, expected: String) throws {
    let text = "step,Loss,loss,accuracy\n1,3,4,0.5\n2,2.5,3.5,0.75\n"
    let run = try run(text, ColumnChoice(loss: choice))
    #expect(run.lossName == expected)
    #expect(run.loss.count == 2)
    #expect(run.series.first { $0.name == expected }?.role == .trainLoss)
  }

  @Test func chosenStepAndLearningRate() throws {
    let text = "step,samples,loss,lr,lr_head\n0,32,4,1,0.5\n0,64,3,1,0.25\n"
    let run = try run(text, ColumnChoice(step: "samples", learningRate: "lr_head"))
    #expect(run.steps == [32, 64])
    #expect(run.learningRate == [0.5, 0.25])
  }

  @Test func rolesAreFound() throws {
    let run = try run("step,train_loss,lr,tokens,grad_norm,mfu\n1,4,0.1,100,2,0.5\n")
    #expect(run.series.map(\.name) == ["train_loss", "lr", "tokens", "grad_norm"])
    #expect(run.learningRate == [0.1])
    #expect(run.tokens == [100])
    #expect(run.name == "x")
    #expect(run.file == "dir/x.csv")
  }

  // Refusals with the option that helps.

  @Test(
    arguments: [
      (ColumnChoice(loss: "los"), "--loss", "did you mean 'loss'?"),
      (ColumnChoice(step: "stpe"), "--step", "did you mean 'step'?"),
      (ColumnChoice(learningRate: "temperature"), "--lr", "The columns are 'step', 'loss'"),
    ])
  func absentColumn(choice: ColumnChoice, option: String, words: String) {
    let error = #expect(throws: LogError.self) { try read("step,loss\n1,2\n", choice) }
    #expect(error?.code == .noSuchColumn)
    #expect(error?.message.contains(option) == true)
    #expect(error?.message.contains(words) == true, "\(String(describing: error))")
  }

  @Test(arguments: [ColumnChoice(loss: "note"), ColumnChoice(learningRate: "note")])
  func chosenColumnOfText(choice: ColumnChoice) {
    let text = "step,loss,note\n1,2,\n2,1.5,hello\n"
    let error = #expect(throws: LogError.self) { try read(text, choice) }
    #expect(error?.code == .notNumeric)
    #expect(error?.line == 3)
    #expect(error?.column == 3)
    #expect(error?.message.contains("'hello'") == true)
  }

  @Test func missingFileAndDirectory() throws {
    let work = try Workdir()
    defer { work.remove() }
    let missing = #expect(throws: LogError.self) { try LogReader.read("/no/such/log.csv") }
    #expect(missing?.code == .notFound)
    #expect(missing?.description == "/no/such/log.csv: there is no such file; check the path")
    let directory = #expect(throws: LogError.self) { try LogReader.read(work.url.path) }
    #expect(directory?.code == .unreadable)
    #expect(directory?.message.contains("directory") == true)
  }

  // The hash is that of the bytes on disk, by coreutils' sha256sum.

  @Test(
    arguments: [
      ("good.csv", "ea9d82ddfa23304c5ea881b4ca7a58aa7c5a034e45aec2b90733f6f43bcc8218"),
      ("good.csv.gz", "d0e274d6f0aaaa1e602fd0133cb723fecd1facb3b52be9f176d730d978727b81"),
    ])
  func hashesTheFile(file: String, hash: String) throws {
    #expect(try LogReader.read(Fixtures.path("hostile/\(file)")).sha256 == hash)
  }

  /// TensorBoard's export names the scalar in the file's name only.
  @Test(
    arguments: [
      ("run-first-tag-train_loss.csv", SeriesRole.trainLoss),
      ("run-.-tag-Loss_val.csv", SeriesRole.validationLoss), ("run-a-tag-accuracy.csv", nil),
      ("values.csv", nil),
    ])
  func exportedScalar(file: String, role: SeriesRole?) {
    let text = "Wall time,Step,Value\n1700000000.5,10,3.5\n1700000001.5,20,3.25\n"
    let reading = try? LogReader.read(bytes: Array(text.utf8), file: file)
    let run = reading?.entries.first?.run
    #expect(run?.series.first { $0.name == run?.lossName }?.role == role)
    #expect(reading?.entries.first?.run.loss == (role == nil ? nil : [3.5, 3.25]))
  }

  // Sparse rows.

  @Test func rowsOfOneStepAreMergedPerColumn() throws {
    let text = "step,loss,val_loss,lr\n1,4,,\n1,,3.5,\n1,,,0.1\n2,3,,\n2,,,0.2\n"
    let reading = try read(text)
    let run = try #require(reading.entries.first?.run)
    #expect(reading.issues == [])
    #expect(run.steps == [1, 2])
    #expect(run.series.first?.values == [4, 3])
    #expect(run.learningRate == [0.1, 0.2])
    #expect(run.series[1].values[0] == 3.5)
    #expect(run.series[1].values[1].isNaN)
  }

  /// Train and validation rows go back at one restart: that is one issue.
  @Test func oneIssueForARestartOfSeveralStreams() throws {
    var text = "step,loss,val_loss\n"
    for step in Array(1...60) + Array(41...80) {
      text += "\(step),3,\n"
      if step % 10 == 0 { text += "\(step),,2.5\n" }
    }
    let reading = try read(text)
    #expect(reading.issues.map(\.code) == [.restart])
    // 60 train and 6 validation rows stand behind the header.
    #expect(reading.issues.first?.line == 68)
    #expect(reading.issues.first?.message.contains("22 earlier rows") == true)
    #expect(reading.entries.first?.run.steps == (1...80).map(Double.init))
  }

  @Test func aStatedNaNReplacesAnEarlierValue() throws {
    let run = try run("step,loss\n1,4\n2,3\n3,2\n2,nan\n3,nan\n")
    #expect(run.loss.first == 4)
    #expect(run.loss.dropFirst().allSatisfy { $0.isNaN })
  }

  @Test func summariesAreOfTheRawFile() throws {
    let text = "step,loss,mfu,note\n1,4,0.5,a\n2,nan,,b\n1,3,0.25,c\n3,inf,0.125,d\n"
    let entry = try #require(try read(text).entries.first)
    #expect(entry.rows == 4)
    #expect(
      entry.summaries == [
        SeriesSummary(
          name: "loss", role: .trainLoss, count: 4, first: .init(step: 1, value: 4),
          last: .init(step: 3, value: nil), nonFinite: 2, duplicateSteps: 1, stepsBackwards: 1),
        SeriesSummary(
          name: "mfu", role: .other, count: 3, first: .init(step: 1, value: 0.5),
          last: .init(step: 3, value: 0.125), nonFinite: 0, duplicateSteps: 1,
          stepsBackwards: 0),
      ])
  }

  @Test(
    arguments: [
      ("a/b/run.csv", "run"), ("run.csv.gz", "run"), ("run.tsv", "run"), ("v1.2.csv", "v1.2"),
      ("-", "stdin"), ("log", "log"), (".csv", ".csv"), ("x.csv.csv", "x.csv"),
    ])
  func runsAreNamedByTheirFiles(file: String, name: String) {
    #expect(LogName.runName(of: file) == name)
  }
}
