import Foundation
import Schedules
import TestSupport
import Testing

/// Σ (η/r)^κ from the first position to each up to the last, step by step; 0^κ is 0.
private func stepSums(
  _ path: LearningRatePath, through last: Int, exponent: Double, reference: Double
) -> [Double] {
  var sum = 0.0
  return (path.firstPosition...last).map { position in
    sum += pow(path.learningRate(at: position) / reference, exponent)
    return sum
  }
}

/// The same from stretches, at each position.
private func stretchSums(_ stretches: LearningRateStretches, exponent: Double) -> [Double] {
  let terms = zip(stretches.counts, stretches.meanLogs).map { $0 * exp(exponent * $1) }
  return stretches.ends.map { terms[..<$0].reduce(0, +) }
}

@Suite struct LearningRateStretchesTests {
  /// The bound of the documentation holds for schedules of every kind.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func sumsOfPowers(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let path = RandomPaths.path(using: &random)
    let last = path.endPosition + 200
    let positions = RandomPaths.positions(on: path, through: last, using: &random)
    let reference = path.peak * Double.random(in: 0.5...2, using: &random)
    let stretches = LearningRateStretches(path: path, positions: positions, reference: reference)
    for exponent in [0.1, 0.35, 0.6, 1, 1.5] {
      let sums = stretchSums(stretches, exponent: exponent)
      let bound = exponent * abs(exponent - 1) / 8 * 0.005 * 0.005
      let truth = stepSums(path, through: last, exponent: exponent, reference: reference)
      for (sum, position) in zip(sums, positions) {
        let expected = truth[position - path.firstPosition]
        // What stands for rates of zero, and rounding.
        let tolerance = 1.01 * bound + 1e-12
        expectClose(
          sum, expected, tolerance: tolerance,
          scale: 1e-13 / tolerance * Double(position - path.firstPosition + 1),
          "seed \(seed), exponent \(exponent), position \(position)")
      }
    }
  }

  /// Stretches add up to the steps, end at every position and do not cross the warm-up's end.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func stretchesCoverTheSteps(seed: UInt64) {
    var random = SeededGenerator(seed: 1000 + seed)
    let path = RandomPaths.path(using: &random)
    let positions = RandomPaths.positions(
      on: path, through: path.endPosition + 200, using: &random)
    let stretches = LearningRateStretches(path: path, positions: positions, reference: path.peak)
    #expect(stretches.ends.count == positions.count)
    for (end, position) in zip(stretches.ends, positions) {
      let count = stretches.counts[..<end].reduce(0, +)
      #expect(count == Double(position - path.firstPosition + 1), "seed \(seed)")
    }
    var position = path.firstPosition - 1
    for index in stretches.counts.indices {
      #expect(stretches.counts[index] >= 1)
      let first = path.learningRate(at: position + 1)
      position += Int(stretches.counts[index])
      let last = path.learningRate(at: position)
      func log(_ rate: Double) -> Double {
        rate > 0 ? Foundation.log(rate / path.peak) : LearningRateStretches.lowestLog
      }
      expectClose(stretches.firstLogs[index], log(first), tolerance: 1e-12, scale: 1)
      expectClose(stretches.lastLogs[index], log(last), tolerance: 1e-12, scale: 1)
      #expect(abs(last - first) <= 0.0050001 * first, "seed \(seed), stretch \(index)")
      let isWarmup = path.warmupEnd > path.firstPosition && position <= path.warmupEnd
      #expect(stretches.isWarmup[index] == isWarmup, "seed \(seed), stretch \(index)")
      let mean = exp(stretches.meanLogs[index]) * path.peak
      let (low, high) = (min(first, last), max(first, last))
      #expect(mean >= low * 0.99999 - 1e-100 && mean <= high * 1.00001 + 1e-100)
    }
  }

  /// A line to a thousandth takes about 1,400 stretches whether it has ten thousand steps or a
  /// billion; a constant rate one between positions.
  @Test(arguments: [100_000, 1_000_000_000])
  func stretchesDoNotGrowWithSteps(steps: Int) {
    let path = LearningRatePath(
      pieces: [
        .init(
          start: 0, count: steps,
          shape: .linear(first: 1e-3, slope: -0.999e-3 / Double(steps - 1))),
        .init(start: steps, count: 1, shape: .linear(first: 1e-6, slope: 0)),
      ], warmupEnd: 0)
    let stretches = LearningRateStretches(
      path: path, positions: [steps, 2 * steps, 3 * steps], reference: 1e-3)
    let falling = stretches.counts.count - 3
    #expect(falling > 1_000 && falling < 1_450, "\(falling)")
    #expect(Array(stretches.counts.suffix(3)) == [1, Double(steps), Double(steps)])
  }

  /// Listed rates that only wobble within the tolerance are not taken for a line.
  @Test func bentRatesAreCut() {
    let rates = (0..<1000).map { 1e-3 * (1 + 2e-3 * sin(Double($0) / 20)) }
    let path = LearningRatePath(
      pieces: [.init(start: 0, count: 1000, shape: .sampled(rates))], warmupEnd: 0)
    let stretches = LearningRateStretches(path: path, positions: [999], reference: 1e-3)
    #expect(stretches.counts.count > 40)
    var start = 0
    for index in stretches.counts.indices {
      let count = Int(stretches.counts[index])
      for offset in 0..<count {
        let share = count > 1 ? Double(offset) / Double(count - 1) : 0
        let line =
          rates[start] + share * (rates[start + count - 1] - rates[start])
        #expect(abs(rates[start + offset] - line) < 3.2e-6 * 1e-3)
      }
      start += count
    }
  }

  @Test func noPositions() {
    let stretches = LearningRateStretches(path: .constant(1e-3), positions: [], reference: 1e-3)
    #expect(stretches.counts.isEmpty && stretches.ends.isEmpty && stretches.warmupLog == 0)
  }
}
