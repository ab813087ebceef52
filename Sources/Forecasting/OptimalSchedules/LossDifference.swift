import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules

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
  /// The interval is ± t·√(gᵀVg), with the parameter covariance V, inflated for autocorrelation, the
  /// gradient g of the difference, and Student's t: what lifts or lowers both losses alike does not
  /// count.
  ///
  /// - Parameters:
  ///   - paths: the schedules; the first is the reference.
  ///   - total: the last step.
  ///   - facts: what else is known of the run.
  ///   - level: of the intervals.
  /// - Returns: one difference a schedule; the first is zero.
  func differences(
    of paths: [LearningRatePath], at total: Int, facts: RunFacts, level: Double
  ) -> [LossDifference] {
    let facts = facts.completed(by: commonFacts)
    let segments = paths.map { LawRows.Segment(positions: [total], path: $0, facts: facts) }
    let model = law.basis(for: LawRows(segments: segments, warmup: self.model.warmup.area))
    let linearCount = law.linearCoordinates.count
    let basis = model.basis(at: Array(coordinates[linearCount...]))
    let quantile = intervalQuantile(level: level)
    let gradients = paths.indices.map { row in
      var gradient = coordinates.indices.map { $0 < linearCount ? basis.functions[row, $0] : 0 }
      for (column, derivative) in model.derivativeColumns.enumerated() {
        gradient[linearCount + derivative.parameter] +=
          coordinates[derivative.function] * basis.derivatives[row, column]
      }
      return gradient
    }
    return gradients.map { gradient in
      let change = zip(gradient, gradients[0]).map { $0 - $1 }
      let difference = (0..<linearCount).reduce(0) { $0 + coordinates[$1] * change[$1] }
      guard self.model.covariance != nil else { return LossDifference(difference: difference) }
      let width = quantile * quadraticForm(covariance, change).squareRoot()
      return LossDifference(
        difference: difference, lower: difference - width, upper: difference + width)
    }
  }
}
