public import ScalingLaws
public import Schedules

/// The best schedule by a fitted law, beside the best of each family and the user's own.
public struct ScheduleComparison: Sendable {
  /// A schedule with its forecast.
  public struct Candidate: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The schedule; nil for the best one, which is given by its rates.
    public var schedule: Schedule?
    /// Its peak.
    public var peak: Double
    /// The forecast loss at the last step, nats.
    public var loss: Double
    /// The lower end of the forecast's interval.
    public var lower: Double
    /// The upper end.
    public var upper: Double
    /// How far it is above the best schedule.
    public var aboveBest: LossDifference
    /// The same by laws that a back-test does not tell from the chosen one.
    public var byOtherLaws: [String: Double]
  }

  /// The best schedule.
  public var best: OptimalSchedule
  /// Its closest shape.
  public var shape: DecayShape?
  /// The best schedule's forecast.
  public var forecast: Candidate
  /// The user's own schedule.
  public var own: Candidate?
  /// The best of each family, in the order of their losses.
  public var families: [Candidate]
  /// The best schedule when the peak may be any of those fitted; nil where they do not tell.
  public var bestPeak: Candidate?
  /// A schedule of few words that comes close to the best.
  ///
  /// The best of a family within 1e-4 nats of the best schedule, else a chain of linear decays where
  /// that is better.
  public var compact: Candidate?
  /// Remarks.
  public var warnings: [String]
}

extension Forecaster {
  /// Finds the best schedule, and the best of each family, and compares them with the user's own.
  ///
  /// - Parameters:
  ///   - limits: what the schedules keep to; the user's own may keep to others.
  ///   - own: the user's schedule.
  ///   - facts: what else is known of the run.
  ///   - level: of the intervals, between 0 and 1.
  /// - Returns: the schedules with their forecasts.
  /// - Throws: ``OptimalScheduleError``.
  public func compareSchedules(
    within limits: RateLimits, own: Schedule? = nil, facts: RunFacts = RunFacts(),
    level: Double = 0.9
  ) throws(OptimalScheduleError) -> ScheduleComparison {
    try checkOptimum()
    let objective = ScheduleObjective(self, limits: limits, facts: facts)
    var named = bestOfFamilies(within: limits, facts: facts)
    let best = try search(within: limits, facts: facts, beside: named)
    // Where a decay gains nothing, the best of every family all but stays at the peak.
    named.removeAll {
      $0.name != ScheduleFamily.constant.name
        && $0.schedule.learningRate(at: limits.total) > 0.995 * limits.peak
    }
    let familyCount = named.count
    let compact = compact(of: best, beside: named, objective)
    if let compact { named.append(NamedSchedule(name: "compact", schedule: compact)) }
    let peaks = fittedPeaks
    if law.knowsPeaks, let peaks,
      let free = FamilySearch(family: .poly, objective: objective, peaks: peaks).best()
    {
      named.append(NamedSchedule(name: "peak free", schedule: free))
    }
    if let own { named.append(NamedSchedule(name: "yours", schedule: own)) }
    let paths = [best.path] + named.map { $0.schedule.path(through: limits.total) }
    let differences = differences(of: paths, at: limits.total, facts: facts, level: level)
    let alternativesOfBest = alternatives(at: [limits.total], path: best.path, facts: facts)
    var candidates: [ScheduleComparison.Candidate] = []
    for (index, path) in paths.enumerated() {
      let schedule = index == 0 ? nil : named[index - 1].schedule
      candidates.append(
        try candidate(
          index == 0 ? "best" : named[index - 1].name, schedule, path: path,
          besideBest: alternativesOfBest, at: limits.total, facts: facts, level: level,
          difference: differences[index]))
    }
    let shape = best.shape
    return ScheduleComparison(
      best: best, shape: shape, forecast: candidates[0],
      own: own == nil ? nil : candidates.last,
      families: candidates.dropFirst().prefix(familyCount).sorted { $0.loss < $1.loss },
      bestPeak: candidates.first { $0.name == "peak free" },
      compact: candidates.first { $0.name == "compact" },
      warnings: remarks(on: best, shape: shape, peaks: peaks, facts: facts))
  }

  /// The peaks fitted; nil when they are alike or not known.
  private var fittedPeaks: ClosedRange<Double>? {
    let peaks = model.data.compactMap(\.peak)
    guard let least = peaks.min(), let most = peaks.max(), least > 0, most > 1.02 * least else {
      return nil
    }
    return least...most
  }

  /// The family's schedule that is nearly as good as the best, or else a chain of lines.
  private func compact(
    of best: OptimalSchedule, beside families: [NamedSchedule], _ objective: ScheduleObjective
  ) -> Schedule? {
    func loss(_ schedule: Schedule) -> Double {
      objective.loss(of: schedule.path(through: best.limits.total))
    }
    let losses = families.map { loss($0.schedule) }
    guard let nearest = losses.indices.min(by: { losses[$0] < losses[$1] }) else {
      return best.chain()
    }
    let simple = families[nearest].schedule
    guard losses[nearest] > best.loss + 1e-4, let chain = best.chain(),
      loss(chain) < losses[nearest]
    else { return simple }
    return chain
  }

  private func candidate(
    _ name: String, _ schedule: Schedule?, path: LearningRatePath,
    besideBest: [AlternativeForecast], at total: Int, facts: RunFacts, level: Double,
    difference: LossDifference
  ) throws(OptimalScheduleError) -> ScheduleComparison.Candidate {
    let curve: PredictedCurve
    do {
      curve = try forecast(at: [total], path: path, facts: facts, level: level)
    } catch {
      throw .forecast(error)
    }
    var others: [String: Double] = [:]
    let here = alternatives(at: [total], path: path, facts: facts)
    for (one, base) in zip(here, besideBest) {
      guard let loss = try? one.losses.get().last, let least = try? base.losses.get().last else {
        continue
      }
      others[one.law] = loss - least
    }
    return ScheduleComparison.Candidate(
      name: name, schedule: schedule, peak: path.peak, loss: curve.predicted[0],
      lower: curve.lower[0], upper: curve.upper[0], aboveBest: difference, byOtherLaws: others)
  }
}

/// A schedule with what it is called.
struct NamedSchedule {
  var name: String
  var schedule: Schedule
}
