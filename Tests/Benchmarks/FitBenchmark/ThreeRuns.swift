import Foundation
import ScalingLaws
import Schedules

/// A constant rate, a cosine and a drop after two thirds, 24,000 steps each, logged in 150 rows each,
/// with losses of the annealing law (λ = 0.999) and seeded noise of 0.1 %.
struct ThreeRuns {
  let rows: LawRows
  let losses: [Double]

  init() throws {
    let (warmup, last) = (2160, 24_000)
    let schedules: [(Int) -> Double] = [
      { _ in 3e-4 },
      { step in
        3e-5 + 0.5 * 2.7e-4 * (1 + cos(.pi * Double(step - warmup) / Double(last - warmup)))
      },
      { step in step < 16_160 ? 3e-4 : 9e-5 },
    ]
    let positions = (0..<150).map { 2304 + $0 * (last - 2304) / 149 }
    rows = LawRows(
      segments: try schedules.map { schedule in
        .init(
          positions: positions,
          path: try LearningRatePath(
            loggedSteps: positions, rates: positions.map(schedule), warmupSteps: warmup))
      }, warmup: .actual)
    var random = NormalGenerator(seed: 7)
    losses = rows.segments.flatMap { segment -> [Double] in
      guard let path = segment.path else { return [] }
      let areas = LearningRateAreas(path: path, positions: positions, warmup: .actual)
      return zip(areas.forward, areas.annealing(decay: 0.999)).map { forward, annealing in
        (2.6 + 0.6 * pow(forward, -0.5) - 0.4 * annealing) * exp(1e-3 * random.next())
      }
    }
  }

  /// S1, S2 at λ = 0.999 and losses as little-endian doubles, column after column.
  func write(to path: String) throws {
    let areas = rows.segments.compactMap { segment in
      segment.path.map {
        LearningRateAreas(path: $0, positions: segment.positions, warmup: .actual)
      }
    }
    let columns =
      areas.flatMap(\.forward) + areas.flatMap { $0.annealing(decay: 0.999) } + losses
    try columns.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
  }
}
