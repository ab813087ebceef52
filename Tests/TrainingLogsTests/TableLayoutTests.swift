import Foundation
import TestSupport
import Testing

@testable import TrainingLogs

/// What headers of tables say of runs and columns.
struct TableLayoutTests {
  private func layout(_ names: [String]) -> TableLayout {
    TableLayout(Header(names: names, line: 1, isMadeUp: false), file: "x.csv")
  }

  private func records(_ file: String) throws -> RecordTable {
    let path = Fixtures.path("logs/csv/\(file)")
    let input = try LogInput(ByteSource(path: path), file: path, choice: ColumnChoice())
    var records = RecordTable()
    var issues = IssueCollector(file: path)
    _ = try DelimitedFormat.read(input, into: &records, issues: &issues)
    return records
  }

  /// Weights & Biases writes the axis and then `run - metric`, with bounds beside each.
  @Test func panelsHaveARunAColumn() throws {
    let columns = try records("dashboard-panel.csv").columns
    #expect(
      columns.map(\.run) == [nil, "big - lr", "big - lr", "big - lr", "small", "small"])
    #expect(columns[5].name == "Group: small - val/loss")
    #expect(columns[0].stated == .step(rank: 0))
  }

  @Test func dataSetsAreNoRuns() {
    #expect(layout(["step", "train - loss", "val - loss"]).columns.allSatisfy { $0.run == nil })
    #expect(layout(["step", "a - loss", "lr"]).columns.allSatisfy { $0.run == nil })
  }

  @Test func columnsNamedAfterRatesAreRuns() {
    let columns = layout(["step", "lr_0.1", "lr_1e-2"]).columns
    #expect(columns.map(\.run) == [nil, "lr_0.1", "lr_1e-2"])
    #expect(columns[1].stated == .series(.trainLoss))
    // Rates of two parameter groups beside a loss.
    #expect(layout(["step", "loss", "lr_0.1", "lr_0.2"]).columns.allSatisfy { $0.run == nil })
    #expect(layout(["step", "lr_0", "lr_1"]).columns.allSatisfy { $0.run == nil })
  }

  @Test func aColumnMayNameTheRun() {
    #expect(layout(["run", "epoch", "loss"]).runColumn == 0)
    #expect(layout(["epoch", "loss"]).runColumn == nil)
  }

  @Test(arguments: [["x1", "x2"], ["x", "y"], ["", "0"]])
  func namelessPairsAreStepAndLoss(_ names: [String]) {
    #expect(layout(names).columns.map(\.stated) == [.step(rank: 0), .series(.trainLoss)])
  }

  private func read(_ text: String, _ choice: ColumnChoice = ColumnChoice()) throws -> LogReading {
    try LogReader.read(bytes: Array(text.utf8), file: "x.csv", columns: choice)
  }

  private func reading(_ file: String) throws -> LogReading {
    try LogReader.read(Fixtures.path("logs/csv/\(file)"))
  }

  /// MLflow's export has a row a metric; two runs may share a name.
  @Test func longTablesArePivoted() throws {
    let entries = try reading("mlflow.csv").entries
    #expect(entries.map(\.run.name) == ["calm-owl-1", "calm-owl-1 (dd33ee44)"])
    #expect(entries[0].run.steps == [10, 20])
    #expect(entries[0].run.series.map(\.name) == ["loss", "val_loss"])
    #expect(entries[1].run.loss == [3.7, 3.45])
  }

  @Test func sweepsOfRatesHaveARunAColumn() throws {
    let entries = try reading("rates-are-runs.csv").entries
    #expect(entries.map(\.run.loss) == [[4.6, 4.3, 4.1], [4.5, 4.1, 3.9]])
  }

  @Test func runsOfALongTableAreSplit() throws {
    let entries = try reading("runs-long.csv").entries
    #expect(entries.map(\.run.name) == ["one", "two"])
    #expect(entries.map(\.run.loss) == [[4.5, 4.25], [4.75, 4.125]])
  }

  @Test func numbersMayHaveUnits() throws {
    let run = try #require(try reading("units.csv").entries.first?.run)
    #expect(run.series.first { $0.role == .tokens }?.values == [1e6, 2e6, 3e6])
    let tracked = try read("x1,x2\n1,452486.49 (tracked)\n2,3 (tracked)\n").entries[0].run
    #expect(tracked.loss == [452486.49, 3])
  }

  @Test(
    arguments: [
      ("2.62M", 2.62e6), ("1.5K", 1500), ("413.58ms", 413.58), ("29.1GiB(92.83%)", 29.1),
      ("1,234.5", 1234.5), ("12 %", 12), ("1,234,567", 1_234_567),
    ])
  func spellings(_ text: String, _ value: Double) {
    (Array(text.utf8) + [0]).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      let found = SpelledNumber.value(of: base, from: 0, to: text.utf8.count, thousands: true)
      #expect(found == value)
    }
  }

  @Test(arguments: [
    "1,23", "0,123", "2026-05-25", "10:30", "1.2.3", "12 (", "abc", "3x4", "1,2345",
  ])
  func otherText(_ text: String) {
    (Array(text.utf8) + [0]).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      let found = SpelledNumber.value(of: base, from: 0, to: text.utf8.count, thousands: true)
      #expect(found == nil)
    }
  }

  /// A file without a header whose first column repeats has no step.
  @Test func repeatingFirstColumnsCountNothing() throws {
    let entry = try read("0,4.5\n0,4.25\n1,4.0\n1,3.5\n").entries[0]
    #expect(entry.run.steps == [0, 1, 2, 3])
    #expect(entry.summaries.last?.last == SeriesSummary.Point(step: 3, value: 3.5))
  }

  /// Losses of tanks by the day are no training losses, unless someone says so.
  @Test func countsBesideDatesAreRefused() throws {
    let text = "date,losses\n2022-02-24,30\n2022-02-25,80\n2022-02-26,146\n"
    #expect(throws: LogError.self) { try read(text) }
    #expect(try read(text, ColumnChoice(loss: "losses")).entries[0].run.loss == [30, 80, 146])
  }

  /// The last line without its end counts when its last cell is as long as those before.
  @Test func halfWrittenCellsAreLeftOut() throws {
    let rows = "step,loss\n1,4.500\n2,4.250\n"
    #expect(try read(rows + "3,4.12").entries[0].run.steps == [1, 2])
    #expect(try read(rows + "3,4.125").entries[0].run.steps == [1, 2, 3])
    #expect(try read(rows + "3,\"4.1\"").entries[0].run.steps == [1, 2, 3])
    #expect(try read(rows + "3").entries[0].run.steps == [1, 2])
    // As many decimals as before.
    #expect(try read("step,loss\n1,10.50\n2,10.25\n3,9.75").entries[0].run.steps == [1, 2, 3])
    #expect(try read("step,loss\n1,1024\n2,1000\n3,10").entries[0].run.steps == [1, 2])
  }

  /// A file that nobody writes any more is whole, unless it is of whole pages; so is a lone row.
  @Test func finishedFilesKeepTheirLastRow() throws {
    let work = try Workdir()
    defer { work.remove() }
    let rows = "step,loss\n1,4.5125\n2,4.2502\n3,4.1"
    func steps(_ text: String, age: TimeInterval) throws -> Int {
      let path = try work.write(text, to: "run.csv")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
      return try LogReader.read(path).entries[0].run.steps.count
    }
    #expect(try steps(rows, age: 300) == 3)
    #expect(try steps(rows, age: 1) == 2)
    #expect(try steps("step,loss\n1,2", age: 1) == 1)
    let page = "step,loss\n" + String(repeating: "\n", count: 4096 - rows.utf8.count)
    #expect(try steps(page + rows.dropFirst(10), age: 300) == 2)
  }

  /// A header of a million columns and NUL bytes are told, not read at any cost.
  @Test func hostileTables() throws {
    let names = (0..<30_000).map { "c\($0)" }.joined(separator: ",")
    #expect(throws: LogError.self) { try read("step,loss," + names + "\n1,2\n") }
    let run = try read("step,loss\n1,2\n2,\u{0}\n3,4\n5,\"6\n").entries.first?.run
    #expect(run?.steps.first == 1)
  }
}
