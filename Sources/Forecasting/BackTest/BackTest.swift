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

  /// Fits some trajectories and scores the forecast of rows of another.
  func score(_ target: Trajectory, fittedTo trajectories: [Trajectory]) -> Result<RunScore, Reason>
  {
    guard !target.positions.isEmpty else { return .failure(Reason("no row is left to score")) }
    guard !trajectories.isEmpty else { return .failure(Reason("no run is left to fit")) }
    do throws(LawFitError) {
      let model = try fit.fit(
        trajectories, hashes: trajectories.map { _ in "" }, leavingOutTransient: leavesOutTransient
      )
      return forecast(target, from: model)
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

  init(run: String, share: Double? = nil, _ result: Result<RunScore, BackTest.Reason>) {
    self.run = run
    self.share = share
    switch result {
    case .success(let score): self.score = score
    case .failure(let failure): reason = failure.description
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
