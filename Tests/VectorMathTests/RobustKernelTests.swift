import Foundation
import TestSupport
import Testing
import VectorMath

@Suite struct RobustKernelTests {
  static let kinds: [RobustKind] = [.huber, .softL1, .cauchy]

  /// Against closed forms, for every remainder and several widths.
  @Test(arguments: VectorKernels.available, kinds)
  func closedForms(kernels: VectorKernels, kind: RobustKind) {
    var random = SeededGenerator(seed: 11)
    for count in Array(0...20) + [255, 512] {
      let width = [1e-3, 0.7, 1, 30][count % 4]
      var residuals = (0..<count).map { _ in width * random.normal() * 2 }
      for index in stride(from: 0, to: count, by: 4) { residuals[index] = 1e-12 * random.normal() }
      for index in stride(from: 1, to: count, by: 9) { residuals[index] *= 1e6 }
      let counts = (0..<count).map { Double($0 % 4) }
      for multiplicities in [counts, nil] {
        let result = kernels.robust(
          kind, width: width, residuals, multiplicities: multiplicities)
        var (cost, curvatureSum) = (0.0, 0.0)
        for (index, residual) in residuals.enumerated() {
          let m = multiplicities?[index] ?? 1
          let expected = ClosedForm(kind, width: width, residual: residual)
          cost += m * expected.value
          curvatureSum += max(expected.curvature, 0)
          expectClose(result.scores[index], m * expected.score, tolerance: 1e-13)
          expectClose(result.weights[index], m * expected.weight, tolerance: 1e-13)
          // 1 - z cancels near z = 1.
          expectClose(
            result.curvatures[index], m * expected.curvature, tolerance: 1e-13,
            scale: m * expected.weight)
        }
        expectClose(result.cost, cost, tolerance: 1e-13)
        expectClose(result.curvatureSum, curvatureSum, tolerance: 1e-13)
        #expect(
          kernels.robustCost(kind, width: width, residuals, multiplicities: multiplicities)
            == result.cost)
      }
    }
  }

  /// One tiny residual: ½r², although 1 + z is 1.
  @Test(arguments: VectorKernels.available, kinds)
  func tinyResiduals(kernels: VectorKernels, kind: RobustKind) {
    for size in [1e-12, 1e-9, 1e-150] {
      let result = kernels.robust(kind, width: 1, [-size], multiplicities: nil)
      expectClose(result.cost, 0.5 * size * size, tolerance: 1e-13)
      expectClose(result.scores[0], -size, tolerance: 1e-13)
      expectClose(result.weights[0], 1, tolerance: 1e-13)
      expectClose(result.curvatures[0], 1, tolerance: 1e-13)
    }
    let zero = kernels.robust(kind, width: 1, [0], multiplicities: nil)
    #expect(zero.cost == 0 && zero.scores == [0] && zero.weights == [1])
    #expect(zero.curvatures == [1] && zero.curvatureSum == 1)
  }

  /// Residuals whose squares overflow, and infinite ones.
  @Test(arguments: VectorKernels.available, kinds)
  func hugeResiduals(kernels: VectorKernels, kind: RobustKind) {
    let ordinary = kernels.robust(kind, width: 2, [0.5], multiplicities: nil)
    for size in [1e149, 1e151, 1e200, -1e300] {
      let result = kernels.robust(kind, width: 2, [0.5, size], multiplicities: [0, 1])
      let expected = ClosedForm(kind, width: 2, residual: size)
      expectClose(result.cost, expected.value, tolerance: 1e-13)
      expectClose(result.scores[1], expected.score, tolerance: 1e-13)
      let beside = kernels.robust(kind, width: 2, [0.5, size], multiplicities: nil)
      #expect(beside.scores[0] == ordinary.scores[0])
      #expect(beside.weights[0] == ordinary.weights[0])
    }
    let infinite = kernels.robust(kind, width: 2, [1, -.infinity, 1], multiplicities: nil)
    #expect(infinite.cost == .infinity)
    #expect(infinite.scores[1] == (kind == .cauchy ? 0 : -2))
    #expect(infinite.weights[1] == 0 && infinite.curvatures[1] == 0)
  }

  /// A NaN among the residuals makes the cost NaN, whatever its place.
  @Test(arguments: VectorKernels.available, kinds)
  func notANumber(kernels: VectorKernels, kind: RobustKind) {
    for place in 0..<19 {
      var residuals = (0..<19).map { 0.1 * Double($0) }
      residuals[place] = .nan
      let result = kernels.robust(kind, width: 1, residuals, multiplicities: nil)
      #expect(result.cost.isNaN)
      #expect(result.scores.indices.filter { result.scores[$0].isNaN } == [place])
      #expect(kernels.robustCost(kind, width: 1, residuals, multiplicities: nil).isNaN)
      #expect(kernels.squaredCost(residuals, multiplicities: nil).isNaN)
    }
  }

  /// The least-squares cost, with and without multiplicities.
  @Test(arguments: VectorKernels.available, [0, 1, 2, 5, 8, 17, 64, 301])
  func squaredCost(kernels: VectorKernels, count: Int) {
    var random = SeededGenerator(seed: 5)
    let residuals = (0..<count).map { _ in random.normal() }
    let counts = (0..<count).map { Double($0 % 3) }
    expectClose(
      kernels.squaredCost(residuals, multiplicities: nil),
      residuals.reduce(0) { $0 + 0.5 * $1 * $1 }, tolerance: 1e-13)
    expectClose(
      kernels.squaredCost(residuals, multiplicities: counts),
      zip(residuals, counts).reduce(0) { $0 + 0.5 * $1.1 * $1.0 * $1.0 }, tolerance: 1e-13)
  }
}

/// ρ and its derivatives, for one residual.
private struct ClosedForm {
  var value: Double
  var score: Double
  var weight: Double
  var curvature: Double

  init(_ kind: RobustKind, width: Double, residual: Double) {
    let ratio = abs(residual) / width
    switch kind {
    case .huber:
      let isInside = abs(residual) <= width
      value = isInside ? 0.5 * residual * residual : width * (abs(residual) - 0.5 * width)
      weight = isInside ? 1 : 1 / ratio
      score = isInside ? residual : (residual < 0 ? -width : width)
      curvature = isInside ? 1 : 0
    case .softL1:
      let root = hypot(1, ratio)
      value = width * width * ratio * (ratio / (root + 1))
      weight = 1 / root
      score = residual * weight
      curvature = weight * weight * weight
    case .cauchy:
      let logarithm = ratio < 1e10 ? log1p(ratio * ratio) : 2 * log(ratio)
      value = 0.5 * width * width * logarithm
      weight = 1 / (1 + ratio * ratio)
      score = ratio < 1e10 ? residual * weight : width / ratio * (residual < 0 ? -1 : 1)
      curvature = (1 - ratio * ratio) * weight * weight
    }
  }
}
