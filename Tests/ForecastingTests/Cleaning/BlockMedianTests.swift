import TestSupport
import Testing

@testable import Forecasting

@Suite struct BlockMedianTests {
  /// Against sorting, with ties.
  @Test func mediansOfRandomValues() {
    var random = SeededGenerator(seed: 3)
    for count in 1...130 {
      for kinds in [3, 1000] {
        var values = (0..<count).map { _ in Double(Int.random(in: 0..<kinds, using: &random)) }
        let sorted = values.sorted()
        let expected =
          count.isMultiple(of: 2)
          ? (sorted[count / 2 - 1] + sorted[count / 2]) / 2 : sorted[count / 2]
        #expect(values.withUnsafeMutableBufferPointer { BlockMedian.of($0) } == expected)
      }
    }
  }
}
