import Foundation
import LeastSquares
import Schedules

/// Rows of one run under a schedule, with losses of the annealing law and seeded noise.
struct AnnealingRows {
  let forward: [Double]
  let annealing: [Double]
  let losses: [Double]

  /// A warm-up, a constant stretch and a linear decay over `rows` logged steps out of 40,000.
  init(rows: Int, seed: UInt64) {
    let last = max(40_000, 4 * rows)
    let decay = last / 4
    let path = LearningRatePath(
      pieces: [
        .init(start: 0, count: 500, shape: .linear(first: 0, slope: 1e-3 / 500)),
        .init(
          start: 500, count: last - decay - 500, shape: .linear(first: 1e-3, slope: 0)),
        .init(
          start: last - decay, count: decay + 1,
          shape: .linear(first: 1e-3, slope: -9e-4 / Double(decay))),
      ], warmupEnd: 500)
    let positions = (0..<rows).map { 500 + ($0 + 1) * (last - 500) / rows }
    let areas = LearningRateAreas(path: path, positions: positions, warmup: .actual)
    forward = areas.forward
    annealing = areas.annealing(decay: 0.999)
    var random = NormalGenerator(seed: seed)
    losses = zip(forward, annealing).map { forward, annealing in
      (2.6 + 0.8 * pow(forward, -0.5) - 0.3 * annealing) * exp(2e-3 * random.next())
    }
  }

  /// The rows as little-endian doubles: S1, S2 and losses, column after column.
  func write(to path: String) throws {
    let data = (forward + annealing + losses).withUnsafeBytes { Data($0) }
    try data.write(to: URL(fileURLWithPath: path))
  }
}

/// Standard normal values from a seed.
struct NormalGenerator {
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  mutating func next() -> Double {
    let radius = (-2 * log(Double.random(in: 1e-300...1, using: &random))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0...1, using: &random))
  }
}
