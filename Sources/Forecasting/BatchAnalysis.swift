public import ScalingLaws
public import Schedules
public import TrainingLogs

/// A run to be reported, with what is known of it beyond its log.
public struct BatchInput: Sendable {
  /// The run as read.
  public var run: Run
  /// SHA-256 of its file.
  public var sha256: String
  /// What reading it turned up.
  public var issues: [LogIssue]
  /// Replaces the logged learning rate.
  public var schedule: Schedule?
  /// Whether the losses end in values that are not finite.
  public var hasDiverged: Bool
  /// Which rows to use.
  public var selection: RowSelection
  /// The group it belongs to.
  public var group: String?
  /// Further facts to show.
  public var metadata: [RunReport.Field]

  /// Creates an input.
  public init(
    run: Run, sha256: String, issues: [LogIssue] = [], hasDiverged: Bool = false,
    schedule: Schedule? = nil, selection: RowSelection = RowSelection(), group: String? = nil,
    metadata: [RunReport.Field] = []
  ) {
    self.run = run
    self.sha256 = sha256
    self.issues = issues
    self.hasDiverged = hasDiverged
    self.schedule = schedule
    self.selection = selection
    self.group = group
    self.metadata = metadata
  }
}

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
      let trajectory = try Trajectory(
        run: input.run, schedule: input.schedule, selection: input.selection)
      report.warnings += trajectory.warnings
      report.learningRate = trajectory.path.map {
        learningRate($0, through: Position.of(last.0) ?? 1)
      }
      if report.schedule == nil, trajectory.path != nil { report.schedule = "as logged" }
      if input.hasDiverged {
        report.warnings.append(
          "not fitted: the losses end in NaN or infinity, so the run has diverged; no law describes "
            + "that")
      } else {
        fit(trajectory, of: input, into: &report)
      }
    } catch {
      report.warnings.append("not fitted: \(error)")
    }
    return report
  }

  private func fit(_ trajectory: Trajectory, of input: BatchInput, into report: inout RunReport) {
    let law = law(hasLearningRate: trajectory.path != nil)
    do {
      let model = try jointFit(law, input).fit(
        [trajectory], hashes: [input.sha256],
        leavingOutTransient: leavesOutTransient && input.selection.from == nil)
      let forecaster = try Forecaster(model: model)
      let trajectory = trajectory.starting(at: model.transientEnd ?? 0)
      let whole = try forecaster.forecast(
        at: trajectory.positions, path: trajectory.path, level: level)
      report.law = model.law
      report.parameters = model.parameters
      report.warnings += model.warnings + [model.transientRemark].compactMap { $0 }
      report.metrics = FitMetrics(curve: whole, losses: trajectory.losses, level: level)
      report.fitted = try forecaster.forecast(
        at: CurveThinning.spread(trajectory.positions, limit: 400), path: trajectory.path,
        level: level)
    } catch let error as LawFitError {
      report.warnings.append("not fitted: \(error.description(for: [trajectory]))")
    } catch {
      report.warnings.append("not fitted: \(error)")
    }
  }

  private func jointFit(_ law: any LossLaw, _ input: BatchInput) -> JointFit {
    JointFit(
      law: law, objective: objective, fixed: fixed,
      warmup: FittedLaw.Warmup(
        area: input.selection.warmup, steps: input.selection.warmupSteps), level: level)
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
        forecast(schedule, group: group, from: members.filter { $0.group == group })
      }
    }
  }

  private func forecast(
    _ schedule: Schedule, group: String?, from inputs: [BatchInput]
  )
    -> ScheduleForecast
  {
    var warnings: [String] = []
    var used: [(trajectory: Trajectory, input: BatchInput)] = []
    for input in inputs {
      if input.hasDiverged {
        warnings.append("\(input.run.name) is left out of the fit: it diverged")
        continue
      }
      do {
        let trajectory = try Trajectory(
          run: input.run, schedule: input.schedule, selection: input.selection)
        used.append((trajectory, input))
      } catch {
        warnings.append("\(input.run.name) is left out of the fit: \(error)")
      }
    }
    let last = schedule.totalSteps ?? used.compactMap(\.trajectory.positions.last).max() ?? 1
    let path = schedule.path(through: last)
    let law = law(hasLearningRate: used.allSatisfy { $0.trajectory.path != nil })
    var forecast = ScheduleForecast(
      schedule: schedule.description, group: group, fittedRuns: used.map(\.trajectory.name),
      law: law.name, parameters: [], curve: nil,
      learningRate: learningRate(path, through: last), refusal: nil, warnings: warnings)
    guard let first = used.first else {
      forecast.refusal = "none of the group's runs can be fitted"
      return forecast
    }
    do {
      let model = try jointFit(law, first.input).fit(
        used.map(\.trajectory), hashes: used.map(\.input.sha256),
        leavingOutTransient: leavesOutTransient && first.input.selection.from == nil)
      forecast.parameters = model.parameters
      forecast.warnings += model.warnings + [model.transientRemark].compactMap { $0 }
      let forecaster = try Forecaster(model: model)
      forecast.warnings += forecaster.warnings(lastPosition: last, path: path)
      let start = min(forecaster.firstPosition(on: path), last)
      forecast.curve = try forecaster.forecast(
        at: CurveThinning.spread(start...last, limit: 400), path: path, level: level)
    } catch let error as LawFitError {
      forecast.refusal = error.description(for: used.map(\.trajectory))
    } catch {
      forecast.refusal = "\(error)"
    }
    return forecast
  }
}
