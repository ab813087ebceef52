import Foundation
import LeastSquares
import ScalingLaws
import Schedules
import TestSupport
import Testing

@Suite struct AnnealingVariantTests {
  /// Minima of Σ Huber(1e-3) on the 40 published log losses at λ = 0.999, by SciPy in double
  /// precision.
  @Test(arguments: [
    (
      "annealing-power", "zeta", 1.125, 1.66518248e-5, 2.63355116, 0.42221955, 0.50938307,
      0.55736704
    ),
    ("annealing-power", "zeta", 1.5, 3.26790934e-5, 2.64483510, 0.40727220, 0.96759700, 0.57323479),
    (
      "annealing-weighted", "epsilon", 0.1, 1.86847417e-5, 2.6251089, 0.43313273, 1.05266163,
      0.546387
    ),
    (
      "annealing-weighted", "epsilon", 0.2, 2.36561280e-5, 2.6231431, 0.43561477, 2.67479198,
      0.54397653
    ),
    (
      "annealing-weighted", "epsilon", 0.5, 3.86069417e-5, 2.6210175, 0.43815202, 41.57535367,
      0.54167428
    ),
  ])
  func publishedCurves(
    name: String, held: String, value: Double, cost: Double, floor: Double, height: Double,
    gain: Double, exponent: Double
  ) throws {
    let law = try #require(LawCatalogue.law(named: name))
    let fit = try LawFitter(law: law, fixed: ["lambda": 0.999, held: value]).fit(
      PublishedCurves.cosine + PublishedCurves.constant, at: PublishedCurves.rows)
    let parameters = law.parameters(fromCoordinates: fit.coordinates)
    expectClose(fit.report.cost, cost, tolerance: 2e-8)
    for (index, expected) in [floor, height, gain, exponent].enumerated() {
      expectClose(parameters[index], expected, tolerance: 2e-7, "\(law.parameters[index].name)")
    }
  }

  /// With λ alone held: SciPy's minimum over ζ too; ε below 0 is outside its bounds.
  @Test func freeExponents() throws {
    let losses = PublishedCurves.cosine + PublishedCurves.constant
    let power = PowerAnnealingLaw()
    let fit = try LawFitter(law: power, fixed: ["lambda": 0.999]).fit(
      losses, at: PublishedCurves.rows)
    expectClose(fit.report.cost, 1.585158749e-5, tolerance: 1e-8)
    expectClose(fit.coordinates[5], 1.05140701, tolerance: 1e-6)
    let weighted = WeightedAnnealingLaw()
    let atBound = try LawFitter(law: weighted, fixed: ["lambda": 0.999]).fit(
      losses, at: PublishedCurves.rows)
    #expect(atBound.coordinates[5] == 0)
  }

  /// ε = 0, ζ = 1 and one size are the annealing law, rises of the rate included.
  @Test func specialCases() {
    let path = LearningRatePath(
      pieces: [
        .init(start: 0, count: 400, shape: .linear(first: 1e-3, slope: 0)),
        .init(start: 400, count: 300, shape: .linear(first: 1e-3, slope: -3e-6)),
        .init(start: 700, count: 300, shape: .linear(first: 1e-4, slope: 6e-6)),
        .init(start: 1000, count: 10, shape: .linear(first: 1.9e-3, slope: 0)),
      ], warmupEnd: 0)
    let facts = RunFacts(modelSize: 594e6)
    let rows = SmallSchedule.rows(
      at: Array(stride(from: 10, through: 1500, by: 10)), of: path, facts: facts)
    let expected = AnnealingLaw().losses([2.6, 0.43, 0.41, 0.55, 0.99], at: rows)
    let areas = LearningRateAreas(path: path, positions: [1500], warmup: .actual)
    #expect(areas.annealing(decay: 0.99)[0] < 0)
    let weighted = WeightedAnnealingLaw().losses([2.6, 0.43, 0.41, 0.55, 0.99, 0], at: rows)
    let power = PowerAnnealingLaw().losses([2.6, 0.43, 0.41, 0.55, 0.99, 1], at: rows)
    let sized = SizedAnnealingLaw().losses(
      [1.5, 0.43, 1.1 * 594, 0.41 / 594, 0.55, 1, 1, 0.99], at: rows)
    for row in 0..<rows.count {
      expectClose(weighted[row], expected[row], tolerance: 1e-12)
      expectClose(power[row], expected[row], tolerance: 1e-12)
      expectClose(sized[row], expected[row], tolerance: 1e-12)
    }
  }

  /// For N = 594 million the paper's size term adds 3.067·594^(-0.158) to its floor, which makes
  /// 2.622 (2.628 in its fit of that size alone), and its gain is 0.273·594^0.052.
  @Test func sizesAreInMillions() {
    let law = SizedAnnealingLaw()
    let rows = SmallSchedule.rows(at: [60], facts: RunFacts(modelSize: 594e6))
    let area = LearningRateAreas(path: SmallSchedule.path(), positions: [60], warmup: .actual)
      .annealing(decay: 0.999)[0]
    expectClose(
      law.losses(law.publishedFits[0].parameters, at: rows)[0],
      1.504 + 0.440 * pow(0.013815, -0.546) + 3.067 * pow(594, -0.158)
        - 0.273 * pow(594, 0.052) * area,
      tolerance: 1e-12)
    expectClose(1.504 + 3.067 * pow(594, -0.158), 2.622, tolerance: 2e-4)
  }

  @Test func whatSizesLeaveOpen() {
    let law = SizedAnnealingLaw()
    func unidentified(_ runs: [(size: Double, decays: Bool)]) -> [Int] {
      let segments = runs.map { run in
        LawRows.Segment(
          positions: Array(run.decays ? 11...60 : 11...40), path: SmallSchedule.path(),
          facts: RunFacts(modelSize: run.size))
      }
      return law.unidentified(in: LawRows(segments: segments, warmup: .actual)).map(\.index)
    }
    #expect(unidentified([(1e8, true)]) == [2, 5, 6])
    #expect(unidentified([(1e8, true), (2e8, true)]) == [5])
    #expect(unidentified([(1e8, true), (2e8, false)]) == [5, 6])
    #expect(unidentified([(1e8, true), (2e8, true), (3e8, true)]).isEmpty)
    #expect(unidentified([(1e8, false), (2e8, false), (3e8, false)]) == [3, 6, 7])
    #expect(
      WeightedAnnealingLaw().unidentified(in: SmallSchedule.rows(at: Array(11...40))).map(\.index)
        == [2, 4, 5])
    #expect(
      PowerAnnealingLaw().unidentified(in: SmallSchedule.rows(at: Array(11...40))).map(\.index)
        == [2, 4, 5])
  }

  /// Runs of one size are fitted, with what depends on size held.
  @Test func oneSizeIsFitted() throws {
    let path = SmallSchedule.path(peak: 3e-3)
    let rows = LawRows(
      segments: [Array(11...60), Array(11...40)].map {
        .init(positions: $0, path: path, facts: RunFacts(modelSize: 1e8))
      }, warmup: .actual)
    let losses = AnnealingLaw().losses([2.6, 0.43, 41, 0.55, 0.95], at: rows)
    let law = SizedAnnealingLaw()
    let fit = try LawFitter(law: law, fixed: ["lambda": 0.95]).fit(losses, at: rows)
    #expect(fit.unidentified.map(\.index) == [2, 5, 6])
    let parameters = law.parameters(fromCoordinates: fit.coordinates)
    expectClose(parameters[0], 2.6, tolerance: 1e-6)
    expectClose(parameters[3], 41, tolerance: 1e-5)
  }
}
