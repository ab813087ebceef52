import Foundation
import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// P, F and their derivatives, step by step as they are defined.
private struct Recursion {
  var progress: [Int: Double] = [:]
  var progressSlope: [Int: Double] = [:]
  var noise: [Int: Double] = [:]
  var byExponent: [Int: Double] = [:]
  var byForgetting: [Int: Double] = [:]
  /// The largest level, and the largest level times its logarithm.
  var largestLevel = 0.0
  var largestSlope = 0.0

  init(
    _ path: LearningRatePath, through last: Int, warmup: WarmupArea, reference: Double,
    kappa: Double, delta: Double, forgetting: Double, mu: Double
  ) {
    func power(_ rate: Double, _ exponent: Double) -> (value: Double, slope: Double) {
      let value = pow(rate / reference, exponent)
      return (value, value == 0 ? 0 : value * log(rate / reference))
    }
    let top = path.learningRate(at: path.warmupEnd)
    var (sum, sumSlope) = (0.0, 0.0)
    var (level, slope) = power(top, delta)
    var drift = 0.0
    if warmup == .full { (level, slope) = (0, 0) }
    for position in path.firstPosition...last {
      let rate = path.learningRate(at: position)
      let inWarmup = path.warmupEnd > path.firstPosition && position <= path.warmupEnd
      let gain = power(inWarmup && warmup == .peak ? top : rate, kappa)
      sum += gain.value
      sumSlope += gain.slope
      if !inWarmup || warmup == .full {
        let target = power(rate, delta)
        let loss = forgetting * pow(rate / reference, mu)
        let memory = exp(-loss)
        drift = memory * drift - loss * memory * (level - target.value)
        slope = memory * slope + (1 - memory) * target.slope
        level = memory * level + (1 - memory) * target.value
        largestLevel = max(largestLevel, target.value)
        largestSlope = max(largestSlope, abs(target.slope))
      }
      progress[position] = sum
      progressSlope[position] = sumSlope
      noise[position] = level
      byExponent[position] = slope
      byForgetting[position] = drift
    }
    largestLevel = max(largestLevel, pow(top / reference, delta))
    largestSlope = max(largestSlope, largestLevel / M_E)
  }
}

/// Nonlinear coordinates with α = 1 and β = 1/2.
private func coordinates(
  kappa: Double, delta: Double, forgetting: Double, mu: Double, reference: Double
) -> [Double] {
  [0, kappa, delta, log(forgetting), log(0.5), mu, reference]
}

@Suite struct NoiseFloorSumsTests {
  /// P to 2.4e-6, F to 1e-5 of its range, for any schedule and parameters.
  @Test(arguments: 0..<60 as Range<UInt64>, [WarmupArea.actual, .peak, .full])
  func sumsEqualTheRecursion(seed: UInt64, warmup: WarmupArea) {
    var random = SeededGenerator(seed: seed)
    let path = RandomPaths.path(using: &random)
    let positions = RandomPaths.positions(
      on: path, through: path.endPosition + 200, using: &random)
    let reference = path.peak * Double.random(in: 0.8...2, using: &random)
    let kappa = Double.random(in: 0.1...1.5, using: &random)
    let delta = Double.random(in: 0.1...2, using: &random)
    let rows = LawRows(segments: [.init(positions: positions, path: path)], warmup: warmup)
    var model = NoiseFloorLaw().basis(for: rows)
    for mu in [0, 0.5, 1] {
      let forgetting = pow(10, Double.random(in: -5 ... -0.3, using: &random))
      let truth = Recursion(
        path, through: positions.last ?? 1, warmup: warmup, reference: reference, kappa: kappa,
        delta: delta, forgetting: forgetting, mu: mu)
      let theta = coordinates(
        kappa: kappa, delta: delta, forgetting: forgetting, mu: mu, reference: reference)
      model.prepare(theta, wantsDerivatives: true)
      let basis = model.basis(at: theta)
      let context = "seed \(seed), κ \(kappa), δ \(delta), c \(forgetting), μ \(mu)"
      for (row, position) in positions.enumerated() {
        guard let progress = truth.progress[position], progress > 0,
          let slope = truth.progressSlope[position]
        else { continue }
        expectClose(basis.functions[row, 1], 1 / progress, tolerance: 3e-6, "P, \(context)")
        expectClose(
          basis.derivatives[row, 1], -slope / (progress * progress), tolerance: 1e-5,
          scale: 1 / progress, "∂P, \(context)")
        expectClose(
          basis.functions[row, 2], truth.noise[position] ?? .nan, tolerance: 1e-5,
          scale: truth.largestLevel, "F, \(context), position \(position)")
        expectClose(
          basis.derivatives[row, 2], truth.byExponent[position] ?? .nan, tolerance: 2e-5,
          scale: truth.largestSlope, "∂F/∂δ, \(context), position \(position)")
        expectClose(
          basis.derivatives[row, 3], truth.byForgetting[position] ?? .nan, tolerance: 2e-5,
          scale: truth.largestLevel, "∂F/∂log c, \(context), position \(position)")
      }
    }
  }
}
