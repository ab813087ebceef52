import Forecasting
import ScalingLaws
import Schedules
import TrainingLogs

/// A joint fit of loaded runs with its errors on each of them.
struct GroupFit {
  let model: FittedLaw
  let scores: [Score]
  /// Remarks on runs left out and on how rows came about.
  let warnings: [String]
  /// Whether a run had to be left out.
  let hasFailures: Bool

  init(inputs: [BatchInput], fitting: FittingOptions, keepEarly: Bool) throws {
    var warnings: [String] = []
    var used: [(trajectory: Trajectory, input: BatchInput)] = []
    for input in inputs {
      if input.hasDiverged, input.selection.to == nil {
        Console.fail(
          "\(input.run.file): not fitted: the losses end in NaN or infinity, so the run has diverged; "
            + "fit the part before that with --to")
        continue
      }
      do throws(TrajectoryError) {
        let trajectory = try Trajectory(
          run: input.run, schedule: input.schedule, selection: input.selection)
        warnings += trajectory.warnings.map { "\(trajectory.name): \($0)" }
        used.append((trajectory, input))
      } catch {
        Console.fail("\(input.run.file): \(error)")
      }
    }
    guard let first = used.first else {
      throw CommandFailure(.unusableData, "no run is left to fit")
    }
    let trajectories = used.map(\.trajectory)
    let hasLearningRate = trajectories.allSatisfy { $0.path != nil }
    let law: any LossLaw
    if let chosen = try fitting.chosenLaw() {
      law = chosen
    } else {
      law = hasLearningRate ? AnnealingLaw() : PowerLaw(clock: .steps)
      if !hasLearningRate {
        warnings.append(
          "there is no learning rate, so the power law in steps is fitted; give the schedule with "
            + "--schedule, or name its column with --lr, for the annealing law")
      }
    }
    let selection = first.input.selection
    let joint = JointFit(
      law: law, objective: try fitting.chosenObjective(), fixed: try fitting.fixedParameters(),
      warmup: FittedLaw.Warmup(area: selection.warmup, steps: selection.warmupSteps),
      level: fitting.level)
    do {
      let model = try joint.fit(
        trajectories, hashes: used.map(\.input.sha256),
        leavingOutTransient: !keepEarly && selection.from == nil)
      self.model = model
      let forecaster = try Forecaster(model: model)
      scores = try trajectories.map { trajectory in
        let trajectory = trajectory.starting(at: model.transientEnd ?? 0)
        let curve = try forecaster.forecast(
          at: trajectory.positions, path: trajectory.path, level: fitting.level)
        return Score(
          run: trajectory.name, curve: curve, losses: trajectory.losses, level: fitting.level)
      }
    } catch let error as LawFitError {
      let isUsage: Bool
      switch error {
      case .unknownParameter, .valueOutOfRange, .fixedWithout: isUsage = true
      default: isUsage = false
      }
      throw CommandFailure(
        isUsage ? .usage : .unusableData, error.description(for: trajectories))
    } catch let error as ForecastError {
      throw CommandFailure(.unusableData, error.description)
    }
    self.warnings = warnings + model.warnings + [model.transientRemark].compactMap { $0 }
    hasFailures = used.count < inputs.count
  }
}
