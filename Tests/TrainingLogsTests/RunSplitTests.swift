import TestSupport
import Testing

@testable import TrainingLogs

/// Logs to which several starts were appended.
struct RunSplitTests {
  /// A loss that falls from 10 to about 3.
  private func loss(_ step: Int) -> Double { 3 + 7 / (1 + Double(step) / 20) }

  private func table(_ parts: [ClosedRange<Int>], loss: ((Int, Int) -> Double)? = nil) -> String {
    var text = "step,loss\n"
    for (part, steps) in parts.enumerated() {
      for step in steps { text += "\(step),\(loss?(part, step) ?? self.loss(step))\n" }
    }
    return text
  }

  private func read(_ text: String) throws(LogError) -> LogReading {
    try LogReader.read(bytes: Array(text.utf8), file: "log.csv")
  }

  @Test(
    arguments: [
      // A resumed run: the later rows win.
      ([0...100, 80...150], [151], [LogIssue.Code.restart]),
      // Started again from the beginning, both long: two runs.
      ([0...100, 0...150], [101, 151], [.severalRuns]),
      ([0...150, 0...100], [151, 101], [.severalRuns]),
      // Given up soon, before or after the long one.
      ([0...5, 0...150], [151], [.falseStart]),
      ([0...150, 0...5], [151], [.falseStart]),
      // A second run that was resumed.
      ([0...100, 0...60, 50...120], [101, 121], [.severalRuns, .restart]),
    ])
  func startsAreToldApart(parts: [ClosedRange<Int>], rows: [Int], codes: [LogIssue.Code]) throws {
    let reading = try read(table(parts))
    #expect(reading.entries.map(\.run.steps.count) == rows)
    #expect(Set(reading.issues.map(\.code)) == Set(codes))
  }

  /// A log that begins with a resumed run, resumed again from the same checkpoint: the loss goes on.
  @Test func aReplayFromTheSameCheckpointIsNoNewRun() throws {
    let reading = try read(table([200...260, 200...300]))
    #expect(reading.entries.map(\.run.steps.count) == [101])
    #expect(reading.issues.map(\.code) == [.restart])
  }

  @Test func namesOfLaterRunsAreNumbered() throws {
    let reading = try read(table([0...100, 0...150]))
    #expect(reading.entries.map(\.run.name) == ["log", "log (2)"])
    #expect(reading.entries.map(\.rows) == [101, 151])
  }

  /// The raw counts are of the file, whatever was made of it.
  @Test func summariesAreOfTheFile() throws {
    let reading = try read(table([0...100, 0...150]))
    for entry in reading.entries {
      #expect(entry.summaries.first?.count == 252)
      #expect(entry.summaries.first?.stepsBackwards == 1)
      #expect(entry.summaries.first?.duplicateSteps == 101)
    }
  }

  /// Validation rows go to the run in whose rows they stand.
  @Test func validationRowsGoWithTheirRun() throws {
    var text = "step,loss,val_loss\n"
    for last in [100, 160] {
      for step in 0...last {
        text += "\(step),\(loss(step)),\n"
        if step % 20 == 0 { text += "\(step),,\(loss(step) + 0.1)\n" }
      }
    }
    let reading = try read(text)
    #expect(reading.entries.map(\.run.steps.last) == [100, 160])
    let counts = reading.entries.map { $0.run.series[1].values.count(where: \.isFinite) }
    #expect(counts == [6, 9])
  }

  // Steps that are counted anew in every epoch.

  @Test func epochsAreUnrolled() throws {
    var text = "epoch,batch,loss\n"
    for epoch in 1...3 {
      for batch in 1...50 { text += "\(epoch),\(batch),\(loss((epoch - 1) * 50 + batch))\n" }
    }
    let reading = try read(text)
    #expect(reading.entries.first?.run.steps == (1...150).map(Double.init))
    #expect(reading.issues.map(\.code) == [.epochSteps])
  }

