import Foundation
import TestSupport
import Testing
import TrainingLogs

@testable import Forecasting

/// Cleaning finds the flaws of real runs and nothing in the others.
@Suite struct RealRunsTests {
  private func findings(_ file: String, loss: String) throws -> [CleaningFinding] {
    let reading = try LogReader.read(file, columns: ColumnChoice(loss: loss))
    return CleaningFinding.found(in: try #require(reading.entries.first?.run))
  }

  @Test(arguments: ["train_loss", "val_loss"]) func ownRuns(loss: String) throws {
    let folder = Fixtures.path("runs")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0.hasSuffix(".csv.gz")
    }
    #expect(files.count == 12)
    for file in files where !file.contains("diverged") && !file.hasPrefix("s_") {
      #expect(try findings("\(folder)/\(file)", loss: loss).isEmpty, "\(file)")
    }
  }

  /// The range test ends in NaN at step 1795; its loss is lowest before step 1100.
  @Test func theDivergedRun() throws {
    let found = try findings(
      Fixtures.path("runs/m_special-diverged_2000_lr0.001_s0.csv.gz"), loss: "train_loss")
    #expect(found.map(\.kind) == [.nonFinite, .divergence])
    #expect(found[0].steps == [1795, 1850] && found[0].rows == 56)
    #expect(found[1].steps[1] == 1794 && (1000...1400).contains(found[1].steps[0]))
  }

  /// Batches 1301–1303, 1755, 2110–2117 and 2640 of this run were random bytes.
  @Test(
    .enabled(
      if: Fixtures.shared("ownruns/full/m_special-spikes_3000_lr0.002_s0.csv.gz") != nil,
      "the collection of own runs is not beside the package"))
  func theSpikedRun() throws {
    let file = try #require(
      Fixtures.shared("ownruns/full/m_special-spikes_3000_lr0.002_s0.csv.gz"))
    let found = try findings(file, loss: "train_loss")
    #expect(found.allSatisfy { $0.kind == .spikes && ($0.height ?? 0) > 2 })
    #expect(found.map { $0.steps[0] } == [1301, 1755, 2110, 2640])
    let ends = found.map { $0.steps[1] }
    #expect(ends[0] == 1303 && ends[1] == 1755 && ends[3] == 2640)
    #expect((2117...2130).contains(ends[2]))
  }
}
