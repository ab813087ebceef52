import Foundation
import TestSupport
import Testing
import TrainingLogs

@testable import Forecasting

@Suite struct LossCleaningTests {
  /// Bursts of 1 to 10 rows, at least 12 standard deviations and 5 % high, at known places.
  @Test(arguments: [UInt64(1), 2, 3]) func injectedSpikesAreFound(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (injected, found, rowsInjected, rowsLeftOut, falseRows, cleanRows) = (0, 0, 0, 0, 0, 0)
    for _ in 0..<20 {
      let rows = Int.random(in: 400...2000, using: &random)
      var curve = RandomCurve(rows: rows, using: &random)
      let block = min(max(rows / 60, 5), 64)
      var places: [Range<Int>] = []
      for part in 0..<3 {
        let first = rows / 5 + part * rows / 5 + Int.random(in: 0..<(rows / 10), using: &random)
        let length = Int.random(in: 1...min(10, block), using: &random)
        let height = max(12 * curve.noise, 0.05) * Double.random(in: 1...20, using: &random)
        for row in first..<(first + length) { curve.losses[row] *= exp(height) }
        places.append(first..<(first + length))
      }
      let cleaning = LossCleaning(steps: curve.steps, losses: curve.losses)
      let bursts = cleaning.findings.filter { $0.kind == .spikes }
      injected += places.count
      found += places.count { place in
        bursts.contains {
          abs($0.steps[0] - curve.steps[place.lowerBound]) <= 3 * curve.steps[0]
            && abs($0.steps[1] - curve.steps[place.upperBound - 1]) <= 3 * curve.steps[0]
        }
      }
      for row in curve.losses.indices {
        let isSpike = places.contains { $0.contains(row) }
        // Rows beside a burst may belong to it by chance.
        let isNear = places.contains { $0.lowerBound - 3 <= row && row < $0.upperBound + 3 }
        if isSpike {
          rowsInjected += 1
          if cleaning.isLeftOut[row] { rowsLeftOut += 1 }
        } else if !isNear {
          cleanRows += 1
          if cleaning.isLeftOut[row] { falseRows += 1 }
        }
      }
    }
    print(
      "seed \(seed): \(found) of \(injected) bursts with their ends, \(rowsLeftOut) of "
        + "\(rowsInjected) rows, \(falseRows) of \(cleanRows) other rows")
    #expect(Double(found) >= 0.98 * Double(injected))
    #expect(Double(rowsLeftOut) >= 0.99 * Double(rowsInjected))
    #expect(Double(falseRows) <= 1e-5 * Double(cleanRows))
  }

  /// Curves without a flaw: no finding with normal noise, with memory or not; with noise of tails
  /// hardly a row.
  @Test(arguments: [(0.0, false), (0.9, false), (0.99, false), (0.0, true)])
  func cleanCurvesStayWhole(correlation: Double, tails: Bool) {
    let seed: UInt64 = 11
    var random = SeededGenerator(seed: seed)
    var (curves, rows, flagged, leftOut, diverged) = (0, 0, 0, 0, 0)
    for _ in 0..<60 {
      let curve = RandomCurve(
        rows: Int.random(in: 20...1000, using: &random), correlation: correlation, tails: tails,
        using: &random)
      let cleaning = LossCleaning(steps: curve.steps, losses: curve.losses)
      curves += 1
      rows += curve.losses.count
      flagged += cleaning.findings.isEmpty ? 0 : 1
      diverged += cleaning.findings.contains { $0.kind == .divergence } ? 1 : 0
      leftOut += cleaning.isLeftOut.count { $0 }
    }
    print(
      "seed \(seed), correlation \(correlation), tails \(tails): \(flagged) of \(curves) curves, "
        + "\(leftOut) of \(rows) rows")
    #expect(diverged == 0)
    #expect(flagged <= (tails ? 3 : 0))
    #expect(Double(leftOut) <= 1e-4 * Double(rows))
  }

