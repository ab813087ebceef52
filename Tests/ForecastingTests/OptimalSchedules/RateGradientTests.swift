import ScalingLaws
import Schedules
import TestSupport
import Testing

@testable import Forecasting

struct RateGradientTests {
  static let laws: [(any RateDifferentiableLaw, [Double])] = [
    (MultiPowerLaw(), PublishedModels.repository["400M"] ?? []),
    (MultiPowerLaw(form: .noGamma), [2.6, 0.6, 300, 0.5, 30, 0.6]),
    (MultiPowerLaw(form: .exponential), [2.6, 0.6, 300, 0.5, 30]),
    (FunctionalLaw(), [2.6, 0.6, 300, 50, 0.5, 1000, 0.5]),
    (NoiseFloorLaw(), [2.6, 40, 0.25, -30, 0.3, 0.55, 0.65, 0.75, 0.006, 0.2, 0.5, 4e-4]),
  ]

  private let knots: RateKnots
  private let heights: [Double]

  init() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let limits = try RateLimits(total: 3000, warmup: 200, peak: 3e-4)
    knots = RateKnots(limits: limits, growth: 1.1)
    var height = 1.0
    heights = (0..<knots.count).map { _ in
      height *= Double.random(in: 0.9...1, using: &random)
      return height
    }
  }

  @Test(arguments: laws.indices, WarmupArea.allCases)
  func agreesWithDifferencesAndTheLawsOwnSums(index: Int, warmup: WarmupArea) throws {
    let (law, parameters) = Self.laws[index]
    let facts = RunFacts(modelSize: 3e8)
    let coordinates = law.coordinates(fromParameters: parameters)
    var layout = PanelLayout(knots)
    var gradient = [Double](repeating: 0, count: knots.count)
    func loss(_ heights: [Double]) -> Double {
      layout.lastLoss(of: heights, gradient: &gradient) { panels, gradient in
        law.lastLoss(
          of: panels, facts: facts, warmup: warmup, coordinates: coordinates, gradient: &gradient)
      }
    }
    let value = loss(heights)
    let exact = gradient
    for knot in stride(from: 0, to: knots.count, by: 7) {
      let step = 1e-4 * heights[knot]
      var moved = heights
      moved[knot] += step
      let above = loss(moved)
      moved[knot] -= 2 * step
      expectClose(exact[knot], (above - loss(moved)) / (2 * step), tolerance: 1e-5, scale: 0.01)
    }
    let forecaster = try PublishedModels.forecaster(law, parameters, warmup: warmup.rawValue)
    let objective = ScheduleObjective(forecaster, limits: knots.limits, facts: facts)
    // The functional law's T(k)^(-s) is steep over the first steps of a warm-up that counts.
    let isSteep = law.name == "functional" && warmup == .full
    expectClose(
      value, objective.loss(of: knots.path(through: knots.rates(of: heights))),
      tolerance: isSteep ? 2e-5 : 2e-6)
  }

  /// The same for a schedule of a family.
  @Test(arguments: laws.indices, ["cosine", "1-sqrt", "exp:to=0.01x", "poly:p=2.5"])
  func panelsOfFamiliesAgreeWithTheLawsOwnSums(index: Int, shape: String) throws {
    let (law, parameters) = Self.laws[index]
    let forecaster = try PublishedModels.forecaster(law, parameters)
    let objective = ScheduleObjective(
      forecaster, limits: knots.limits, facts: RunFacts(modelSize: 3e8))
    let schedule = try Schedule(
      parsing: "peak=3e-4,min=0.001x,warmup:200,stable:1800,decay:1000:\(shape)")
    expectClose(
      objective.loss(of: schedule), objective.loss(of: schedule.path(through: 3000)),
      tolerance: 1e-5)
  }
}
