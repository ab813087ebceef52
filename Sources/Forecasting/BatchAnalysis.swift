public import ScalingLaws
public import Schedules
import TrainingLogs

/// Fits every run of a batch and forecasts proposed schedules from groups of runs.
public struct BatchAnalysis: Sendable {
  /// The law; nil: the annealing law where the learning rate is known, else the power law in steps.
  public var law: (any LossLaw)?
  /// What is minimised.
  public var objective: FitObjective
  /// Parameters held at a value, by name.
  public var fixed: [String: Double]
  /// The level of every interval.
  public var level: Double
  /// Whether early rows that are outside the law are left out, unless a first step is given.
  public var leavesOutTransient: Bool

  /// Creates an analysis.
  public init(
    law: (any LossLaw)? = nil, objective: FitObjective = .standard, fixed: [String: Double] = [:],
    level: Double = 0.9, leavesOutTransient: Bool = true
  ) {
    self.law = law
    self.objective = objective
    self.fixed = fixed
    self.level = level
    self.leavesOutTransient = leavesOutTransient
  }

  /// The law for runs whose learning rate is or is not known.
  public func law(hasLearningRate: Bool) -> any LossLaw {
    law ?? (hasLearningRate ? AnnealingLaw() : PowerLaw(clock: .steps))
  }

  /// Fits one run and gathers what a report shows of it.
  ///
  /// - Returns: nil when the run has no finite loss.
  public func report(on input: BatchInput) -> RunReport? {
    let finite = zip(input.run.steps, input.run.loss).filter { $1.isFinite }
    guard let last = finite.last, let best = finite.min(by: { $0.1 < $1.1 }) else { return nil }
    var report = RunReport(
      name: input.run.name, file: input.run.file, group: input.group,
      lossName: input.run.lossName, schedule: input.schedule?.description, rows: finite.count,
      finalLoss: LossAtStep(step: last.0, loss: last.1),
      bestLoss: LossAtStep(step: best.0, loss: best.1),
      tokens: input.run.tokens?.last { $0.isFinite }, law: nil, parameters: [], metrics: nil,
      observed: CurveThinning.thin(
        steps: finite.map(\.0), values: finite.map(\.1), limit: 1000),
      fitted: nil, learningRate: nil, warnings: input.issues.map(\.description),
      metadata: input.metadata)
    do throws(TrajectoryError) {
      let trajectory = try input.trajectory()
      report.warnings += trajectory.warnings
      report.learningRate = trajectory.path.map {
        learningRate($0, through: Position.of(last.0) ?? 1)
      }
      if report.schedule == nil, trajectory.path != nil { report.schedule = "as logged" }
    } catch {
      report.warnings.append("not fitted: \(error)")
      return report
    }
    if let reason = input.exclusion {
      report.warnings.append("not fitted: \(reason)")
    } else {
      fit(RunGroup([input]), into: &report)
    }
    return report
  }

  /// Fits one law jointly to the runs of a group.
  ///
  /// - Parameter group: at least one run.
  /// - Returns: the model.
  /// - Throws: `LawFitError`.
  public func fit(_ group: RunGroup) throws(LawFitError) -> FittedLaw {
    let selection = group.inputs.first?.selection ?? RowSelection()
    let joint = JointFit(
      law: law(hasLearningRate: group.hasLearningRates), objective: objective, fixed: fixed,
      warmup: FittedLaw.Warmup(area: selection.warmup, steps: selection.warmupSteps),
      level: level)
    return try joint.fit(
      group.trajectories, hashes: group.inputs.map(\.sha256),
      leavingOutTransient: leavesOutTransient && selection.from == nil)
  }

  private func fit(_ group: RunGroup, into report: inout RunReport) {
    do {
      let model = try fit(group)
      let forecaster = try Forecaster(model: model)
      guard let located = group.trajectories.first else { return }
      let trajectory = located.starting(at: model.transientEnd ?? 0)
      let whole = try forecaster.forecast(
        at: trajectory.positions, path: trajectory.path, facts: trajectory.facts, level: level)
      report.law = model.law
      report.parameters = model.parameters
      report.warnings += model.remarks
      report.metrics = FitMetrics(curve: whole, losses: trajectory.losses, level: level)
      report.fitted = try forecaster.forecast(
        at: CurveThinning.spread(trajectory.positions, limit: 400), path: trajectory.path,
        facts: trajectory.facts, level: level)
    } catch let error as LawFitError {
      report.warnings.append("not fitted: \(error.description(for: group.trajectories))")
    } catch {
      report.warnings.append("not fitted: \(error)")
    }
  }

  private func learningRate(_ path: LearningRatePath, through last: Int) -> ObservedCurve {
    var positions = CurveThinning.spread(0...max(last, 1), limit: 400)
    // A kink shows only when both of its sides are drawn.
    let kinks = path.pieces.map(\.start).filter { $0 > 0 && $0 <= last }
    if kinks.count <= 100 { positions += kinks.flatMap { [$0 - 1, $0] } }
    let sorted = Set(positions).sorted()
    return ObservedCurve(
      steps: sorted.map(Double.init), values: sorted.map { path.learningRate(at: $0) })
  }
}

extension BatchAnalysis {
  /// Forecasts each proposed schedule from each group of runs.
  ///
  /// When some runs have a group, those without one take no part. A run that has diverged
  /// takes no part either.
  public func forecasts(of schedules: [Schedule], from inputs: [BatchInput]) -> [ScheduleForecast] {
    let hasGroups = inputs.contains { $0.group != nil }
    let members = inputs.filter { !hasGroups || $0.group != nil }
    let groups = members.reduce(into: [String?]()) { groups, input in
      if !groups.contains(input.group) { groups.append(input.group) }
    }
    return schedules.flatMap { schedule in
      groups.map { group in
        forecast(schedule, groupName: group, from: members.filter { $0.group == group })
      }
    }
  }

  private func forecast(
    _ schedule: Schedule, groupName name: String?, from inputs: [BatchInput]
  )
    -> ScheduleForecast
  {
    let group = RunGroup(inputs)
    let last =
      schedule.totalSteps ?? group.trajectories.compactMap(\.positions.last).max() ?? 1
    let path = schedule.path(through: last)
    var forecast = ScheduleForecast(
      schedule: schedule.description, group: name, fittedRuns: group.trajectories.map(\.name),
      law: law(hasLearningRate: group.hasLearningRates).name, parameters: [], curve: nil,
      learningRate: learningRate(path, through: last), refusal: nil,
      warnings: group.leftOut.map { "\($0.run) is left out of the fit: \($0.reason)" })
    guard !group.trajectories.isEmpty else {
      forecast.refusal = "none of the group's runs can be fitted"
      return forecast
    }
    do {
      let model = try fit(group)
      forecast.parameters = model.parameters
      forecast.warnings += model.remarks
      let forecaster = try Forecaster(model: model)
      forecast.warnings += forecaster.warnings(lastPosition: last, path: path)
      let start = min(forecaster.firstPosition(on: path), last)
      forecast.curve = try forecaster.forecast(
        at: CurveThinning.spread(start...last, limit: 400), path: path, level: level)
    } catch let error as LawFitError {
      forecast.refusal = error.description(for: group.trajectories)
    } catch {
      forecast.refusal = "\(error)"
    }
    return forecast
  }
}
