import LeastSquares
import LinearAlgebra
import ScalingLaws
import Schedules
import TestSupport
import Testing

/// L at one position from parameters as reported.
func loss(_ law: any LossLaw, _ parameters: [Double], _ segment: LawRows.Segment) -> [Double] {
  let coordinates = law.coordinates(fromParameters: parameters)
  let count = law.linearCoordinates.count
  let rows = LawRows(segments: [segment], warmup: .actual)
  let values = law.basis(for: rows).basis(at: Array(coordinates[count...])).functions
  return (0..<rows.count).map { row in
    (0..<count).reduce(0) { $0 + coordinates[$1] * values[row, $1] }
  }
}

@Suite struct MultiPowerLawTests {
  /// A rise to 3e-4 over 10 steps, a hold to 40, a linear fall to 3e-5 at 60.
  static let path = LearningRatePath(
    pieces: [
      .init(start: 0, count: 10, shape: .linear(first: 0, slope: 3e-5)),
      .init(start: 10, count: 30, shape: .linear(first: 3e-4, slope: 0)),
      .init(start: 40, count: 21, shape: .linear(first: 3e-4, slope: -2.7e-4 / 20)),
    ], warmupEnd: 10)

  private func loss(_ law: any LossLaw, _ parameters: [Double], at positions: [Int]) -> [Double] {
    ScalingLawsTests.loss(law, parameters, .init(positions: positions, path: Self.path))
  }

  /// Independent double-precision evaluation in Python.
  @Test func multiPowerLosses() {
    let law = MultiPowerLaw()
    let parameters = [10, 0, 400, 0.5, 2, 0.5, 0.6]
    let drops = loss(law, parameters, at: [40, 45, 50, 60]).map { 10 - $0 }
    let expected = [0, 0.0023824773849817006, 0.0069046044845685935, 0.015611505071966736]
    for (drop, expected) in zip(drops, expected) {
      expectClose(drop, expected, tolerance: 1e-13, scale: 1)
    }
    expectClose(
      loss(law, [3, 0.5, 400, 0.5, 2, 0.5, 0.6], at: [60])[0], 7.238359835679333,
      tolerance: 1e-14)
  }

  /// Independent double-precision evaluation in Python.
  @Test func simplerForms() {
    let linear = loss(LinearRateLaw(), [3, 0, 400, 0.5], at: [60])[0]
    expectClose(3 - linear, 0.108, tolerance: 1e-13)
    let exponential = loss(MultiPowerLaw(form: .exponential), [3, 0, 400, 0.5, 50], at: [60])[0]
    expectClose(3 - exponential, 0.006235140303009173, tolerance: 1e-12)
    let steps = loss(MultiPowerLaw(form: .steps), [3, 0, 400, 0.5, 2, 0.5], at: [60])[0]
    expectClose(3 - steps, 0.07615624295907795, tolerance: 1e-12)
    let functional = loss(FunctionalLaw(), [2.5, 0.5, 200, 100, 0.5, 50, 0.4], at: [60])[0]
    expectClose(functional, 6.748001620837114, tolerance: 1e-14)
  }

  /// γ = 0 makes the law its simpler form.
  @Test func noGammaIsASpecialCase() {
    let positions = Array(11...80)
    let full = loss(MultiPowerLaw(), [3, 0.5, 400, 0.5, 70, 0.4, 0], at: positions)
    let simple = loss(
      MultiPowerLaw(form: .noGamma), [3, 0.5, 400, 0.5, 70, 0.4], at: positions)
    for (one, other) in zip(full, simple) { expectClose(one, other, tolerance: 1e-14) }
  }

  @Test func oneStepDownLeavesGammaAndTheSplitOfGainsOpen() throws {
    let path = LearningRatePath(
      pieces: [
        .init(start: 0, count: 500, shape: .linear(first: 1e-3, slope: 0)),
        .init(start: 500, count: 500, shape: .linear(first: 2e-4, slope: 0)),
      ], warmupEnd: 0)
    let rows = LawRows(
      segments: [.init(positions: Array(stride(from: 50, to: 1000, by: 10)), path: path)],
      warmup: .actual)
    #expect(MultiPowerLaw().unidentified(in: rows).map(\.index) == [6])
    #expect(MultiPowerLaw(form: .noGamma).unidentified(in: rows).isEmpty)
    #expect(FunctionalLaw().unidentified(in: rows).map(\.index) == [2])
    let constant = LawRows(
      segments: [.init(positions: Array(stride(from: 50, to: 500, by: 10)), path: path)],
      warmup: .actual)
    #expect(MultiPowerLaw().unidentified(in: constant).map(\.index) == [2, 4, 5, 6])
    #expect(FunctionalLaw().unidentified(in: constant).map(\.index) == [2, 3, 5, 6])
    #expect(LinearRateLaw().unidentified(in: constant).map(\.index) == [2])
  }
}
