import Foundation
import LeastSquares
import TestSupport
import Testing

@testable import ScalingLaws

@Suite struct PriorScaleTests {
  /// Noise of alternating sign cancels in means over fortieths, what is missed stays in them.
  @Test func noiseAndMisfitAreToldApart() {
    let noise = (0..<160).map { $0 % 2 == 0 ? 0.1 : -0.1 }
    let scale = PriorScale(residuals: noise.map { $0 + 2e-1 }, runs: [160], loss: .leastSquares)
    // Neighbours differ by 0.2, so that w is 1.4826 · 0.2/√2; means of four rows hold 0.2 + w²/4.
    expectClose(scale.noise, 1.4826 * 0.2 / 2.0.squareRoot(), tolerance: 1e-12)
    let excess = 1.4826 * 1.4826 * (0.04 - 0.02 / 4)
    expectClose(scale.misfit, excess.squareRoot(), tolerance: 1e-12)
  }

  /// Differences across runs are no noise, and fewer rows than stretches stand for themselves.
  @Test func runsAreMeasuredApart() {
    let scale = PriorScale(
      residuals: [3e-3, 3e-3, -3e-3, -3e-3], runs: [2, 2], loss: .leastSquares)
    #expect(scale.noise == 0)
    expectClose(scale.misfit, 1.4826 * 3e-3, tolerance: 1e-12)
  }

  @Test func outliersDoNotCount() {
    let scale = PriorScale(
      residuals: [-3e-3, -3e-3, -3e-3, -3e-3, 5], runs: [5], loss: .leastSquares)
    expectClose(scale.misfit, 1.4826 * 3e-3, tolerance: 1e-12)
  }

  @Test func misfitHasALeastValue() {
    #expect(PriorScale(residuals: [1e-9, -1e-9, 0], runs: [3], loss: .leastSquares).misfit == 2e-4)
    #expect(PriorScale(residuals: [], runs: [], loss: .leastSquares).misfit == 2e-4)
    #expect(
      PriorScale(residuals: [], runs: [], loss: .leastSquares).variance(rows: 0, runs: 0) == 0)
  }

  /// Three residuals of four are in Huber's quadratic part.
  @Test func robustLossesCountLess() {
    let residuals = [1e-3, 1e-3, 1e-3, 9e-3]
    let huber = PriorScale(residuals: residuals, runs: [4], loss: .huber(width: 2e-3))
    let squares = PriorScale(residuals: residuals, runs: [4], loss: .leastSquares)
    expectClose(
      huber.variance(rows: 4, runs: 1), 0.75 * squares.variance(rows: 4, runs: 1),
      tolerance: 1e-14)
  }

  @Test func scalesAreComparedByTheirVariance() {
    let scale = PriorScale(residuals: [1e-3, 1e-3, 1e-3], runs: [3], loss: .leastSquares)
    let near = PriorScale(
      residuals: [1.005e-3, 1.005e-3, 1.005e-3], runs: [3], loss: .leastSquares)
    let far = PriorScale(residuals: [1.02e-3, 1.02e-3, 1.02e-3], runs: [3], loss: .leastSquares)
    #expect(near.isClose(to: scale, rows: 3, runs: 1))
    #expect(!far.isClose(to: scale, rows: 3, runs: 1))
  }

  /// A run's rows weigh as half an observation of s = 1.5e-3: ½ s² (n/½R) z² in the cost.
  @Test func priorsInUnitsOfTheCost() throws {
    let law = NoiseFloorLaw()
    let scale = PriorScale.first
    let variance = scale.variance(rows: 600, runs: 3)
    expectClose(variance, 1.5e-3 * 1.5e-3 * 400, tolerance: 1e-14)
    // L0, A, alpha, kappa and mu: two have priors.
    let priors = scale.priors(of: law, free: [0, 1, 5, 6, 10], rows: 600, runs: 3)
    #expect(priors.map(\.parameter) == [2, 3])
    #expect(priors.map(\.mean) == [log(0.5), 0.6])
    for (prior, deviation) in zip(priors, [1, 0.25]) {
      expectClose(
        prior.standardDeviation, deviation / variance.squareRoot(), tolerance: 1e-14)
    }
    #expect(scale.priors(of: AnnealingLaw(), free: [0, 1, 2], rows: 600, runs: 3).isEmpty)
  }
}
