import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules

/// The last loss of schedules by a fitted law.
struct ScheduleObjective: Sendable {
  let forecaster: Forecaster
  let limits: RateLimits
  let facts: RunFacts

  init(_ forecaster: Forecaster, limits: RateLimits, facts: RunFacts) {
    self.forecaster = forecaster
    self.limits = limits
    self.facts = facts.completed(by: forecaster.commonFacts)
  }

  /// The same within other limits.
  func within(_ limits: RateLimits) -> ScheduleObjective {
    ScheduleObjective(forecaster, limits: limits, facts: facts)
  }

  private var warmup: WarmupArea { forecaster.model.warmup.area }

  /// The law, when it gives derivatives by every rate.
  private var differentiable: (any RateDifferentiableLaw)? {
    guard let law = forecaster.law as? any RateDifferentiableLaw, law.givesRateDerivatives else {
      return nil
    }
    return law
  }

  /// How densely knots lie that the law can be minimised over in a short time.
  var growth: Double { differentiable == nil ? 1.2 : 1.05 }

  /// The loss of a path, by the law's own sums; not a number where the law gives none.
  func loss(of path: LearningRatePath) -> Double {
    let segment = LawRows.Segment(positions: [limits.total], path: path, facts: facts)
    let basis = forecaster.law.basis(for: LawRows(segments: [segment], warmup: warmup))
    let linearCount = forecaster.law.linearCoordinates.count
    let functions = basis.basis(at: Array(forecaster.coordinates[linearCount...])).functions
    return (0..<linearCount).reduce(0) { $0 + forecaster.coordinates[$1] * functions[0, $1] }
  }

  /// The loss of a schedule, by panels of steps where the law gives it from them.
  func loss(of schedule: Schedule) -> Double {
    guard let law = differentiable else {
      return loss(of: schedule.path(through: limits.total))
    }
    let panels = SchedulePanels.panels(of: schedule, limits: limits)
    var unused = RatePanelGradient(count: panels.counts.count)
    return law.lastLoss(
      of: panels, facts: facts, warmup: warmup, coordinates: forecaster.coordinates,
      gradient: &unused)
  }

  /// Minimises the loss over schedules that bend at knots.
  func minimize(over knots: RateKnots, from start: [Double]) -> MonotoneSearch.Outcome {
    guard let law = differentiable else {
      return minimizeByDifferences(over: knots, from: start)
    }
    var layout = PanelLayout(knots)
    let (facts, warmup, coordinates) = (facts, warmup, forecaster.coordinates)
    return MonotoneSearch(lower: limits.lowestHeight).minimize(from: start) { heights, gradient in
      layout.lastLoss(of: heights, gradient: &gradient) { panels, gradient in
        law.lastLoss(
          of: panels, facts: facts, warmup: warmup, coordinates: coordinates, gradient: &gradient)
      }
    }
  }

  /// The same with derivatives by differences, for laws that give none.
  private func minimizeByDifferences(
    over knots: RateKnots, from start: [Double]
  ) -> MonotoneSearch.Outcome {
    var search = MonotoneSearch(lower: limits.lowestHeight)
    search.iterationLimit = 150
    search.tolerance = 1e-5
    let step = 1e-5
    return search.minimize(from: start) { heights, gradient in
      var rates = knots.rates(of: heights)
      let value = loss(of: knots.path(through: rates))
      for index in heights.indices {
        let rate = rates[index + 1]
        rates[index + 1] = rate + step * limits.peak
        gradient[index] = (loss(of: knots.path(through: rates)) - value) / step
        rates[index + 1] = rate
      }
      return value
    }
  }
}