  @Test func epochsWithoutAColumnAreUnrolledWhereTheLossGoesOn() throws {
    let reading = try read(
      table([0...49, 0...49, 0...49, 0...20]) { part, step in loss(part * 50 + step) })
    #expect(reading.entries.map(\.run.steps) == [(0...170).map(Double.init)])
    #expect(reading.issues.map(\.code) == [.epochSteps])
  }

  @Test func aStepThatGoesOnOverEpochsStays() throws {
    var text = "epoch,step,loss\n"
    for step in 0..<90 { text += "\(step / 30),\(step),\(loss(step))\n" }
    let reading = try read(text)
    #expect(reading.entries.first?.run.steps == (0..<90).map(Double.init))
    #expect(reading.issues.isEmpty)
  }

  /// Epochs rounded to two decimals that several rows share.
  @Test func sharedEpochsAreCountedByRows() throws {
    let rows = (0..<40).map { "\((Double($0) * 0.25).rounded() / 100),\(loss($0))" }
    let reading = try read("epoch,loss\n" + rows.joined(separator: "\n") + "\n")
    let run = try #require(reading.entries.first?.run)
    #expect(run.steps == (1...40).map(Double.init))
    #expect(run.stepUnit == .rows)
    #expect(reading.issues.map(\.code) == [.roundedEpochs])
  }

  // Units.

  @Test(
    arguments: [
      ("val_bpb", 2.0, 2 * 0.693_147_180_559_945_3), ("valid_bpc", 1.0, 0.693_147_180_559_945_3),
      ("perplexity", 20.0, 2.995_732_273_553_991), ("loss", 3.0, 3.0),
    ])
  func lossesBecomeNats(name: String, logged: Double, nats: Double) throws {
    let reading = try read("step,\(name)\n1,\(logged)\n2,\(logged)\n")
    let entry = try #require(reading.entries.first)
    expectClose(entry.run.loss[0], nats, tolerance: 1e-15)
    #expect(entry.summaries.first?.first?.value == logged)
    #expect(reading.issues.map(\.code) == (name == "loss" ? [] : [.unitConverted]))
    let kept = try LogReader.read(
      bytes: Array("step,\(name)\n1,\(logged)\n".utf8), file: "log.csv",
      columns: ColumnChoice(convertsUnits: false))
    #expect(kept.entries.first?.run.loss == [logged])
  }

  @Test func aPerplexityBesideItsLossIsNoLoss() throws {
    let reading = try read("step,loss,perplexity\n1,3,20\n2,2,7\n")
    #expect(reading.entries.first?.summaries.map(\.role) == [.trainLoss, .other])
  }

  @Test(
    arguments: [
      ("tokens,loss\n1000,4\n2000,3\n", StepUnit.tokens),
      ("consumed samples,loss\n10,4\n20,3\n", .samples), ("epoch,loss\n1,4\n2,3\n", .epochs),
      ("epoch,tokens,loss\n1,1000,4\n1,2000,3\n", .tokens), ("loss\n4\n3\n", .rows),
      ("step,tokens,loss\n1,1000,4\n2,2000,3\n", .steps),
    ])
  func stepsHaveAUnit(text: String, unit: StepUnit) throws {
    #expect(try read(text).entries.first?.run.stepUnit == unit)
  }

  @Test func tokensBecomeUpdates() throws {
    let reading = try read("tokens,loss\n1000,4\n2000,3\n")
    let run = try #require(reading.entries.first?.run.inUpdates(tokensPerStep: 500))
    #expect(run.steps == [2, 4])
    #expect(run.stepUnit == .steps)
    #expect(run.tokens == [1000, 2000])
    #expect(reading.issues.map(\.code) == [.otherStepUnit])
  }

  @Test func negativeLossesAreWarnedAbout() throws {
    let reading = try read("step,loss\n1,0.5\n2,-0.25\n")
    #expect(reading.issues.map(\.code) == [.lossNotForFitting])
    #expect(reading.issues.first?.line == 3)
  }
}
