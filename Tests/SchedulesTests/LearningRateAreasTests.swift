import Foundation
import Schedules
import TestSupport
import Testing

/// The areas and S2's derivative by λ, step by step as they are defined.
private struct Recursion {
  var forward: [Int: Double] = [:]
  var annealing: [Int: Double] = [:]
  var derivative: [Int: Double] = [:]
  /// The sum of the absolute terms of S2: the scale of its rounding error.
  var scale = 0.0

  init(path: LearningRatePath, through last: Int, decay: Double, warmup: WarmupArea) {
    var sum = 0.0
    var (momentum, slope, area, areaSlope) = (0.0, 0.0, 0.0, 0.0)
    for position in path.firstPosition...last {
      let inWarmup = position <= path.warmupEnd
      let rate = path.learningRate(at: position)
      sum += inWarmup && warmup == .peak ? path.learningRate(at: path.warmupEnd) : rate
      var drop = 0.0
      if position > path.firstPosition, !inWarmup || warmup == .full {
        drop = path.learningRate(at: position - 1) - rate
      }
      slope = momentum + decay * slope
      momentum = decay * momentum + drop
      area += momentum
      areaSlope += slope
      scale += abs(momentum)
      forward[position] = sum
      annealing[position] = area
      derivative[position] = areaSlope
    }
  }
}

/// The schedule "G60": warm-up 10, stable to 40, linear to a tenth at 60, peak 3e-4; with the
/// first position as given.
private func g60(from first: Int) -> LearningRatePath {
  let peak = 3e-4
  let fall = (3e-4 - 3e-5) / 20
  return LearningRatePath(
    pieces: [
      .init(
        start: first, count: 10 - first,
        shape: .linear(first: peak * Double(first) / 10, slope: peak / 10)),
      .init(start: 10, count: 30, shape: .linear(first: peak, slope: 0)),
      .init(start: 40, count: 21, shape: .linear(first: peak, slope: -fall)),
    ], warmupEnd: 10)
}

@Suite struct LearningRateAreasTests {
  // Reference values computed step by step in double precision, independently (Python).
  @Test(arguments: [
    (40, 0.01065, 0, 0),
    (45, 0.0119475, 0.00020223020241901356, 0.00017744535),
    (50, 0.0129075, 0.0007402769487692324, 0.0005586443047215),
    (60, 0.013815, 0.0028171255235194966, 0.001632715635327542),
  ])
  func smallSchedule(step: Int, forward: Double, slow: Double, fast: Double) {
    let areas = LearningRateAreas(path: g60(from: 0), positions: [step], warmup: .actual)
    expectClose(areas.forward[0], forward, tolerance: 1e-12)
    expectClose(areas.annealing(decay: 0.999)[0], slow, tolerance: 1e-11)
    expectClose(areas.annealing(decay: 0.9)[0], fast, tolerance: 1e-11)
  }

  @Test func warmupConventions() {
    let peak = LearningRateAreas(path: g60(from: 1), positions: [60], warmup: .peak)
    expectClose(peak.forward[0], 0.015165, tolerance: 1e-12)
    let full = LearningRateAreas(path: g60(from: 0), positions: [60], warmup: .full)
    expectClose(full.annealing(decay: 0.9)[0], -0.0013582210994224633, tolerance: 1e-12)
  }

  /// Areas of the cosine schedule published with Tissue et al., 20,000 steps.
  @Test func longCosine() {
    let rates = (501...20_000).map { 1e-4 * (1 + cos(.pi * Double($0 - 500) / 19_500)) }
    let path = LearningRatePath(
      pieces: [
        .init(start: 0, count: 501, shape: .linear(first: 2e-4, slope: 0)),
        .init(start: 501, count: 19_500, shape: .sampled(rates)),
      ], warmupEnd: 500)
    let areas = LearningRateAreas(path: path, positions: [10_000, 20_000], warmup: .peak)
    expectClose(areas.forward[1], 2.0501, tolerance: 1e-12)
    let annealing = areas.annealing(decay: 0.999)
    expectClose(annealing[0], 0.08039981783427472, tolerance: 1e-12)
    expectClose(annealing[1], 0.1974738377275255, tolerance: 1e-12)
  }

