import Foundation
import Schedules
import TestSupport
import Testing

@Suite struct RateWeightedAreaTests {
  /// A warm-up, a stretch at one rate, a linear and a curved fall and a jump up.
  private static let path: LearningRatePath = {
    let curve = (0..<300).map { 2e-4 + 4e-4 * (1 + cos(.pi * Double($0) / 300)) / 2 }
    return LearningRatePath(
      pieces: [
        .init(start: 0, count: 50, shape: .linear(first: 0, slope: 2e-5)),
        .init(start: 50, count: 200, shape: .linear(first: 1e-3, slope: 0)),
        .init(start: 250, count: 2000, shape: .linear(first: 1e-3, slope: -2e-7)),
        .init(start: 2250, count: 300, shape: .sampled(curve)),
        .init(start: 2550, count: 200, shape: .linear(first: 5e-4, slope: 0)),
      ], warmupEnd: 50)
  }()

  /// S2 step by step as it is defined.
  private func sums(
    decay: Double, exponent: Double, warmup: WarmupArea, through last: Int
  ) -> [Double] {
    let path = RateWeightedAreaTests.path
    var (momentum, area) = (0.0, 0.0)
    return [0]
      + (1...last).map { position in
        let rate = path.learningRate(at: position)
        let counts = position > path.warmupEnd || warmup == .full
        momentum =
          decay * momentum + (counts ? path.learningRate(at: position - 1) - rate : 0)
        area += momentum * pow(rate / 1e-3, exponent)
        return area
      }
  }

  @Test(arguments: [(0.9, 0.0), (0.99, 0.3), (0.999, 1), (0.9999, 2)], WarmupArea.allCases)
  func stepByStep(_ values: (decay: Double, exponent: Double), warmup: WarmupArea) {
    let positions = Array(stride(from: 20, through: 2990, by: 90))
    let expected = sums(
      decay: values.decay, exponent: values.exponent, warmup: warmup, through: 3000)
    let scale = expected.map(abs).max() ?? 0
    let area = RateWeightedArea(
      path: RateWeightedAreaTests.path, positions: positions, warmup: warmup, reference: 1e-3)
    var indices: [Int] = []
    area.evaluate(
      memoryLoss: 1 - values.decay, exponent: values.exponent, wantsDerivatives: false
    ) { index, value, _, _ in
      indices.append(index)
      expectClose(
        value, expected[positions[index]], tolerance: 1e-6, scale: scale,
        "position \(positions[index])")
    }
    #expect(indices == Array(positions.indices))
  }

  @Test func derivatives() {
    let area = RateWeightedArea(
      path: RateWeightedAreaTests.path, positions: [600, 2400, 2700], warmup: .full,
      reference: 1e-3)
    func values(_ memoryLoss: Double, _ exponent: Double) -> [Double] {
      var values: [Double] = []
      area.evaluate(memoryLoss: memoryLoss, exponent: exponent, wantsDerivatives: false) {
        _, value, _, _ in values.append(value)
      }
      return values
    }
    let (memoryLoss, exponent, step) = (0.01, 0.4, 1e-6)
    let byMemory = zip(
      values(memoryLoss - step, exponent), values(memoryLoss + step, exponent)
    ).map { ($0 - $1) / (2 * step) }
    let byExponent = zip(
      values(memoryLoss, exponent + step), values(memoryLoss, exponent - step)
    ).map { ($0 - $1) / (2 * step) }
    area.evaluate(memoryLoss: memoryLoss, exponent: exponent, wantsDerivatives: true) {
      index, _, memorySlope, exponentSlope in
      expectClose(memorySlope, byMemory[index], tolerance: 1e-6)
      expectClose(exponentSlope, byExponent[index], tolerance: 1e-6)
    }
  }

  /// Steps at rate zero count nothing.
  @Test func zeroRate() {
    let path = LearningRatePath(
      pieces: [
        .init(start: 0, count: 10, shape: .linear(first: 1e-3, slope: 0)),
        .init(start: 10, count: 10, shape: .linear(first: 5e-4, slope: 0)),
        .init(start: 20, count: 10, shape: .linear(first: 0, slope: 0)),
      ], warmupEnd: 0)
    let area = RateWeightedArea(
      path: path, positions: [19, 29, 100], warmup: .actual, reference: 1e-3)
    for exponent in [0, 0.5] {
      var values: [Double] = []
      area.evaluate(memoryLoss: 0.1, exponent: exponent, wantsDerivatives: true) {
        values.append($1)
        #expect($2.isFinite && $3.isFinite)
      }
      #expect(values[0] > 0)
      #expect(values[1] == values[0] && values[2] == values[0])
    }
  }
}
