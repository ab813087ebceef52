import LeastSquares
import ScalingLaws
import Schedules
import TestSupport
import Testing

@Suite struct ConvexBoundTests {
  /// The schedule over its peak, steps 1 to 60; independent evaluation in Python.
  @Test func smallSchedule() {
    let path = SmallSchedule.path(peak: 1, from: 1)
    let bound = ConvexBound.bounds(path: path, at: [60], warmup: .actual)[0]
    expectClose(bound.distance, 0.010857763300760045, tolerance: 1e-12)
    expectClose(bound.gradients, 0.44258143322475574, tolerance: 1e-12)
    expectClose(bound.lastIterate, 1.3935709186473946, tolerance: 1e-12)
    expectClose(bound.bestFactor, 0.07689813875805886, tolerance: 1e-12)
    expectClose(bound.bestValue, 0.2823933966704015, tolerance: 1e-12)
  }

  /// The definition's double sums.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func randomRates(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...40, using: &random)
    var rates = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
    if count > 4 { rates[2] = 0 }
    let zeros = [Double](repeating: 0, count: Int.random(in: 0...3, using: &random))
    let bound = ConvexBound(rates: rates + zeros)
    func sum(_ first: Int, _ power: Int) -> Double {
      rates[first...].reduce(0) { $0 + (power == 1 ? $1 : $1 * $1) }
    }
    var lastIterate = 0.0
    for k in 0..<(count - 1) {
      lastIterate += 0.5 * rates[k] / sum(k + 1, 1) * sum(k, 2) / sum(k, 1)
    }
    expectClose(bound.distance, 0.5 / sum(0, 1), tolerance: 1e-12, "seed \(seed)")
    expectClose(bound.gradients, 0.5 * sum(0, 2) / sum(0, 1), tolerance: 1e-12, "seed \(seed)")
    expectClose(bound.lastIterate, lastIterate, tolerance: 1e-12, scale: 1e-12, "seed \(seed)")
  }

  /// The rates of the best schedule for a bound: all times √(t1/(t2 + t3)).
  @Test func bestFactor() {
    let rates = [0.1, 0.5, 1, 1, 0.6, 0.2]
    let bound = ConvexBound(rates: rates)
    func value(_ factor: Double) -> Double {
      let scaled = ConvexBound(rates: rates.map { $0 * factor })
      return scaled.distance + scaled.gradients + scaled.lastIterate
    }
    expectClose(value(bound.bestFactor), bound.bestValue, tolerance: 1e-13)
    #expect(value(1.01 * bound.bestFactor) > bound.bestValue)
    #expect(value(0.99 * bound.bestFactor) > bound.bestValue)
  }

  /// Past a path's end its last rate holds; stretches at one rate are summed in closed form.
  @Test(arguments: WarmupArea.allCases, [1, 5, 10, 11, 33, 60, 75, 3000])
  func pathsAndLists(warmup: WarmupArea, position: Int) {
    let path = LearningRatePath(
      pieces: SmallSchedule.path(from: 1).pieces + [
        .init(start: 61, count: 1500, shape: .linear(first: 2e-4, slope: 0)),
        .init(start: 1561, count: 3, shape: .sampled([1e-4, 3e-5, 1e-5])),
      ], warmupEnd: 10)
    let bound = ConvexBound.bounds(path: path, at: [position], warmup: warmup)[0]
    let expected = ConvexBound(
      rates: (1...position).map { path.learningRate(at: warmup == .peak ? max($0, 10) : $0) })
    expectClose(bound.distance, expected.distance, tolerance: 1e-12)
    expectClose(bound.gradients, expected.gradients, tolerance: 1e-12)
    expectClose(
      bound.lastIterate, expected.lastIterate, tolerance: 1e-11, scale: expected.gradients)
  }

  /// Many rows on schedules of every kind, against their steps one by one.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func randomPaths(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let path = RandomPaths.path(using: &random)
    let positions = RandomPaths.positions(on: path, through: path.endPosition + 200, using: &random)
    let warmup: WarmupArea = seed % 2 == 0 ? .peak : .actual
    let first = warmup == .peak ? path.warmupEnd : path.firstPosition
    let bounds = ConvexBound.bounds(path: path, at: positions, warmup: warmup)
    let rates = (path.firstPosition...path.endPosition + 200).map {
      path.learningRate(at: max($0, first))
    }
    for (bound, position) in zip(bounds, positions) {
      let expected = ConvexBound(rates: Array(rates[...(position - path.firstPosition)]))
      guard expected.distance < .infinity else {
        #expect(bound.distance == .infinity, "seed \(seed), position \(position)")
        continue
      }
      expectClose(bound.distance, expected.distance, tolerance: 1e-12, "seed \(seed)")
      expectClose(bound.gradients, expected.gradients, tolerance: 1e-12, "seed \(seed)")
      expectClose(
        bound.lastIterate, expected.lastIterate, tolerance: 1e-7, scale: expected.gradients,
        "seed \(seed), position \(position)")
    }
  }
}
