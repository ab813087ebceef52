import Schedules

/// The path through logged rows.
enum LearningRatePathOfRows {
  static func path(
    steps: [Double], rates: [Double]
  ) throws(LoggedRatesError) -> LearningRatePath {
    try LearningRatePath(loggedSteps: steps.map { Int($0) }, rates: rates)
  }
}
