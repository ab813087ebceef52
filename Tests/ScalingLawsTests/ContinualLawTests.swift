import Foundation
import LeastSquares
import ScalingLaws
import Schedules
import TestSupport
import Testing

@Suite struct ContinualLawTests {
  /// The law at S1pt = 3, S2pt = 0.2, S1cpt = 0.5 and S2cpt = 0.05 with the paper's parameters of
  /// the first setting, evaluated independently in Python.
  @Test func publishedParameters() {
    let law = ContinualLaw()
    // With λ = 1/2 a drop in position 7 has an area of 1.75 drops by position 9.
    let (before, after) = (0.2 / 1.75, 0.05)
    let rate = (3 + before) / 8
    let rates = [Double](repeating: rate, count: 7) + [rate - before, rate - before]
    let path = LearningRatePath(
      pieces: [.init(start: 0, count: 10, shape: .sampled(rates + [rate - before - after]))],
      warmupEnd: 0)
    let rows = SmallSchedule.rows(at: [9], of: path, facts: RunFacts(switchStep: 7))
    var parameters = law.publishedFits[0].parameters
    parameters[6] = 0.5
    expectClose(law.losses(parameters, at: rows)[0], 3.3918208081321084, tolerance: 1e-13)
  }

  /// Both areas step by step as they are defined, with a rise and a fall after the change.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func areasOnRandomPaths(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var pieces: [LearningRatePath.Piece] = []
    var start = 0
    for _ in 0..<6 {
      let count = Int.random(in: 1...30, using: &random)
      let (first, last) = (
        Double.random(in: 0.1...1, using: &random), Double.random(in: 0.1...1, using: &random)
      )
      let shape: LearningRatePath.Piece.Shape =
        Bool.random(using: &random)
        ? .linear(first: first, slope: (last - first) / Double(count))
        : .sampled((0..<count).map { _ in Double.random(in: 0.1...1, using: &random) })
      pieces.append(.init(start: start, count: count, shape: shape))
      start += count
    }
    let path = LearningRatePath(pieces: pieces, warmupEnd: 0)
    let change = Int.random(in: 1...start, using: &random)
    let end = start + 20
    let lambda = Double.random(in: 0.5...0.99, using: &random)
    let parameters = [9, 0.5, 0.3, 0.2, -0.7, 0.5, lambda, 3, 0.2]
    let rows = SmallSchedule.rows(
      at: Array(1...end), of: path, facts: RunFacts(switchStep: change))
    let losses = ContinualLaw().losses(parameters, at: rows)
    var (forward, newForward) = (path.learningRate(at: 0), 0.0)
    var momenta = [0.0, 0.0]
    var areas = [0.0, 0.0]
    for position in 1...end {
      let rate = path.learningRate(at: position)
      let drop = path.learningRate(at: position - 1) - rate
      forward += rate
      if position > change { newForward += rate }
      for part in 0...1 {
        momenta[part] = lambda * momenta[part] + ((position > change) == (part == 1) ? drop : 0)
        areas[part] += momenta[part]
      }
      let shift = 1 - pow(1 + 3 * newForward, -0.2)
      expectClose(
        losses[position - 1],
        9 + 0.5 * pow(forward, -0.5) - 0.3 * areas[0] - 0.2 * areas[1] - 0.7 * shift,
        tolerance: 1e-11, "seed \(seed), position \(position), change \(change)")
    }
  }

  @Test(arguments: [
    (0, [2]), (20, [2]), (50, []), (60, [3, 4, 7, 8]), (100, [3, 4, 7, 8]),
  ])
  func unidentified(change: Int, expected: [Int]) {
    let rows = SmallSchedule.rows(at: Array(11...60), facts: RunFacts(switchStep: change))
    #expect(ContinualLaw().unidentified(in: rows).map(\.index) == expected)
  }

  @Test func constantRate() {
    let rows = SmallSchedule.rows(at: Array(11...40), facts: RunFacts(switchStep: 20))
    #expect(ContinualLaw().unidentified(in: rows).map(\.index) == [2, 3, 6])
  }
}