  @Test(arguments: 0..<200)
  func closedFormsEqualTheRecursion(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let path = randomPath(using: &random)
    let last = path.endPosition + Int.random(in: 0...40, using: &random)
    let loss = [1, 0.3, 0.05, 1e-3, 1e-5][Int.random(in: 0..<5, using: &random)]
    let decay = 1 - loss * Double.random(in: 0.5...1, using: &random)
    var positions = (0..<20).map { _ in Int.random(in: path.firstPosition...last, using: &random) }
    positions.sort()
    for warmup in WarmupArea.allCases {
      let areas = LearningRateAreas(path: path, positions: positions, warmup: warmup)
      let reference = Recursion(path: path, through: last, decay: decay, warmup: warmup)
      // Signed drops can cancel, in the recursion too: errors are relative to the terms' sum.
      var annealing = [Double](repeating: 0, count: positions.count)
      var derivatives = annealing
      areas.annealing(
        memoryLoss: 1 - decay, areas: &annealing, derivatives: &derivatives, at: 0,
        wantsDerivatives: true)
      for (index, position) in positions.enumerated() {
        let (area, derivative) = (annealing[index], derivatives[index])
        expectClose(
          areas.forward[index], reference.forward[position] ?? .nan, tolerance: 1e-12,
          "seed \(seed), \(warmup), position \(position)")
        expectClose(
          area, reference.annealing[position] ?? .nan, tolerance: 1e-12, scale: reference.scale,
          "seed \(seed), \(warmup), position \(position), decay \(decay)")
        expectClose(
          derivative, reference.derivative[position] ?? .nan, tolerance: 1e-11,
          scale: reference.scale / (1 - decay + 1 / Double(last + 1)),
          "derivative, seed \(seed), \(warmup), position \(position), decay \(decay)")
      }
    }
  }

  /// A falling schedule has no cancelling terms: there the relative error itself is bounded.
  @Test(arguments: 0..<50)
  func fallingSchedulesAgreeRelatively(seed: UInt64) {
    var random = SeededGenerator(seed: 1000 + seed)
    var pieces: [LearningRatePath.Piece] = []
    var rate = 1.0
    var start = 0
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let count = Int.random(in: 1...400, using: &random)
      let slope = Bool.random(using: &random) ? 0 : -rate / Double(count) * 0.7
      pieces.append(.init(start: start, count: count, shape: .linear(first: rate, slope: slope)))
      rate += slope * Double(count)
      rate *= Bool.random(using: &random) ? 1 : 0.5
      start += count
    }
    let path = LearningRatePath(pieces: pieces, warmupEnd: 0)
    let positions = Array(stride(from: 0, to: start + 50, by: 7))
    let decay = 1 - Double.random(in: 1e-5...0.2, using: &random)
    let areas = LearningRateAreas(path: path, positions: positions, warmup: .actual)
    let reference = Recursion(path: path, through: start + 50, decay: decay, warmup: .actual)
    for (position, area) in zip(positions, areas.annealing(decay: decay)) {
      expectClose(
        area, reference.annealing[position] ?? .nan, tolerance: 1e-12,
        scale: 1e-3 * reference.scale, "seed \(seed), position \(position), decay \(decay)")
    }
  }
}

private func randomPath(using random: inout SeededGenerator) -> LearningRatePath {
  var pieces: [LearningRatePath.Piece] = []
  var start = Int.random(in: 0...3, using: &random)
  let first = start
  for _ in 0..<Int.random(in: 1...8, using: &random) {
    let count = Int.random(in: 1...300, using: &random)
    let shape: LearningRatePath.Piece.Shape
    switch Int.random(in: 0..<3, using: &random) {
    case 0: shape = .linear(first: Double.random(in: 0.1...1, using: &random), slope: 0)
    case 1:
      let rates = (0..<2).map { _ in Double.random(in: 0.1...1, using: &random) }
      shape = .linear(first: rates[0], slope: (rates[1] - rates[0]) / Double(count))
    default:
      shape = .sampled((0..<count).map { _ in Double.random(in: 0.1...1, using: &random) })
    }
    pieces.append(.init(start: start, count: count, shape: shape))
    start += count
  }
  return LearningRatePath(pieces: pieces, warmupEnd: Int.random(in: first..<start, using: &random))
}
