import Forecasting
import Schedules
import TestSupport
import Testing
import TrainingLogs

private func run(steps: [Double], losses: [Double], rates: [Double]? = nil) -> Run {
  var series = [Series(name: "loss", role: .trainLoss, values: losses)]
  if let rates { series.append(Series(name: "lr", role: .learningRate, values: rates)) }
  return Run(name: "r", file: "r.csv", steps: steps, series: series, lossName: "loss")
}

@Suite struct TrajectoryTests {
  private let sample = run(
    steps: [0, 50, 100, 150, 200, 250], losses: [9, 8, 7, .nan, 5, 4],
    rates: [0, 0.5, 1, 1, 1, 0.5])

  @Test func rowsAfterTheWarmupWithALoss() throws {
    let trajectory = try Trajectory(run: sample)
    #expect(trajectory.positions == [100, 200, 250])
    #expect(trajectory.losses == [7, 5, 4])
    #expect(trajectory.path?.warmupEnd == 100)
    #expect(trajectory.peak == 1)
    #expect(trajectory.warnings.isEmpty)
  }

  @Test func chosenRange() throws {
    let selection = RowSelection(from: 50, to: 200)
    #expect(try Trajectory(run: sample, selection: selection).positions == [50, 100, 200])
    #expect(throws: TrajectoryError.self) {
      try Trajectory(run: sample, selection: RowSelection(from: 300))
    }
  }

  @Test func scheduleReplacesTheLoggedRate() throws {
    let schedule = try Schedule(parsing: "peak=2,warmup:200,stable:50")
    let trajectory = try Trajectory(run: sample, schedule: schedule)
    #expect(trajectory.positions == [200, 250])
    #expect(trajectory.peak == 2)
  }

  @Test func hiddenStartIsPointedOut() throws {
    let late = run(steps: [500, 600], losses: [3, 2], rates: [1, 1])
    #expect(try Trajectory(run: late).warnings.count == 1)
    #expect(try Trajectory(run: late).warnings[0].contains("--warmup-steps"))
    let told = try Trajectory(run: late, selection: RowSelection(warmupSteps: 400))
    #expect(told.warnings.isEmpty)
    #expect(told.path?.warmupEnd == 400)
  }

  @Test func withoutLearningRate() throws {
    let trajectory = try Trajectory(run: run(steps: [0, 1, 2], losses: [3, 2, 1]))
    #expect(trajectory.path == nil)
    // Step 0 is before the first update: it has no place on a power law.
    #expect(trajectory.positions == [1, 2])
  }

  @Test func refusalsSayWhatToDo() throws {
    func message(_ run: Run, from: Double? = nil) -> String? {
      do throws(TrajectoryError) {
        _ = try Trajectory(run: run, selection: RowSelection(from: from))
        return nil
      } catch {
        return error.description
      }
    }
    let zero = run(steps: [1, 2], losses: [3, 2], rates: [0, 0])
    #expect(message(zero)?.contains("learning rate is 0") == true)
    let rising = run(steps: [1, 2, 3], losses: [3, 2, .nan], rates: [0.1, 0.2, 0.3])
    #expect(message(rising)?.contains("rises to the end") == true)
    let empty = run(steps: [1, 2], losses: [.nan, .nan], rates: [1, 1])
    #expect(message(empty) == "no row has a finite loss")
    #expect(message(sample, from: 300)?.contains("5 rows with a finite loss (steps 0–250)") == true)
  }
}
