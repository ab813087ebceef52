public import ScalingLaws
public import Schedules

/// Fits laws to the cases of a benchmark and scores their forecasts.
public struct BenchmarkRunner: Sendable {
  /// The runs that can be used, by name.
  public var runs: [String: BenchmarkRun]
  /// The runs that cannot, by name, and why.
  public var unusable: [String: String]
  /// How the forecasts are made and scored.
  public var options: Options
  /// CPU seconds of the calling thread, from any start.
  public var clock: @Sendable () -> Double

  /// How forecasts are made and scored.
  public struct Options: Sendable, Hashable {
    /// The level of the intervals.
    public var level: Double
    /// How warm-ups enter the areas.
    public var warmup: WarmupArea
    /// Whether early rows that are outside the law are left out of the fits.
    public var leavesOutTransient: Bool
    /// What is not cleaned in the rows to fit.
    public var kept: Set<CleaningKind>
    /// Whether all rows from the first fitted one on are scored, not those that tasks name.
    public var scoresWholeCurves: Bool
    /// Whether each law is also fitted to all fit runs but one, and scored on that one.
    public var leavesRunsOut: Bool
    /// Parameters held at a value, by name, in laws that have them; not where a law is chosen.
    public var fixed: [String: Double]
    /// Whether laws' priors take part.
    public var usesPriors: Bool

    /// Creates options.
    public init(
      level: Double = 0.9, warmup: WarmupArea = .actual, leavesOutTransient: Bool = true,
      scoresWholeCurves: Bool = false, leavesRunsOut: Bool = false,
      fixed: [String: Double] = [:], usesPriors: Bool = true,
      kept: Set<CleaningKind> = []
    ) {
      self.level = level
      self.warmup = warmup
      self.leavesOutTransient = leavesOutTransient
      self.scoresWholeCurves = scoresWholeCurves
      self.leavesRunsOut = leavesRunsOut
      self.fixed = fixed
      self.usesPriors = usesPriors
      self.kept = kept
    }
  }

  /// Creates a runner.
  public init(
    runs: [String: BenchmarkRun], unusable: [String: String] = [:], options: Options = Options(),
    clock: @escaping @Sendable () -> Double
  ) {
    self.runs = runs
    self.unusable = unusable
    self.options = options
    self.clock = clock
  }

  /// What is scored under one name.
  public enum Entrant: Sendable {
    /// A law.
    case law(any LossLaw)
    /// The law that a back-test on a case's fit rows chooses.
    case selection(LawCandidates)

    /// The law's name, or `auto`.
    public var name: String {
      switch self {
      case .law(let law): law.name
      case .selection: "auto"
      }
    }
  }

  /// Fits a law to a case's fit rows and scores its forecasts of the others.
  ///
  /// - Parameters:
  ///   - entrant: the law, or how it is chosen.
  ///   - question: the case.
  ///   - binRows: rows that are averaged before they are compared.
  /// - Returns: the scores, or why there are none.
  public func result(
    of entrant: Entrant, on question: BenchmarkCase, binRows: Int
  ) -> BenchmarkResult.Case {
    var result = BenchmarkResult.Case(name: question.name)
    let start = clock()
    do throws(BenchmarkFailure) {
      let trajectories = try fitted(question)
      let model = try fit(entrant, to: trajectories, of: question)
      let targets = try predicted(question, model: model)
      result.parameters = model.parameters
      result.selection = model.selection
      result.runs = try forecast(targets, from: model, binRows: binRows)
      result.seconds = clock() - start
      if options.leavesRunsOut, case .law(let law) = entrant {
        let test = BackTest(
          fit: joint(law), leavesOutTransient: options.leavesOutTransient, binRows: binRows)
        result.leftOut = test.leavingRunsOut(trajectories)
      }
    } catch {
      result.seconds = clock() - start
      result.reason = error.description
    }
    return result
  }

