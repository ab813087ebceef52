import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing

@Suite struct ForwardMomentumLawTests {
  /// S and M at positions, from the law's columns S^(-1) and -M.
  private func sums(
    _ law: ForwardMomentumLaw, at positions: [Int], of path: LearningRatePath
  ) -> [(forward: Double, momentum: Double)] {
    let values = law.basis(for: SmallSchedule.rows(at: positions, of: path)).basis(at: [1, 1])
    return positions.indices.map { (1 / values.functions[$0, 1], -values.functions[$0, 3]) }
  }

  /// Logged at every step from 1 on, warm-up included; independent evaluation in Python.
  @Test func smallSchedule() {
    let sums = sums(
      ForwardMomentumLaw(interval: 1), at: [20, 40, 50, 60],
      of: SmallSchedule.path(from: 1, warmupEnd: 1))
    for (sum, expected) in zip(
      sums,
      [
        (0.00465, -0.044900179944532236), (0.01065, -0.05480795861728993),
        (0.0129075, -0.04316766953581686), (0.013815, -0.01911696728046161),
      ])
    {
      expectClose(sum.forward, expected.0, tolerance: 1e-13)
      expectClose(sum.momentum, expected.1, tolerance: 1e-12)
    }
  }

  /// A row's sums do not depend on the rows before it.
  @Test func rowsMayBeThinned() {
    let law = ForwardMomentumLaw(interval: 7)
    let all = sums(law, at: Array(11...80), of: SmallSchedule.path())
    for position in [12, 45, 52, 53, 60, 77] {
      let one = sums(law, at: [position], of: SmallSchedule.path())[0]
      #expect(one.forward == all[position - 11].forward)
      #expect(one.momentum == all[position - 11].momentum)
    }
    // Grid points are 10, 17, …, 45, 52: M is linear between them.
    expectClose(
      all[48 - 11].momentum, (4 * all[45 - 11].momentum + 3 * all[52 - 11].momentum) / 7,
      tolerance: 1e-12)
    #expect(all[52 - 11].momentum > all[45 - 11].momentum)
  }

  @Test func unidentified() {
    let law = ForwardMomentumLaw(interval: 1)
    #expect(
      law.unidentified(in: SmallSchedule.rows(at: Array(11...60))).map(\.index) == [2, 5])
    #expect(
      law.unidentified(in: SmallSchedule.rows(at: Array(11...40))).map(\.index) == [2, 3, 5])
  }
}
