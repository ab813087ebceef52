import Testing

@testable import TrainingLogs

/// Layouts that share an ending or a syntax with more usual ones.
struct OtherLayoutTests {
  private func read(_ text: String) throws -> LogReading {
    try LogReader.read(bytes: Array(text.utf8), file: "x.txt")
  }

  /// numpy.savetxt separates columns with a blank.
  @Test func columnsBetweenBlanks() throws {
    let reading = try read("0.0e+00 4.5e+00\n1.0e+01 4.25e+00\n2.0e+01 4.0e+00\n")
    #expect(reading.format == "columns")
    #expect(reading.entries[0].run.steps == [0, 10, 20])
    #expect(reading.entries[0].run.loss == [4.5, 4.25, 4])
    let named = try read("# iteration  lr  loss\n 1  0.1  4.5\n 2  0.2  nan\n 3  0.3  4.0\n")
    #expect(named.entries[0].run.learningRate == [0.1, 0.2, 0.3])
    #expect(named.entries[0].summaries.first { $0.name == "loss" }?.nonFinite == 1)
  }

  /// Times in milliseconds are no steps, and three numbers without names could be anything.
  @Test func columnsThatNothingTellsOf() {
    #expect((try? read("1690000000000 4.5\n1690000000100 4.25\n"))?.format != "columns")
    #expect(throws: LogError.self) { try read("1 2 3\n2 3 4\n3 4 5\n") }
  }

  /// A list of runs, each with lists of its own.
  @Test func listOfRuns() throws {
    let run = { (name: String, loss: String) in
      #"{"summary": {"val_loss": 2}, "config": {"lr": 0.1}, "name": "\#(name)", "history": "#
        + #"{"train": {"iter": [50, 100, 150], "train_loss": [\#(loss)]}}}"#
    }
    let reading = try read("[" + run("a", "4, 3, 2.5") + "," + run("b", "5, 4, 3.5") + "]")
    #expect(reading.entries.map(\.run.name) == ["a", "b"])
    #expect(reading.entries.map(\.run.loss) == [[4, 3, 2.5], [5, 4, 3.5]])
    #expect(reading.entries.map(\.run.steps) == [[50, 100, 150], [50, 100, 150]])
  }

  /// A history that pandas wrote as JSON has an object of row numbers for each column.
  @Test func columnsByRowNumber() throws {
    let reading = try read(
      #"{"loss": {"0": 4.5, "1": 4, "2": 3.5}, "val_loss": {"0": 5, "1": null, "2": 4}}"#)
    let entry = reading.entries[0]
    #expect(entry.run.series.first { $0.name == "loss" }?.values == [4.5, 4, 3.5])
    #expect(entry.summaries.first { $0.name == "val_loss" }?.count == 2)
    #expect(throws: LogError.self) { try read(#"{"loss": {"5": 4.5, "9": 4}}"#) }
  }

  /// What stands beside the series is told: settings, results.
  @Test func metadata() throws {
    let reading = try read(
      #"{"config": {"lr": 0.5}, "name": "a", "history": {"iter": [1, 2], "loss": [4, 3]}}"#)
    let facts = reading.entries[0].run.metadata
    #expect(facts.contains(Run.Fact(name: "config.lr", value: "0.5")))
  }

  /// A factor behind a name is no group.
  @Test func factorsInNames() throws {
    let entry = try read("Epochs(/10),Loss\n1,4.5\n2,4.25\n3,4.0\n").entries[0]
    #expect(entry.run.steps == [1, 2, 3])
    #expect(entry.run.stepUnit == .epochs)
  }

  /// Golden values of older versions: lists, and a mean time beside them.
  @Test func goldenLists() throws {
    let reading = try read(
      #"{"lm loss": {"start_step": 0, "end_step": 15, "step_interval": 5, "values": [10.5, 10.25, "#
        + #"10]}, "iteration_timing_avg": 0.25}"#)
    #expect(reading.format == "megatron-golden")
    #expect(reading.entries[0].run.steps == [0, 5, 10])
    #expect(reading.entries[0].run.loss == [10.5, 10.25, 10])
  }
}
