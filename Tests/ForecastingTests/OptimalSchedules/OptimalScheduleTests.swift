import Foundation
import ScalingLaws
import Schedules
import TestSupport
import Testing

@testable import Forecasting

struct OptimalScheduleTests {
  /// What the code published with arXiv 2503.12811 prints for its optimised schedules, and where these
  /// begin to fall and end, measured on its files of rates.
  static let published: [(size: String, loss: Double, decay: Double, end: Double)] = [
    ("25M", 3.150, 0.102, 0.0041), ("100M", 2.794, 0.102, 0.0041), ("400M", 2.533, 0.114, 0.0041),
  ]

  @Test(arguments: published)
  func multiPowerLawHasThePublishedOptimum(
    size: String, loss: Double, decay: Double, end: Double
  ) throws {
    let parameters = try #require(PublishedModels.repository[size])
    let forecaster = try PublishedModels.forecaster(MultiPowerLaw(), parameters)
    let limits = try RateLimits(total: 24000, warmup: 2160, peak: 3e-4)
    let best = try forecaster.optimalSchedule(within: limits)
    #expect(abs(best.loss - loss) < 5e-4)
    #expect(best.gap < 1e-5)
    let shape = try #require(best.shape)
    #expect(abs(shape.fraction - decay) < 0.01)
    #expect(abs(shape.power - 1.65) < 0.15)
    #expect(abs(shape.end - end) < 0.001)
    // The published shape, written as a schedule, is not better.
    let steps = Int((decay * 24000).rounded())
    let text =
      "peak=3e-4,warmup:2160,stable:\(21840 - steps),decay:\(steps):poly:p=1.65:to=\(end)x"
    let curve = try forecaster.forecast(
      at: [24000], path: Schedule(parsing: text).path(through: 24000))
    #expect(curve.predicted[0] > best.loss)
    #expect(curve.predicted[0] < best.loss + 5e-4)
  }

  /// Laws whose best schedule is searched with derivatives, with parameters as fits give.
  static let laws: [(any LossLaw, [Double])] = [
    (MultiPowerLaw(), PublishedModels.repository["25M"] ?? []),
    (MultiPowerLaw(form: .noGamma), [2.6, 0.6, 300, 0.5, 30, 0.6]),
    (MultiPowerLaw(form: .exponential), [2.6, 0.6, 300, 0.5, 30]),
    (FunctionalLaw(), [2.6, 0.6, 300, 50, 0.5, 1000, 0.5]),
    (NoiseFloorLaw(), PublishedModels.noiseFloor),
    (ConvexBoundLaw(), [2.6, 0.5, 300]),
  ]

  /// On twelve steps the heights at six knots can be tried one and all on a grid; the last knots are
  /// every step.
  @Test(arguments: laws.indices)
  func bestIsNoWorseThanEveryScheduleOfAGrid(index: Int) throws {
    let (law, parameters) = Self.laws[index]
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let limits = try RateLimits(total: 12, warmup: 0, peak: 3e-4, minimum: 3e-5)
    let best = try forecaster.optimalSchedule(within: limits)
    let objective = ScheduleObjective(forecaster, limits: limits, facts: RunFacts())
    let knots = RateKnots(limits: limits, growth: 1.5)
    var least = Double.infinity
    func visit(_ heights: [Double]) {
      guard heights.count < knots.count else {
        least = min(least, objective.loss(of: knots.path(through: knots.rates(of: heights))))
        return
      }
      for height in stride(from: 0.1, through: heights.last ?? 1, by: 0.15) {
        visit(heights + [height])
      }
    }
    visit([])
    #expect(least.isFinite)
    #expect(best.loss <= least + 1e-9)
    // And not far below: the grid's best is near.
    #expect(best.loss > least - 0.02 * abs(least))
  }

  @Test(arguments: laws.indices)
  func keepsToTheLimits(index: Int) throws {
    let (law, parameters) = Self.laws[index]
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let limits = try RateLimits(total: 600, warmup: 50, peak: 3e-4, minimum: 3e-5)
    let best = try forecaster.optimalSchedule(within: limits)
    #expect(best.steps.first == 50 && best.steps.last == 600)
    let rates = (50...600).map { best.path.learningRate(at: $0) }
    #expect(rates[0] == 3e-4)
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(rates.allSatisfy { $0 >= 3e-5 * (1 - 1e-12) })
  }

  /// What the best schedules of the laws must be by their equations: without a gain of drops the rate
  /// never falls.
  @Test func withoutGainTheRateStays() throws {
    let forecaster = try PublishedModels.forecaster(
      MultiPowerLaw(), [2.6, 0.6, 0, 0.5, 2, 0.6, 0.6])
    let limits = try RateLimits(total: 1000, warmup: 100, peak: 1e-3)
    let best = try forecaster.optimalSchedule(within: limits)
    #expect(best.rates.allSatisfy { $0 == 1e-3 })
    #expect(best.shape == nil)
  }

  /// With no height of the power term progress counts nothing.
  ///
  /// For G = 1 - exp(-C·S) what is left of the gain is
  /// B·∫η·C·e^(-C·S)·dS with dS = η·dt, so that η grows as e^(C·S/2): η = a/(1 - C·a·τ/2), τ the steps
  /// that are left.
  @Test func exponentialMemoryHasTheHyperbolaOfItsEquation() throws {
    let memory = 60.0
    let forecaster = try PublishedModels.forecaster(
      MultiPowerLaw(form: .exponential), [2.6, 1e-9, 300, 0.5, memory])
    let limits = try RateLimits(total: 4000, warmup: 0, peak: 3e-4)
    let best = try forecaster.optimalSchedule(within: limits)
    let end = best.path.learningRate(at: 4000)
    for left in [200, 800, 1600, 2400] {
      let expected = min(end / (1 - 0.5 * memory * end * Double(left)), 3e-4)
      expectClose(best.path.learningRate(at: 4000 - left), expected, tolerance: 0.03)
    }
  }
}
