import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import Statistics

/// How far a schedule's last loss is above another's, by one law.
public struct LossDifference: Sendable, Hashable, Codable {
  /// The difference of the predicted losses, nats.
  public var difference: Double
  /// The lower end of its interval; nil when the model has no covariance.
  public var lower: Double?
  /// The upper end of its interval.
  public var upper: Double?

  /// Whether the interval leaves out zero; nil without an interval.
  public var isDistinct: Bool? {
    guard let lower, let upper else { return nil }
    return lower > 0 || upper < 0
  }
}

extension Forecaster {
  /// How far the last losses of schedules are above that of the first.
  ///
  /// Intervals are quantiles over parameters drawn from their covariance, the same ones for all
  /// schedules, so that what lifts or lowers all of them alike does not count.
  ///
  /// - Parameters:
  ///   - paths: the schedules; the first is the reference.
  ///   - total: the last step.
  ///   - facts: what else is known of the run.
  ///   - level: of the intervals.
  ///   - count: how many parameters are drawn.
  /// - Returns: one difference a schedule; the first is zero.
  func differences(
    of paths: [LearningRatePath], at total: Int, facts: RunFacts, level: Double, count: Int = 500
  ) -> [LossDifference] {
    let facts = facts.completed(by: commonFacts)
    let segments = paths.map { LawRows.Segment(positions: [total], path: $0, facts: facts) }
    let basis = law.basis(for: LawRows(segments: segments, warmup: model.warmup.area))
    let linearCount = law.linearCoordinates.count
    func differences(_ coordinates: [Double]) -> [Double] {
      let functions = basis.basis(at: Array(coordinates[linearCount...])).functions
      let losses = paths.indices.map { row in
        (0..<linearCount).reduce(0) { $0 + coordinates[$1] * functions[row, $1] }
      }
      return losses.map { $0 - losses[0] }
    }
    let expected = differences(coordinates)
    guard model.covariance != nil else { return expected.map { LossDifference(difference: $0) } }
    var draws = ParameterDraws(self, level: level)
    var columns = [[Double]](repeating: [], count: paths.count)
    for _ in 0..<count {
      let drawn = differences(draws.next())
      guard drawn.allSatisfy(\.isFinite) else { continue }
      for (index, value) in drawn.enumerated() { columns[index].append(value) }
    }
    return expected.indices.map { index in
      let sorted = columns[index].sorted()
      return LossDifference(
        difference: expected[index], lower: quantile(0.5 * (1 - level), of: sorted),
        upper: quantile(0.5 * (1 + level), of: sorted))
    }
  }
}

/// A quantile of ascending values, linear between them; nil without values.
private func quantile(_ part: Double, of sorted: [Double]) -> Double? {
  guard let last = sorted.last else { return nil }
  let place = part * Double(sorted.count - 1)
  let index = Int(place)
  guard index + 1 < sorted.count else { return last }
  return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
}
