import Forecasting
import Schedules
import TrainingLogs

/// The learning rate of a logged run, for schedules that branch off it.
struct LoggedRates {
  /// The run's name.
  var name: String
  /// The rates over steps.
  var path: LearningRatePath
  /// The last logged step.
  var lastStep: Int

  /// Reads the one run of a log.
  static func read(
    _ file: String, columns: ColumnChoice, selection: RowSelection = RowSelection(),
    console: Console
  ) async throws -> LoggedRates {
    let loader = InputLoader(columns: columns, selection: selection, console: console)
    let inputs = try await loader.loadSome(paths: [file], manifest: nil).inputs
    guard let input = inputs.first, inputs.count == 1 else {
      throw CommandFailure(
        .usage, "\(file) holds \(inputs.count) runs; name the log of the one to branch off")
    }
    do {
      let trajectory = try input.trajectory()
      guard let path = trajectory.path, let last = input.run.steps.last,
        let lastStep = Int(exactly: last.rounded())
      else {
        throw CommandFailure(
          .unusableData,
          "\(file) has no learning rate to branch off; name its column with --lr")
      }
      return LoggedRates(name: input.run.name, path: path, lastStep: lastStep)
    } catch let error as TrajectoryError {
      throw CommandFailure(.unusableData, "\(file): \(error)")
    }
  }
}