  /// A rise over some rows to a plateau, finite or ending in NaN: found within a few rows.
  @Test(arguments: [true, false]) func injectedDivergenceIsFound(endsInNaN: Bool) throws {
    let seed: UInt64 = 5
    var random = SeededGenerator(seed: seed)
    var (found, worst) = (0, 0.0)
    let trials = 40
    for _ in 0..<trials {
      let rows = Int.random(in: 300...1000, using: &random)
      var curve = RandomCurve(rows: rows, using: &random)
      let first = Int.random(in: (rows / 3)..<(rows * 9 / 10), using: &random)
      let ramp = Double.random(in: 1...20, using: &random)
      let height = Double.random(in: 1...3, using: &random)
      for row in first..<rows {
        curve.losses[row] *= exp(height * min(1, Double(row - first + 1) / ramp))
      }
      if endsInNaN { curve.losses += [.nan, .nan] }
      let steps = curve.steps + (endsInNaN ? [1, 2].map { curve.steps[rows - 1] + $0 } : [])
      let cleaning = LossCleaning(steps: steps, losses: curve.losses)
      guard let finding = cleaning.findings.first(where: { $0.kind == .divergence }) else {
        continue
      }
      found += 1
      let row = try #require(steps.firstIndex(of: finding.steps[0]))
      worst = max(worst, abs(Double(row - first)) / ramp)
      #expect(cleaning.isLeftOut.lastIndex(of: false) == (endsInNaN ? steps.count - 1 : row - 1))
      #expect(finding.rows == rows - row)
      #expect(cleaning.findings.contains { $0.kind == .nonFinite && $0.rows == 2 } == endsInNaN)
    }
    print("seed \(seed): \(found) of \(trials) divergences, at most \(worst) ramps off")
    #expect(found == trials)
    #expect(worst <= 4)
  }

  /// A spike that is over is no divergence, and the last rows of a live log are no spike.
  @Test func endsOfLogs() {
    var random = SeededGenerator(seed: 8)
    let curve = RandomCurve(rows: 600, using: &random)
    for length in 1...4 {
      var losses = curve.losses
      for row in (600 - length)..<600 { losses[row] *= 3 }
      #expect(LossCleaning(steps: curve.steps, losses: losses).findings.isEmpty)
    }
  }

  /// A loss that rises with its learning rate is no spike; without the rate it cannot be known.
  @Test func aRisenRateExcuses() {
    let steps = (1...1000).map(Double.init)
    var losses = steps.map { 2 + 3 * pow($0, -0.4) }
    for row in 500..<512 { losses[row] *= 1.1 }
    #expect(LossCleaning(steps: steps, losses: losses).findings.map(\.rows) == [12])
    let rates = steps.map { 500 < $0 && $0 <= 512 ? 2e-3 : 1e-3 }
    let path = try? LearningRatePathOfRows.path(steps: steps, rates: rates)
    #expect(LossCleaning(steps: steps, losses: losses, path: path).findings.isEmpty)
  }

  /// A loss that goes up to other data's is no spike where the switch is stated.
  @Test func aSwitchOfDataExcuses() {
    let steps = (1...1000).map(Double.init)
    let losses = steps.map { step in
      step <= 980 ? 2 + 3 * pow(step, -0.4) : 2.5 + 0.3 * exp(-(step - 980) / 2)
    }
    #expect(!LossCleaning(steps: steps, losses: losses).findings.isEmpty)
    #expect(LossCleaning(steps: steps, losses: losses, switchStep: 980).findings.isEmpty)
  }

  /// What is kept is reported all the same, and no row is left out.
  @Test func keptFindingsAreReported() {
    let steps = (1...500).map(Double.init)
    var losses = steps.map { 2 + 3 * pow($0, -0.4) }
    losses[300] = 9
    for row in 450..<500 { losses[row] = 8 }
    let treated = LossCleaning(steps: steps, losses: losses)
    #expect(treated.findings.map(\.kind) == [.spikes, .divergence])
    #expect(treated.findings.map(\.steps) == [[301, 301], [451, 500]])
    #expect(treated.isLeftOut.count { $0 } == 51)
    let kept = LossCleaning(
      steps: steps, losses: losses, keeping: [.spikes, .divergence])
    #expect(kept.findings.map(\.steps) == treated.findings.map(\.steps))
    #expect(kept.findings.allSatisfy { !$0.isTreated } && !kept.isLeftOut.contains(true))
  }

  /// Losses that have no logarithm, few rows and none at all are passed over.
  @Test func oddLossesAreLeftAlone() {
    let steps = (1...100).map(Double.init)
    let negative = steps.map { -1 / $0 }
    #expect(LossCleaning(steps: steps, losses: negative).findings.isEmpty)
    #expect(LossCleaning(steps: [], losses: []).findings.isEmpty)
    #expect(LossCleaning(steps: [1], losses: [2]).findings.isEmpty)
    let huge = steps.map { _ in Double.greatestFiniteMagnitude }
    #expect(LossCleaning(steps: steps, losses: huge).findings.isEmpty)
    let infinite = LossCleaning(steps: [1, 2], losses: [.infinity, .nan])
    #expect(infinite.findings.map(\.kind) == [.nonFinite] && infinite.findings[0].rows == 2)
  }

  /// A loss that is rough all over has no spikes.
  @Test func roughLossesHaveNoSpikes() {
    let steps = (1...1000).map(Double.init)
    let losses = steps.map { Int($0) % 10 == 0 ? 5.0 : 2 + 0.001 * ($0 / 1000) }
    #expect(LossCleaning(steps: steps, losses: losses).findings.isEmpty)
  }
}
