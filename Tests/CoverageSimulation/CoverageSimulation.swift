public import LeastSquares
public import Statistics

/// How often nominal 95 % intervals of the exponent α hold the truth, over simulated fits.
public struct CoverageSimulation: Sendable {
  /// Rows of each simulated run.
  public var rows: Int
  /// The noise, 0.01 in size.
  public var noise: SimulatedNoise
  /// How many runs are simulated.
  public var simulations: Int
  /// The seed of the noise.
  public var seed: UInt64
  /// The loss of the fits.
  public var loss: RobustLoss

  /// Creates a simulation.
  public init(
    rows: Int, noise: SimulatedNoise, simulations: Int, seed: UInt64 = 1,
    loss: RobustLoss = .leastSquares
  ) {
    self.rows = rows
    self.noise = noise
    self.simulations = simulations
    self.seed = seed
    self.loss = loss
  }

  /// Simulates with t intervals.
  ///
  /// - Parameter estimators: of the covariance.
  /// - Returns: for each estimator, the share of intervals that hold the truth.
  /// - Throws: `CovarianceError`.
  public func coverage(_ estimators: [CovarianceEstimator]) throws -> [Double] {
    var inside = [Int](repeating: 0, count: estimators.count)
    try forEachFit { problem, report, series in
      for (index, estimator) in estimators.enumerated() {
        let covariance = try series.covariance(estimator)
        let interval = covariance.interval(
          of: AnnealingProblem.exponent, estimate: report.parameters[AnnealingProblem.exponent],
          level: 0.95)
        if let interval, (interval.lower...interval.upper).contains(truth) { inside[index] += 1 }
      }
    }
    return inside.map { Double($0) / Double(simulations) }
  }

  /// Simulates with profile intervals.
  ///
  /// - Parameter estimator: whose covariance inflates the rise of the cost.
  /// - Returns: the share of intervals that hold the truth, and the passes over the rows that an
  ///   interval took on average.
  /// - Throws: `CovarianceError`.
  public func profileCoverage(
    _ estimator: CovarianceEstimator
  ) throws -> (coverage: Double, evaluations: Double) {
    var (inside, evaluations) = (0, 0)
    let method = ProfileLikelihood(solver: solver, bounds: bounds)
    try forEachFit { problem, report, series in
      let profile = method.profile(
        problem, of: AnnealingProblem.exponent, from: report,
        covariance: try series.covariance(estimator), level: 0.95)
      if let profile, profile.range.contains(truth) { inside += 1 }
      evaluations += profile?.evaluations ?? 0
    }
    return (
      Double(inside) / Double(simulations), Double(evaluations) / Double(simulations)
    )
  }

  private var truth: Double { AnnealingProblem.truth[AnnealingProblem.exponent] }

  private var solver: LevenbergMarquardt {
    // Started at the truth, a fit needs no more than a few passes and no last digits.
    LevenbergMarquardt(
      loss: loss, options: LevenbergMarquardtOptions(maximumPolishSteps: 1))
  }

  private var bounds: [ParameterBounds] {
    [.unbounded, .unbounded, ParameterBounds(lower: 1e-3, upper: 20), .unbounded]
  }

  private func forEachFit(
    _ body: (AnnealingProblem, LeastSquaresReport, ScoreSeries) throws -> Void
  ) throws {
    var random = SplitMix64(seed: seed)
    var problem = AnnealingProblem(rows: rows)
    let losses = problem.trueLosses
    for _ in 0..<simulations {
      let noise = noise.values(rows, random: &random)
      problem.targets = losses.indices.map { losses[$0] + 0.01 * noise[$0] }
      let report = solver.minimize(problem, from: AnnealingProblem.truth, bounds: bounds)
      try body(
        problem, report, try ScoreSeries(problem, at: report.parameters, loss: loss))
    }
  }
}
