import ScalingLaws
public import Schedules

extension BatchAnalysis {
  /// Forecasts each proposed schedule from each group of runs.
  ///
  /// A run that has diverged takes no part. Each group is fitted once.
  ///
  /// - Parameters:
  ///   - schedules: what to forecast.
  ///   - inputs: the runs.
  ///   - rankings: how candidates did on the runs of a group, by its name, where that is known.
  /// - Returns: schedule by schedule, in the order of the groups.
  public func forecasts(
    of schedules: [Schedule], from inputs: [BatchInput], rankings: [String?: LawRanking] = [:]
  ) -> [ScheduleForecast] {
    guard !schedules.isEmpty else { return [] }
    let groups = groups(of: inputs).map { fitted($0, ranking: rankings[$0.name]) }
    return schedules.flatMap { schedule in groups.map { forecast(schedule, from: $0) } }
  }

  /// The groups that are fitted jointly, in order.
  ///
  /// When some runs have a group, those without one take no part.
  public func groups(of inputs: [BatchInput]) -> [(name: String?, runs: RunGroup)] {
    let hasGroups = inputs.contains { $0.group != nil }
    let members = inputs.filter { !hasGroups || $0.group != nil }
    let names = members.reduce(into: [String?]()) { names, input in
      if !names.contains(input.group) { names.append(input.group) }
    }
    return names.map { name in (name, RunGroup(members.filter { $0.group == name })) }
  }

  /// A group with the law fitted to it.
  private struct FittedGroup {
    var name: String?
    var runs: RunGroup
    /// The model, or why there is none; nil without a run to fit.
    var model: Result<FittedLaw, LawFitError>?
  }

  private func fitted(
    _ group: (name: String?, runs: RunGroup), ranking: LawRanking?
  ) -> FittedGroup {
    var fitted = FittedGroup(name: group.name, runs: group.runs)
    guard !group.runs.trajectories.isEmpty else { return fitted }
    fitted.model = Result { () throws(LawFitError) in try fit(group.runs, ranking: ranking) }
    return fitted
  }

  private func forecast(_ schedule: Schedule, from fitted: FittedGroup) -> ScheduleForecast {
    let group = fitted.runs
    let last =
      schedule.totalSteps ?? group.trajectories.compactMap(\.positions.last).max() ?? 1
    let path = schedule.path(through: last)
    var forecast = ScheduleForecast(
      schedule: schedule.description, group: fitted.name,
      fittedRuns: group.trajectories.map(\.name),
      law: law(hasLearningRate: group.hasLearningRates).name, parameters: [], curve: nil,
      learningRate: learningRate(path, through: last), refusal: nil,
      warnings: group.leftOut.map { "\($0.run) is left out of the fit: \($0.reason)" })
    switch fitted.model {
    case nil: forecast.refusal = "none of the group's runs can be fitted"
    case .failure(let error): forecast.refusal = error.description(for: group.trajectories)
    case .success(let model): fill(&forecast, from: model, path: path, last: last)
    }
    return forecast
  }

  private func fill(
    _ forecast: inout ScheduleForecast, from model: FittedLaw, path: LearningRatePath, last: Int
  ) {
    forecast.law = model.law
    forecast.parameters = model.parameters
    forecast.selection = model.selection
    forecast.warnings += [model.selection?.tie].compactMap { $0 } + model.remarks
    do throws(ForecastError) {
      let forecaster = try Forecaster(model: model)
      forecast.warnings += forecaster.warnings(lastPosition: last, path: path)
      let start = min(forecaster.firstPosition(on: path), last)
      forecast.curve = try forecaster.forecast(
        at: CurveThinning.spread(start...last, limit: 400), path: path, level: level)
    } catch {
      forecast.refusal = error.description
    }
  }
}
