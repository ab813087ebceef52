public import ScalingLaws
public import Schedules

/// Chooses a law by how well candidates forecast rows that were kept from their fits.
///
/// Nothing but the rows to be fitted is used; rows that are to be forecast later take no part.
///
/// Each run is left out in turn (`LawRanking.Method.leaveOneOut`). With one run, or where no run
/// left out can be forecast by two laws, the rest of each run is forecast from growing parts of it
/// and the other runs.
public struct LawSelection: Sendable {
  /// The candidates, in order of general merit.
  public var candidates: [any LossLaw]
  /// How a law is fitted; its own law is not used.
  private let template: JointFit
  /// Whether each fit looks for early rows that are outside the law and leaves them out.
  public var leavesOutTransient: Bool

  /// The parts of a run that are fitted.
  ///
  /// The last two reach into a decay at a run's end, without
  /// which a law of the learning rate forecasts nothing.
  static let shares = [0.4, 0.55, 0.7, 0.85, 0.95]
  /// About how many bins the rows of a fold are averaged to, so that errors are those of the curve
  /// and not the noise of single rows.
  static let binCount = 50

  /// Creates a selection.
  ///
  /// - Parameters:
  ///   - candidates: at least one law, in order of general merit.
  ///   - objective: what fits minimise.
  ///   - usesPriors: whether the laws' priors take part.
  ///   - warmup: how warm-ups enter the areas.
  ///   - level: the level of intervals.
  ///   - leavesOutTransient: whether fits leave out early rows that are outside the law.
  public init(
    candidates: [any LossLaw], objective: FitObjective = .standard, usesPriors: Bool = true,
    warmup: FittedLaw.Warmup = FittedLaw.Warmup(area: .actual, steps: nil), level: Double = 0.9,
    leavesOutTransient: Bool = true
  ) {
    precondition(!candidates.isEmpty, "candidates is empty")
    self.candidates = candidates
    self.leavesOutTransient = leavesOutTransient
    template = JointFit(
      law: candidates[0], objective: objective, usesPriors: usesPriors, warmup: warmup,
      level: level)
  }

  /// How a law is fitted.
  func joint(_ law: any LossLaw) -> JointFit {
    var fit = template
    fit.law = law
    return fit
  }
}

// MARK: Scores

extension LawSelection {
  /// One law on one fold.
  public struct Trial: Sendable {
    let law: any LossLaw
    let fold: BackTestFold
  }

  /// The ways to compare laws, to be tried in order until two laws can be compared.
  public func methods(for trajectories: [Trajectory]) -> [LawRanking.Method] {
    trajectories.count > 1 ? [.leaveOneOut, .growingPrefixes] : [.growingPrefixes]
  }

  /// Every law on every fold, law by law: independent pieces of work.
  public func trials(
    _ method: LawRanking.Method, of trajectories: [Trajectory]
  ) -> [Trial] {
    let folds = folds(method, of: trajectories)
    return candidates.flatMap { law in folds.map { Trial(law: law, fold: $0) } }
  }

  /// Fits a trial's rows and scores the forecast of the others.
  public func score(_ trial: Trial) -> BackTestScore {
    let rows = trial.fold.target.positions.count
    let test = BackTest(
      fit: joint(trial.law), leavesOutTransient: leavesOutTransient,
      binRows: max(rows / LawSelection.binCount, 1))
    var outcome = test.score(trial.fold)
    if let score = outcome.score, !score.meanError.isFinite {
      outcome.score = nil
      outcome.reason = "its relative error is not finite"
    }
    return outcome
  }

  /// Ranks the laws by the scores of all trials of a method, in their order.
  public func ranking(_ method: LawRanking.Method, scores: [BackTestScore]) -> LawRanking {
    let foldCount = scores.count / candidates.count
    return LawRanking(
      method: method,
      laws: candidates.enumerated().map { index, law in
        (law.name, Array(scores[(index * foldCount)..<((index + 1) * foldCount)]))
      })
  }

  /// Scores and ranks the laws, one trial after the other.
  ///
  /// - Parameter trajectories: the runs; at least one.
  /// - Returns: the ranking by the first method that compares two laws, or by the last.
  public func ranking(of trajectories: [Trajectory]) -> LawRanking {
    var result = LawRanking(method: .growingPrefixes, laws: candidates.map { ($0.name, []) })
    for method in methods(for: trajectories) {
      result = ranking(method, scores: trials(method, of: trajectories).map(score))
      if result.isComparison { break }
    }
    return result
  }

  private func folds(
    _ method: LawRanking.Method, of trajectories: [Trajectory]
  ) -> [BackTestFold] {
    // Rows that a fit may leave out as early ones are no test of it.
    let from = leavesOutTransient ? EarlyTransient.latestEnd(in: trajectories) : 0
    switch method {
    case .leaveOneOut: return BackTestFold.leavingRunsOut(trajectories, from: from)
    case .growingPrefixes:
      return trajectories.indices.flatMap { index in
        BackTestFold.growingPrefixes(
          trajectories[index], shares: LawSelection.shares, from: from,
          besides: trajectories.indices.filter { $0 != index }.map { trajectories[$0] })
      }
    }
  }
}

// MARK: Fit

extension LawSelection {
  /// Fits the chosen law to all rows, and those that are as good beside it.
  ///
  /// Where the chosen law cannot be fitted the next takes its place.
  ///
  /// - Parameters:
  ///   - trajectories: the runs; at least one.
  ///   - hashes: SHA-256 of each run's file, in the same order.
  ///   - ranking: of the candidates, from these runs.
  /// - Returns: the model with its ``FittedLaw/selection`` and ``FittedLaw/alternatives``.
  /// - Throws: `LawFitError` of the first law when none can be fitted.
  public func fit(
    _ trajectories: [Trajectory], hashes: [String], by ranking: LawRanking
  ) throws(LawFitError) -> FittedLaw {
    var chosen: FittedLaw?
    var alternatives: [FittedLaw] = []
    var failure: LawFitError?
    for name in ranking.preference {
      let isAsGood = ranking.asGood.contains(name)
      guard chosen == nil || isAsGood, let law = candidates.first(where: { $0.name == name })
      else { continue }
      do throws(LawFitError) {
        let model = try joint(law).fit(
          trajectories, hashes: hashes, leavingOutTransient: leavesOutTransient)
        if chosen == nil { chosen = model } else { alternatives.append(model) }
      } catch {
        failure = failure ?? error
      }
    }
    guard var model = chosen else { throw failure ?? .noFiniteStart }
    model.selection = ranking.choosing(model.law)
    model.alternatives = alternatives
    return model
  }
}
