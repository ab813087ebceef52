public import ScalingLaws
import Schedules
import TrainingLogs

/// Fits every run of a batch and forecasts proposed schedules from groups of runs.
public struct BatchAnalysis: Sendable {
  /// The law; nil: the noise-floor law where the learning rate is known, else the power law in steps.
  public var law: (any LossLaw)?
  /// The laws among which a back-test chooses in joint fits; nil: `law` is fitted.
  public var candidates: LawCandidates?
  /// What is minimised.
  public var objective: FitObjective
  /// Parameters held at a value, by name.
  public var fixed: [String: Double]
  /// Whether the law's priors take part.
  public var usesPriors: Bool
  /// The level of every interval.
  public var level: Double
  /// Whether early rows that are outside the law are left out, unless a first step is given.
  public var leavesOutTransient: Bool

  /// Creates an analysis.
  public init(
    law: (any LossLaw)? = nil, candidates: LawCandidates? = nil,
    objective: FitObjective = .standard, fixed: [String: Double] = [:],
    usesPriors: Bool = true, level: Double = 0.9, leavesOutTransient: Bool = true
  ) {
    self.law = law
    self.candidates = candidates
    self.objective = objective
    self.fixed = fixed
    self.usesPriors = usesPriors
    self.level = level
    self.leavesOutTransient = leavesOutTransient
  }

  /// The law for runs whose learning rate is or is not known.
  public func law(hasLearningRate: Bool) -> any LossLaw {
    law ?? (hasLearningRate ? NoiseFloorLaw() : PowerLaw(clock: .steps))
  }

  /// Fits one run and gathers what a report shows of it.
  ///
  /// The law is not chosen among candidates: that takes many times as long.
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
    var exclusion: String?
    do throws(TrajectoryError) {
      let trajectory = try input.trajectory()
      report.warnings += trajectory.warnings
      report.cleaning = trajectory.cleaning.isEmpty ? nil : trajectory.cleaning
      exclusion = input.exclusion(of: trajectory, isAlone: true)
      report.learningRate = trajectory.path.map {
        learningRate($0, through: Position.of(last.0) ?? 1)
      }
      if report.schedule == nil, trajectory.path != nil { report.schedule = "as logged" }
    } catch {
      report.warnings.append("not fitted: \(error)")
      return report
    }
    if let reason = exclusion {
      report.warnings.append("not fitted: \(reason)")
    } else {
      fit(RunGroup([input]), into: &report)
    }
    return report
  }

  /// Fits one law jointly to the runs of a group: the given one, or that of the candidates which a
  /// back-test chooses.
  ///
  /// - Parameters:
  ///   - group: at least one run.
  ///   - ranking: how the candidates did; nil: they are ranked here.
  /// - Returns: the model.
  /// - Throws: `LawFitError`.
  public func fit(
    _ group: RunGroup, ranking: LawRanking? = nil
  ) throws(LawFitError) -> FittedLaw {
    guard let selection = selection(for: group) else { return try fitGivenLaw(group) }
    return try selection.fit(
      group.trajectories, hashes: group.inputs.map(\.sha256),
      by: ranking ?? selection.ranking(of: group.trajectories))
  }

  private func fitGivenLaw(_ group: RunGroup) throws(LawFitError) -> FittedLaw {
    let joint = JointFit(
      law: law(hasLearningRate: group.hasLearningRates), objective: objective, fixed: fixed,
      usesPriors: usesPriors, warmup: warmup(of: group), level: level)
    return try joint.fit(
      group.trajectories, hashes: group.inputs.map(\.sha256),
      leavingOutTransient: leavesOutTransient(in: group))
  }

  /// The choice of the law for a group by back-test.
  ///
  /// - Parameter group: at least one run.
  /// - Returns: the choice; nil when the law is not to be chosen so.
  public func selection(for group: RunGroup) -> LawSelection? {
    guard let laws = candidates?.laws(for: group.trajectories), !laws.isEmpty else { return nil }
    return LawSelection(
      candidates: laws, objective: objective, usesPriors: usesPriors, warmup: warmup(of: group),
      level: level,
      leavesOutTransient: leavesOutTransient(in: group))
  }

  private func warmup(of group: RunGroup) -> FittedLaw.Warmup {
    let selection = group.inputs.first?.selection ?? RowSelection()
    return FittedLaw.Warmup(area: selection.warmup, steps: selection.warmupSteps)
  }

  private func leavesOutTransient(in group: RunGroup) -> Bool {
    leavesOutTransient && group.inputs.first?.selection.from == nil
  }

  private func fit(_ group: RunGroup, into report: inout RunReport) {
    do {
      let model = try fitGivenLaw(group)
      let forecaster = try Forecaster(model: model)
      guard let located = group.trajectories.first else { return }
      let trajectory = located.starting(at: model.transientEnd ?? 0)
      let whole = try forecaster.forecast(
        at: trajectory.positions, path: trajectory.path, facts: trajectory.facts, level: level)
      report.law = model.law
      report.parameters = model.parameters
      report.cleaning = model.data.first?.cleaning
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

  func learningRate(_ path: LearningRatePath, through last: Int) -> ObservedCurve {
    var positions = CurveThinning.spread(0...max(last, 1), limit: 400)
    // A kink shows only when both of its sides are drawn.
    let kinks = path.pieces.map(\.start).filter { $0 > 0 && $0 <= last }
    if kinks.count <= 100 { positions += kinks.flatMap { [$0 - 1, $0] } }
    let sorted = Set(positions).sorted()
    return ObservedCurve(
      steps: sorted.map(Double.init), values: sorted.map { path.learningRate(at: $0) })
  }
}
