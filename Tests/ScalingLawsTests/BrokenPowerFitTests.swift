import Foundation
import LeastSquares
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// The example of the broken-power paper's code: fit 14 points, predict 3.
@Suite struct BrokenPowerFitTests {
  /// The points of the example in github.com/ethancaballero/broken_neural_scaling_laws.
  private static let points: [(steps: Int, value: Double)] = [
    (160, 2.13809046), (192, 2.11813418), (256, 2.08955508), (320, 2.06988398), (384, 2.05404987),
    (448, 2.03837089), (480, 2.02814281), (512, 2.00496872), (544, 1.95576149), (576, 1.86313841),
    (608, 1.70891537), (640, 1.50637664), (672, 1.29754721), (736, 0.96559684), (800, 0.75856477),
    (864, 0.64768338), (928, 0.55695445),
  ]

  private static func rows(_ points: ArraySlice<(steps: Int, value: Double)>) -> LawRows {
    LawRows(segments: [.init(positions: points.map(\.steps), path: nil)], warmup: .actual)
  }

  /// The optimum is that of 400 random starts of an independent fit (SciPy).
  @Test func globalOptimum() throws {
    let law = BrokenPowerLaw(breakCount: 1)
    let fitted = BrokenPowerFitTests.points[..<14]
    let fit = try LawFitter(law: law, objective: .leastSquaresLog1p).fit(
      fitted.map(\.value), at: BrokenPowerFitTests.rows(fitted))
    expectClose(fit.report.cost, 1.13372926e-6, tolerance: 1e-8)
    let expected = [0.41388449, 2.27727228, 0.05507734, 5.6629036, 612.58362, 0.05919304]
    for (value, expected) in zip(law.parameters(fromCoordinates: fit.coordinates), expected) {
      expectClose(value, expected, tolerance: 1e-6)
    }
    let unseen = BrokenPowerFitTests.points[14...]
    let predicted = losses(
      of: law, coordinates: fit.coordinates, at: BrokenPowerFitTests.rows(unseen))
    for (value, expected) in zip(predicted, [0.76018831, 0.63749814, 0.56259805]) {
      expectClose(value, expected, tolerance: 1e-7)
    }
    // Root mean squared error of log P - log y.
    let squares = zip(predicted, unseen).map { pow(log($0 / $1.value), 2) }
    expectClose((squares.reduce(0, +) / 3).squareRoot(), 0.01091572, tolerance: 1e-6)
  }
}
