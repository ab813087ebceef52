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
}
