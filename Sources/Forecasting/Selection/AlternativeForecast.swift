import RealModule
public import ScalingLaws
public import Schedules

/// What a law predicts that the back-test does not tell from the chosen one.
public struct AlternativeForecast: Sendable, Hashable {
  /// The law.
  public var law: String
  /// Its losses in nats, one a position, or why it has none.
  public var losses: Result<[Double], ForecastError>
}

extension Forecaster {
  /// What near-equal laws predict.
  ///
  /// - Parameters:
  ///   - positions: updates done, ascending, at least 1.
  ///   - path: the learning rate; may be nil for laws without one.
  ///   - facts: what else is known of the run.
  /// - Returns: one forecast a law, in the model's order; those that cannot be used last.
  public func alternatives(
    at positions: [Int], path: LearningRatePath?, facts: RunFacts = RunFacts()
  ) -> [AlternativeForecast] {
    alternatives.map { forecaster in
      let curve = Result { () throws(ForecastError) in
        try forecaster.forecast(at: positions, path: path, facts: facts)
      }
      return AlternativeForecast(law: forecaster.model.law, losses: curve.map(\.predicted))
    } + unusable
  }

  /// Remarks on laws that cannot add to the interval of a forecast.
  func skippedAlternatives(
    at position: Int, path: LearningRatePath?, facts: RunFacts
  ) -> [String] {
    alternatives(at: [position], path: path, facts: facts).compactMap { alternative in
      guard case .failure(let error) = alternative.losses else { return nil }
      return "\(alternative.law) forecasts the fitted runs as well but not this one, so that the "
        + "interval does not include it: \(error)"
    }
  }

  /// The mean squared difference of losses from the chosen law's, or of log(offset + loss); 0 when
  /// there are none.
  static func spread(
    of losses: [Double], around chosen: Double, logOffset offset: Double?
  ) -> Double {
    guard !losses.isEmpty else { return 0 }
    let squares = losses.map { loss in
      let difference =
        offset.map { Double.log(($0 + loss) / ($0 + chosen)) } ?? (loss - chosen)
      return difference * difference
    }
    return squares.mean
  }

  /// Forecasters of alternatives, whose own alternatives do not count.
  static func prepared(
    _ models: [FittedLaw]
  ) -> (usable: [Forecaster], unusable: [AlternativeForecast]) {
    var usable: [Forecaster] = []
    var unusable: [AlternativeForecast] = []
    for var model in models {
      model.alternatives = nil
      do throws(ForecastError) {
        usable.append(try Forecaster(model: model))
      } catch {
        unusable.append(AlternativeForecast(law: model.law, losses: .failure(error)))
      }
    }
    return (usable, unusable)
  }
}
