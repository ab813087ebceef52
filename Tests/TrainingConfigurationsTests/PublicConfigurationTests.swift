import Foundation
import Schedules
import TestSupport
import Testing
import TrainingConfigurations

@Suite struct PublicConfigurationTests {
  /// Updates where shapes and index conventions show.
  static func updates(through total: Int, of schedule: Schedule) -> [Int] {
    let warmup = schedule.warmupSteps
    let near = [0, 1, 2, warmup - 2, warmup - 1, warmup, warmup + 1, total - 2, total - 1]
    let spread = (0..<97).map { $0 * max(1, total - 1) / 97 }
    return Set(near + spread).filter { (0..<total).contains($0) }.sorted()
  }

  @Test(arguments: PublicConfiguration.all)
  func ratesAreTheFrameworks(_ row: PublicConfiguration) throws {
    let imported = try ScheduleImporter(facts: row.facts).schedule(from: row.text)
    #expect(imported.format == row.format)
    let schedule = imported.schedule
    // BLOOM's samples make no round number of updates; its last ones hold the floor anyway.
    for update in Self.updates(through: row.total, of: schedule) {
      expectClose(
        schedule.learningRate(at: update), row.formula(update), tolerance: 1e-12,
        scale: schedule.peak, "update \(update) of \(schedule.description.prefix(200))")
    }
  }

  /// What is written is read again, and has the same rates.
  @Test(arguments: PublicConfiguration.all)
  func everyFormatThatSaysItGivesItBack(_ row: PublicConfiguration) throws {
    let schedule = try ScheduleImporter(facts: row.facts).schedule(from: row.text).schedule
    let total = try #require(schedule.totalSteps)
    var written: [ConfigurationFormat] = []
    for format in ConfigurationFormat.allCases where format.isWritten && format != .pytorch {
      // A table of 10^5 rows would be slow; another test has them.
      if format == .csv { continue }
      let exported: ExportedSchedule
      do throws(ConfigurationError) {
        exported = try ScheduleExporter().export(schedule, as: format)
      } catch {
        #expect(error.code == .notExpressible, "\(error)")
        continue
      }
      guard exported.notes.isEmpty else { continue }
      written.append(format)
      let facts = TrainingFacts(totalSteps: format == .expression ? nil : total)
      let back = try ScheduleImporter(facts: facts).schedule(from: exported.text, format: format)
      for update in Self.updates(through: total, of: schedule) {
        expectClose(
          back.schedule.learningRate(at: update), schedule.learningRate(at: update),
          tolerance: 1e-12, scale: schedule.peak, "update \(update) through \(format)")
      }
    }
    #expect(written.contains(.expression))
    // Flags and settings of the framework itself say what they were read from.
    let own: Set<ConfigurationFormat> = [.huggingFace, .deepSpeed, .torchtitan, .nanoGPT, .llmc]
    if own.contains(row.format) { #expect(written.contains(row.format)) }
  }
}
