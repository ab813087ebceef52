import LeastSquares
import ScalingLaws
import Schedules

/// The schedule "G60": warm-up 10, stable to 40, linear to a tenth at 60.
enum SmallSchedule {
  static func path(
    peak: Double = 3e-4, from first: Int = 0, warmupEnd: Int = 10
  )
    -> LearningRatePath
  {
    LearningRatePath(
      pieces: [
        .init(
          start: first, count: 10 - first,
          shape: .linear(first: peak * Double(first) / 10, slope: peak / 10)),
        .init(start: 10, count: 30, shape: .linear(first: peak, slope: 0)),
        .init(start: 40, count: 21, shape: .linear(first: peak, slope: -0.9 * peak / 20)),
      ], warmupEnd: warmupEnd)
  }

  static func rows(
    at positions: [Int], of path: LearningRatePath = path(), facts: RunFacts = RunFacts(),
    warmup: WarmupArea = .actual
  ) -> LawRows {
    LawRows(segments: [.init(positions: positions, path: path, facts: facts)], warmup: warmup)
  }
}

extension LossLaw {
  /// The losses at rows for parameters as people report them.
  func losses(_ parameters: [Double], at rows: LawRows) -> [Double] {
    predictions(self, coordinates(fromParameters: parameters), rows)
  }
}
