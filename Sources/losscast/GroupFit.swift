import Forecasting
import Foundation
import ScalingLaws

/// A joint fit of loaded runs with its errors on each of them.
struct GroupFit {
  let model: FittedLaw
  let scores: [Score]
  /// Remarks on how rows came about and on the fit.
  let warnings: [String]
  /// Whether a run had to be left out.
  let hasFailures: Bool

  init(inputs: [BatchInput], analysis: BatchAnalysis, console: Console) async throws {
    let group = RunGroup(inputs)
    for run in group.leftOut { Console.fail("\(run.file): not fitted: \(run.reason)") }
    guard !group.trajectories.isEmpty else {
      throw CommandFailure(.unusableData, "no run is left to fit")
    }
    var ranking: LawRanking?
    if let selection = analysis.selection(for: group) {
      ranking = try await LawChoice.ranking(
        selection, of: group.trajectories, jobs: ProcessInfo.processInfo.activeProcessorCount,
        console: console)
    }
    do {
      let model = try analysis.fit(group, ranking: ranking)
      let forecaster = try Forecaster(model: model)
      scores = try group.trajectories.map { trajectory in
        let trajectory = trajectory.starting(at: model.transientEnd ?? 0)
        let curve = try forecaster.forecast(
          at: trajectory.positions, path: trajectory.path, facts: trajectory.facts,
          level: analysis.level)
        return Score(
          run: trajectory.name, curve: curve, losses: trajectory.losses, level: analysis.level)
      }
      self.model = model
    } catch let error as LawFitError {
      throw CommandFailure(
        error.isUsage ? .usage : .unusableData, error.description(for: group.trajectories))
    } catch let error as ForecastError {
      throw CommandFailure(.unusableData, error.description)
    }
    var warnings = group.trajectories.flatMap { trajectory in
      trajectory.warnings.map { "\(trajectory.name): \($0)" }
    }
    if analysis.law == nil, analysis.candidates == nil, !group.hasLearningRates {
      warnings.append(
        "there is no learning rate, so the power law in steps is fitted; give the schedule with "
          + "--schedule, or name its column with --lr, for the noise-floor law")
    }
    self.warnings = warnings + model.remarks
    hasFailures = !group.leftOut.isEmpty
  }
}

extension LawFitError {
  /// Whether the arguments are wrong rather than the data.
  var isUsage: Bool {
    switch self {
    case .unknownParameter, .valueOutOfRange, .fixedWithout: true
    default: false
    }
  }
}
