import LeastSquares
import LinearAlgebra
import RealModule
public import ScalingLaws
public import Schedules
import Statistics

/// Fits one law jointly to the rows of several runs.
public struct JointFit: Sendable {
  /// The law.
  public var law: any LossLaw
  /// What is minimised.
  public var objective: FitObjective
  /// Parameters held at a value, by name.
  public var fixed: [String: Double]
  /// Whether the law's priors take part.
  public var usesPriors: Bool
  /// How warm-ups enter the areas.
  public var warmup: FittedLaw.Warmup
  /// The level of the parameters' intervals.
  public var level: Double

  /// Creates a fit.
  public init(
    law: any LossLaw, objective: FitObjective = .standard, fixed: [String: Double] = [:],
    usesPriors: Bool = true,
    warmup: FittedLaw.Warmup = FittedLaw.Warmup(area: .actual, steps: nil), level: Double = 0.9
  ) {
    self.law = law
    self.objective = objective
    self.fixed = fixed
    self.usesPriors = usesPriors
    self.warmup = warmup
    self.level = level
  }

  /// Fits the law.
  ///
  /// - Parameters:
  ///   - trajectories: the runs; at least one.
  ///   - hashes: SHA-256 of each run's file, in the same order.
  ///   - leavingOutTransient: whether to look for early rows that are outside the law and leave
  ///     them out.
  /// - Returns: the model; `transientEnd` says whether rows were left out.
  /// - Throws: `LawFitError`.
  public func fit(
    _ trajectories: [Trajectory], hashes: [String], leavingOutTransient: Bool
  )
    throws(LawFitError) -> FittedLaw
  {
    precondition(trajectories.count == hashes.count, "hashes.count is not trajectories.count")
    guard leavingOutTransient, let end = EarlyTransient(fit: self).end(in: trajectories) else {
      return try fit(trajectories, hashes: hashes)
    }
    let later = trajectories.map { trajectory in
      var kept = trajectory.starting(at: end)
      kept.noteEarlyRows(before: end, of: trajectory)
      return kept
    }
    var model = try fit(later, hashes: hashes)
    model.transientEnd = end
    return model
  }

  /// What fits the law to rows.
  var fitter: LawFitter {
    LawFitter(law: law, objective: objective, fixed: fixed, usesPriors: usesPriors)
  }

  /// The rows of trajectories.
  func rows(of trajectories: [Trajectory]) -> LawRows {
    LawRows(
      segments: trajectories.map { .init(positions: $0.positions, path: $0.path, facts: $0.facts) },
      warmup: warmup.area)
  }

  private func fit(
    _ trajectories: [Trajectory], hashes: [String]
  ) throws(LawFitError)
    -> FittedLaw
  {
    let rows = rows(of: trajectories)
    let losses = trajectories.flatMap(\.losses)
    let fit = try fitter.fit(losses, at: rows)
    let residuals = fit.residuals
    var start = 0
    let runs = trajectories.map { trajectory in
      defer { start += trajectory.losses.count }
      return start..<(start + trajectory.losses.count)
    }
    let summary = FitSummary(
      law: law, fit: fit, residuals: residuals, objective: objective, runs: runs, level: level)
    let predicted = zip(losses, residuals).map { loss, residual in
      objective.prediction(residual: residual, observed: loss)
    }
    let squares = zip(losses, predicted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return FittedLaw(
      law: law.name, parameters: summary.parameters, covariance: summary.covarianceRows,
      objective: FittedLaw.Objective(
        name: objective.name, width: objective.width, cost: fit.report.cost,
        termination: fit.report.termination.rawValue, iterations: fit.report.iterations),
      residuals: FittedLaw.Residuals(
        count: losses.count, rmse: (squares / Double(losses.count)).squareRoot(),
        relativeScale: RobustScale.standardDeviation(residuals),
        autocorrelationSteps: summary.autocorrelationSteps(trajectories),
        effectiveCount: summary.covariance?.effectiveCount
          ?? Double(losses.count) * (1 - summary.autocorrelation)
          / (1 + summary.autocorrelation),
        degreesOfFreedom: summary.covariance?.degreesOfFreedom),
      identifiability: FittedLaw.Identifiability(
        conditionNumber: summary.covariance?.conditionNumber, weak: summary.weak,
        unused: summary.unused.isEmpty ? nil : summary.unused),
      data: zip(trajectories, hashes).map { trajectory, hash in
        FittedLaw.DataSource(
          run: trajectory.name, sha256: hash, rows: trajectory.positions.count,
          steps: [trajectory.positions.first ?? 0, trajectory.positions.last ?? 0],
          peak: trajectory.peak, lowest: trajectory.lowestRate,
          warmupSteps: trajectory.path?.warmupEnd, facts: trajectory.facts,
          cleaning: trajectory.cleaning.isEmpty ? nil : trajectory.cleaning)
      },
      warmup: warmup,
      warnings: summary.warnings + FitSummary.mixedPeaks(trajectories, law: law)
        + FitSummary.poorFit(losses: losses, predicted: predicted))
  }
}

extension FitObjective {
  /// The width δ of a robust loss; nil for least squares.
  public var width: Double? {
    switch self {
    case .huberLog(let width), .softL1Log(let width): width
    case .leastSquares, .leastSquaresLog1p: nil
    }
  }
}
