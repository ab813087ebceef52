import Schedules
import Testing
import TrainingConfigurations

/// The catalogue's examples as the input of a conversion.
@Suite struct CatalogueExampleTests {
  static let examples = ScheduleCatalogue.entries.compactMap(\.example)

  @Test func thereAreExamples() { #expect(Self.examples.count > 30) }

  @Test(arguments: examples)
  func isReadAndWritten(_ example: String) throws {
    let read = try ScheduleImporter().schedule(from: example)
    #expect(read.format == .expression)
    #expect(try read.schedule == Schedule(parsing: example))
    let total = try #require(read.schedule.totalSteps)
    let code = try ScheduleExporter().export(read.schedule, as: .pytorch)
    #expect(code.text.contains("LambdaLR"))
    let table = try ScheduleExporter().export(read.schedule, as: .csv)
    // A header, a row an update.
    #expect(table.text.split(separator: "\n").count == total + 1)
  }
}
