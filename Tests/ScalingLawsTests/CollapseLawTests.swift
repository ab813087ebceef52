import LeastSquares

import ScalingLaws
import TestSupport
import Testing

@Suite struct CollapseLawTests {
  /// At step 50 the rate is 0.55 of its peak and S1 is 0.0129075.
  @Test func closedForm() {
    let losses = CollapseLaw().losses(
      [2.6, 0.43, 0.5, 0.2], at: SmallSchedule.rows(at: [40, 50]))
    expectClose(losses[0], 2.6 + 0.43 / (0.01065).squareRoot(), tolerance: 1e-13)
    expectClose(losses[1], 2.6 + 0.43 / (0.0129075).squareRoot() / 1.09, tolerance: 1e-13)
  }

  @Test func constantRateSaysNothingOfTheDivisor() {
    let law = CollapseLaw()
    #expect(law.unidentified(in: SmallSchedule.rows(at: Array(11...40))).map(\.index) == [3])
    #expect(law.unidentified(in: SmallSchedule.rows(at: Array(11...41))).isEmpty)
  }
}
