import TestSupport
import Testing

@testable import TrainingLogs

/// Restarts and merging against plain, slow versions of the rules.
struct RowMergerTests {
  /// Segments that mostly ascend and sometimes go back.
  private func randomSteps(_ generator: inout SeededGenerator) -> [Double] {
    var steps: [Double] = []
    var next = 0
    for _ in 0..<Int.random(in: 1...60, using: &generator) {
      steps.append(Double(next))
      let goesBack = Int.random(in: 0..<25, using: &generator) == 0
      next += goesBack ? -Int.random(in: 1...20, using: &generator) : 1
      next = max(next, 0)
    }
    return steps
  }

  /// The rule in words: each segment removes what it covers and adds its own rows.
  private func naive(_ steps: [Double]) -> [Int] {
    var kept: [Int] = []
    var start = 0
    while start < steps.count {
      let end =
        (start + 1..<steps.count).first { steps[$0] < steps[$0 - 1] } ?? steps.count
      let covered = steps[start]...steps[end - 1]
      kept.removeAll { covered.contains(steps[$0]) }
      kept += start..<end
      start = end
    }
    return kept.sorted { (steps[$0], $0) < (steps[$1], $1) }
  }

  @Test(arguments: 0..<100)
  func restartsFollowTheRule(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let steps = randomSteps(&generator)
    let resolver = RestartResolver(rows: Array(steps.indices), steps: steps)
    let expected = naive(steps)
    #expect(resolver.rows == expected, "seed \(seed)")
    let dropped = resolver.restarts.reduce(0) { $0 + $1.dropped }
    #expect(dropped == steps.count - expected.count, "seed \(seed)")
    #expect(resolver.restarts.count == zip(steps, steps.dropFirst()).count { $1 < $0 })
  }

  /// In no order, the last value of each step remains.
  @Test(arguments: 0..<50)
  func unsortedRowsKeepTheLastValue(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 50...200, using: &generator)
    let steps = (0..<count).map { _ in Double(Int.random(in: 0..<40, using: &generator)) }
    var table = RowTable(columns: [steps.indices.map(Double.init)])
    table.steps = steps
    for line in steps.indices { table.lines.append(line + 2) }
    var issues = IssueCollector(file: "x")
    let merged = RowMerger.merged(table, issues: &issues)
    var last: [Double: Double] = [:]
    for (row, step) in steps.enumerated() { last[step] = Double(row) }
    #expect(merged.steps == last.keys.sorted(), "seed \(seed)")
    #expect(merged.columns[0] == last.keys.sorted().map { last[$0] }, "seed \(seed)")
    let expected: Set<LogIssue.Code> = [.unsortedRows, .duplicateStep]
    #expect(Set(issues.sorted().map(\.code)) == expected, "seed \(seed)")
  }

  /// Counts of duplicates and steps backwards against sets and loops.
  @Test(arguments: 0..<50)
  func talliesAgreeWithCounting(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let steps = (0..<3).flatMap { _ in randomSteps(&generator) }
    let isPresent = steps.map { _ in Int.random(in: 0..<4, using: &generator) > 0 }
    var tally = ColumnTally()
    for (row, step) in steps.enumerated() {
      if isPresent[row] {
        tally.add(1, step: step, row: row, line: row + 2)
      } else {
        tally.skip(row: row)
      }
    }
    let own = steps.indices.filter { isPresent[$0] }.map { steps[$0] }
    let summary = tally.summary(name: "loss", role: .trainLoss, steps: steps)
    #expect(summary.count == own.count, "seed \(seed)")
    #expect(summary.duplicateSteps == own.count - Set(own).count, "seed \(seed)")
    #expect(
      summary.stepsBackwards == zip(own, own.dropFirst()).count { $1 < $0 }, "seed \(seed)")
    #expect(summary.first?.step == own.first, "seed \(seed)")
    #expect(summary.last?.step == own.last, "seed \(seed)")
  }

  @Test func linesAreKeptAcrossGaps() {
    let lines = [2, 3, 4, 7, 8, 20, 21, 22, 23, 30]
    var table = LineTable()
    for line in lines { table.append(line) }
    #expect(lines.indices.map { table[$0] } == lines)
  }
}
