import Foundation
import LeastSquares
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// The 40 losses that Tissue and others publish with their law (arXiv 2408.11029, example script):
/// cosine and constant learning rate, 20,000 steps, peak 2e-4, warm-up 500, every 1,000 steps.
enum PublishedCurves {
  static let cosine = [
    3.6696358, 3.3254106, 3.1908393, 3.1158533, 3.0604768, 3.020384, 2.9880967, 2.9612265,
    2.9395165, 2.9195616, 2.9030452, 2.8881907, 2.8767889, 2.8654318, 2.8565135, 2.8489892,
    2.843639, 2.8398669, 2.8380618, 2.8376071,
  ]
  static let constant = [
    3.6714418, 3.325626, 3.1884103, 3.111947, 3.058354, 3.0211415, 2.9874816, 2.96082, 2.9406552,
    2.9241402, 2.9054413, 2.8942103, 2.8807929, 2.8702695, 2.862175, 2.8530996, 2.8448784,
    2.8383856, 2.8326995, 2.8294308,
  ]

  static var rows: LawRows {
    let positions = Array(stride(from: 1000, through: 20_000, by: 1000))
    let warmup = LearningRatePath.Piece(
      start: 0, count: 500, shape: .linear(first: 0, slope: 2e-4 / 500))
    let decay = (500...20_000).map { step in
      1e-4 * (1 + cos(.pi * Double(step - 500) / 19_500))
    }
    let paths = [
      LearningRatePath(
        pieces: [warmup, .init(start: 500, count: decay.count, shape: .sampled(decay))],
        warmupEnd: 500),
      LearningRatePath(
        pieces: [warmup, .init(start: 500, count: 19_501, shape: .linear(first: 2e-4, slope: 0))],
        warmupEnd: 500),
    ]
    return LawRows(
      segments: paths.map { .init(positions: positions, path: $0) }, warmup: .peak)
  }
}

@Suite struct AnnealingLawTests {
  /// Minima of Σ Huber(1e-3) on log losses at fixed λ, by an independent fit in double precision
  /// (SciPy, exact minimum); the paper's own values are those of λ = 0.999 to three digits.
  @Test(arguments: [
    (0.99, 2.31712772e-5, 2.62065332, 0.43868228, 3.91573593, 0.54115573),
    (0.995, 2.19358787e-5, 2.62133850, 0.43783103, 1.96644747, 0.54194326),
    (0.998, 1.88670905e-5, 2.62381141, 0.43473023, 0.79839268, 0.54488861),
    (0.999, 1.62924559e-5, 2.62779655, 0.42966514, 0.41077247, 0.54984562),
    (0.9995, 1.83691828e-5, 2.63349890, 0.42223128, 0.22069590, 0.55740334),
  ])
  func publishedFit(
    lambda: Double, cost: Double, floor: Double, height: Double, gain: Double, exponent: Double
  ) throws {
    let law = AnnealingLaw()
    let fitter = LawFitter(law: law, fixed: ["lambda": lambda])
    let fit = try fitter.fit(
      PublishedCurves.cosine + PublishedCurves.constant, at: PublishedCurves.rows)
    let parameters = law.parameters(fromCoordinates: fit.coordinates)
    expectClose(fit.report.cost, cost, tolerance: 1e-8)
    expectClose(parameters[0], floor, tolerance: 1e-8)
    expectClose(parameters[1], height, tolerance: 1e-7)
    expectClose(parameters[2], gain, tolerance: 1e-7)
    expectClose(parameters[3], exponent, tolerance: 1e-7)
    #expect(fit.report.termination.isSuccess)
  }

  @Test func freeDecayFactor() throws {
    let law = AnnealingLaw()
    let fit = try LawFitter(law: law).fit(
      PublishedCurves.cosine + PublishedCurves.constant, at: PublishedCurves.rows)
    let lambda = law.parameters(fromCoordinates: fit.coordinates)[4]
    #expect(lambda > 0.9985 && lambda < 0.9995, "lambda \(lambda)")
    #expect(fit.report.cost < 1.62924559e-5)
  }
}
