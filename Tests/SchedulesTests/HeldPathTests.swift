import Schedules
import Testing

@Suite struct HeldPathTests {
  private static let path = LearningRatePath(
    pieces: [
      .init(start: 2, count: 5, shape: .linear(first: 1, slope: 0.5)),
      .init(start: 7, count: 4, shape: .sampled([4, 2, 7, 3])),
      .init(start: 11, count: 1, shape: .linear(first: 6, slope: 0)),
    ], warmupEnd: 6)

  @Test(arguments: 0...15)
  func rates(position: Int) {
    let path = HeldPathTests.path
    let after = path.held(after: position)
    let before = path.held(before: position)
    for step in 0...20 {
      #expect(
        after.learningRate(at: step) == path.learningRate(at: min(step, max(position, 2))))
      #expect(before.learningRate(at: step) == path.learningRate(at: max(step, position)))
    }
    #expect(after.firstPosition == 2 && before.firstPosition == 2)
    #expect(after.warmupEnd == 6 && before.warmupEnd == 6)
    for pieces in [after.pieces, before.pieces] {
      for (left, right) in zip(pieces, pieces.dropFirst()) {
        #expect(left.count > 0 && left.start + left.count == right.start)
      }
    }
  }
}