  /// What is wrong with a case whatever the law; nil when nothing is.
  public func fault(of question: BenchmarkCase) -> BenchmarkFailure? {
    do throws(BenchmarkFailure) {
      guard !question.fit.isEmpty else { throw BenchmarkFailure("it names no run to fit") }
      guard !question.predict.isEmpty else { throw BenchmarkFailure("it names no run to forecast") }
      _ = try fitted(question)
      for rows in question.predict {
        _ = try run(rows.run).trajectory(
          from: rows.from, to: rows.to, keeping: keptInScores)
      }
      return nil
    } catch {
      return error
    }
  }

  private func run(_ name: String) throws(BenchmarkFailure) -> BenchmarkRun {
    if let run = runs[name] { return run }
    throw BenchmarkFailure("\(name): \(unusable[name] ?? "there is no such run")")
  }

  private func fitted(_ question: BenchmarkCase) throws(BenchmarkFailure) -> [Trajectory] {
    var trajectories: [Trajectory] = []
    for rows in question.fit {
      trajectories.append(
        try run(rows.run).trajectory(from: rows.from, to: rows.to, keeping: options.kept))
    }
    return trajectories
  }

  private func joint(_ law: any LossLaw) -> JointFit {
    let names = Set(law.parameters.map(\.name))
    return JointFit(
      law: law, fixed: options.fixed.filter { names.contains($0.key) },
      usesPriors: options.usesPriors,
      warmup: FittedLaw.Warmup(area: options.warmup, steps: nil), level: options.level)
  }

  private func fit(
    _ entrant: Entrant, to trajectories: [Trajectory], of question: BenchmarkCase
  ) throws(BenchmarkFailure) -> FittedLaw {
    var hashes: [String] = []
    for rows in question.fit { hashes.append(try run(rows.run).sha256) }
    do throws(LawFitError) {
      switch entrant {
      case .law(let law):
        return try joint(law).fit(
          trajectories, hashes: hashes, leavingOutTransient: options.leavesOutTransient)
      case .selection(let candidates):
        let selection = selection(among: candidates, for: trajectories)
        return try selection.fit(
          trajectories, hashes: hashes, by: selection.ranking(of: trajectories))
      }
    } catch .missingInput(let input) {
      throw BenchmarkFailure("it needs \(input.words) of every run")
    } catch {
      throw BenchmarkFailure(error.description(for: trajectories))
    }
  }

  private func selection(
    among candidates: LawCandidates, for trajectories: [Trajectory]
  ) -> LawSelection {
    let laws = candidates.laws(for: trajectories)
    return LawSelection(
      candidates: laws.isEmpty ? [PowerLaw(clock: .steps)] : laws, usesPriors: options.usesPriors,
      warmup: FittedLaw.Warmup(area: options.warmup, steps: nil), level: options.level,
      leavesOutTransient: options.leavesOutTransient)
  }

  /// Rows to be forecast are scored as they are, at the steps where they belong.
  private var keptInScores: Set<CleaningKind> {
    Set(CleaningKind.allCases).subtracting([.windows]).union(options.kept)
  }

  private func predicted(
    _ question: BenchmarkCase, model: FittedLaw
  ) throws(BenchmarkFailure) -> [Trajectory] {
    let first = model.data.compactMap(\.steps.first).min().map(Double.init)
    var targets: [Trajectory] = []
    for rows in question.predict {
      let run = try run(rows.run)
      targets.append(
        options.scoresWholeCurves
          ? try run.trajectory(from: first, to: nil, keeping: keptInScores)
          : try run.trajectory(from: rows.from, to: rows.to, keeping: keptInScores))
    }
    return targets
  }

  private func forecast(
    _ targets: [Trajectory], from model: FittedLaw, binRows: Int
  ) throws(BenchmarkFailure) -> [RunScore] {
    do throws(ForecastError) {
      let forecaster = try Forecaster(model: model)
      var scores: [RunScore] = []
      for target in targets {
        let curve = try forecaster.forecast(
          at: target.positions, path: target.path, facts: target.facts, level: options.level)
        scores.append(
          RunScore(run: target.name, curve: curve, losses: target.losses, binRows: binRows))
      }
      return scores
    } catch {
      throw BenchmarkFailure(error.description)
    }
  }
}
