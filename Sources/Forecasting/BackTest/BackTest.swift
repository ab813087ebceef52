import ScalingLaws

/// How well a law forecasts rows that were kept from its fit: a way to choose among laws.
///
/// Nothing but the rows given is used, so that a law can be chosen before any run to be forecast is
/// known.
public struct BackTest: Sendable {
  /// The law and how it is fitted.
  public var fit: JointFit
  /// Whether each fit looks for early rows that are outside the law and leaves them out.
  public var leavesOutTransient: Bool
  /// The first step that is scored.
  public var from: Int
  /// Rows that are averaged before they are compared.
  public var binRows: Int

  /// Creates a back-test.
  public init(fit: JointFit, leavesOutTransient: Bool = true, from: Int = 0, binRows: Int = 1) {
    self.fit = fit
    self.leavesOutTransient = leavesOutTransient
    self.from = from
    self.binRows = binRows
  }

  /// Leaves out each run in turn, fits the law to the others and scores the run left out.
  ///
  /// - Parameter trajectories: the runs.
  /// - Returns: one score a run, in their order; empty with fewer than two runs.
  public func leavingRunsOut(_ trajectories: [Trajectory]) -> [BackTestScore] {
    BackTestFold.leavingRunsOut(trajectories, from: from).map(score)
  }

  /// Fits the first part of a run and scores the rest, for growing parts.
  ///
  /// - Parameters:
  ///   - trajectory: the run.
  ///   - shares: between 0 and 1.
  /// - Returns: one score a share, in their order.
  public func growingPrefixes(
    _ trajectory: Trajectory, shares: [Double] = [0.4, 0.55, 0.7]
  ) -> [BackTestScore] {
    BackTestFold.growingPrefixes(trajectory, shares: shares, from: from).map(score)
  }

  /// Fits a fold's rows and scores the forecast of the others.
  public func score(_ fold: BackTestFold) -> BackTestScore {
    let result: Result<RunScore, Reason>
    if fold.fitted.isEmpty {
      result = .failure(Reason("no row is left to fit"))
    } else if fold.target.positions.isEmpty {
      result = .failure(Reason("no row is left to score"))
    } else {
      result = score(fold.target, fittedTo: fold.fitted)
    }
    return BackTestScore(run: fold.run, share: fold.share, result)
  }

  private func score(
    _ target: Trajectory, fittedTo trajectories: [Trajectory]
  ) -> Result<RunScore, Reason> {
    do throws(LawFitError) {
      let model = try fit.fit(
        trajectories, hashes: trajectories.map { _ in "" }, leavingOutTransient: leavesOutTransient
      )
      return forecast(target, from: model)
    } catch .missingInput(let input) {
      return .failure(Reason("it needs \(input.words) of every run"))
    } catch {
      return .failure(Reason(error.description(for: trajectories)))
    }
  }

  private func forecast(_ target: Trajectory, from model: FittedLaw) -> Result<RunScore, Reason> {
    do throws(ForecastError) {
      let curve = try Forecaster(model: model).forecast(
        at: target.positions, path: target.path, facts: target.facts, level: fit.level)
      return .success(
        RunScore(run: target.name, curve: curve, losses: target.losses, binRows: binRows))
    } catch {
      return .failure(Reason(error.description))
    }
  }

  /// Why there is no score.
  struct Reason: Error, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }
}

/// The score of rows that were kept from a fit.
public struct BackTestScore: Sendable, Hashable, Codable {
  /// The run whose rows are scored.
  public var run: String
  /// The share of the run that was fitted; nil when all of it was left out.
  public var share: Double?
  /// The errors; nil when there is no fit or no forecast.
  public var score: RunScore?
  /// Why there are none.
  public var reason: String?

  /// Creates a score.
  public init(run: String, share: Double? = nil, score: RunScore?, reason: String? = nil) {
    self.run = run
    self.share = share
    self.score = score
    self.reason = reason
  }

  init(run: String, share: Double? = nil, _ result: Result<RunScore, BackTest.Reason>) {
    switch result {
    case .success(let score): self.init(run: run, share: share, score: score)
    case .failure(let failure):
      self.init(run: run, share: share, score: nil, reason: failure.description)
    }
  }
}

extension [BackTestScore] {
  /// The mean over the runs of their mean errors; nil unless every one has a score.
  public var meanError: Double? {
    let errors = compactMap(\.score?.meanError)
    return isEmpty || errors.count < count ? nil : errors.reduce(0, +) / Double(count)
  }
}
