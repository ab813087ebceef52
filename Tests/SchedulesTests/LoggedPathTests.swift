import Schedules
import TestSupport
import Testing

@Suite struct LoggedPathTests {
  @Test func linearBetweenRows() throws {
    let path = try LearningRatePath(loggedSteps: [0, 10, 20], rates: [1, 1, 0.5])
    #expect(path.learningRate(at: 5) == 1)
    #expect(path.learningRate(at: 15) == 0.75)
    #expect(path.learningRate(at: 100) == 0.5)
    #expect(path.warmupEnd == 0)
    #expect(path.peak == 1)
  }

  @Test func riseAtTheBeginningIsTheWarmup() throws {
    let path = try LearningRatePath(
      loggedSteps: [50, 100, 150, 200, 300], rates: [0.25, 0.5, 0.75, 1, 1])
    #expect(path.warmupEnd == 200)
    // The first two rows' line goes back to 0 at step 0.
    #expect(path.learningRate(at: 0) == 0)
    #expect(path.learningRate(at: 25) == 0.125)
  }

  @Test func riseFromAboveZero() throws {
    let path = try LearningRatePath(loggedSteps: [10, 20, 30], rates: [0.6, 0.7, 0.7])
    expectClose(path.learningRate(at: 0), 0.5, tolerance: 1e-15)
    #expect(path.warmupEnd == 20)
  }

  @Test func hiddenWarmup() throws {
    let path = try LearningRatePath(
      loggedSteps: [2176, 2304], rates: [3e-4, 3e-4], warmupSteps: 2160)
    #expect(path.warmupEnd == 2160)
    expectClose(path.learningRate(at: 1080), 1.5e-4, tolerance: 1e-14)
    expectClose(path.learningRate(at: 2170), 3e-4, tolerance: 1e-14)
  }

  @Test func missingRatesArePassedOver() throws {
    let path = try LearningRatePath(loggedSteps: [0, 10, 20], rates: [1, .nan, 0.5])
    #expect(path.learningRate(at: 10) == 0.75)
  }

  @Test func refusals() {
    #expect(throws: LoggedRatesError.noRates) {
      try LearningRatePath(loggedSteps: [1, 2], rates: [.nan, .nan])
    }
    #expect(throws: LoggedRatesError.allZero) {
      try LearningRatePath(loggedSteps: [1, 2], rates: [0, 0])
    }
    #expect(throws: LoggedRatesError.negative(step: 2, rate: -1)) {
      try LearningRatePath(loggedSteps: [1, 2], rates: [1, -1])
    }
  }
}
