/// Minimises F(θ) = Σ ρ(rᵢ(θ)) inside bounds by a trust-region Levenberg-Marquardt method.
///
/// Every iteration is one pass over the rows that sums H, g and F at the trial point; steps solve
/// the damped normal equations by Cholesky factors (LAPACK), the damping chosen so that the step
/// fills the trust region; robust losses enter by Newton's weights. The scaling D is the running
/// maximum of the column norms. When columns are nearly dependent, passes are preconditioned and
/// steps come from a triangle R as accurate as that of a QR factorisation. The end is a polish by
/// undamped steps, accepted while they shrink: the cost alone resolves parameters only to half the
/// digits.
///
/// Source: Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978; bounds as an
/// active set in the manner of Kanzow, Yamashita, Fukushima, J. Comput. Appl. Math. 172 (2004).
public struct LevenbergMarquardt: Sendable {
  /// The loss of each residual.
  public var loss: RobustLoss
  /// How precise the residuals are.
  public var weights: ResidualWeights
  /// What is known of parameters beforehand.
  public var priors: [ParameterPrior]
  /// How the method starts and stops.
  public var options: LevenbergMarquardtOptions
  /// How many threads share the rows of a pass; the default is 1.
  ///
  /// The result does not depend on it. More than one pays from some hundred thousand rows on.
  public var threads: Int

  /// Creates a solver.
  public init(
    loss: RobustLoss = .leastSquares, weights: ResidualWeights = .equal,
    priors: [ParameterPrior] = [],
    options: LevenbergMarquardtOptions = LevenbergMarquardtOptions(), threads: Int = 1
  ) {
    self.loss = loss
    self.weights = weights
    self.priors = priors
    self.options = options
    self.threads = threads
  }

  /// Minimises from a start.
  ///
  /// - Parameters:
  ///   - problem: residuals and derivatives.
  ///   - start: θ to begin with, p values; put inside the bounds first.
  ///   - bounds: one a parameter; nil means none.
  ///   - fixed: the indices of parameters that keep their start.
  /// - Returns: the best parameters found and why the method ended.
  /// - Precondition: `start`, `bounds`, weights and priors fit the problem's shape.
  /// - Complexity: O(n p²) a pass; O(p²) memory beside the problem's own.
  public func minimize(
    _ problem: any LeastSquaresProblem, from start: [Double], bounds: [ParameterBounds]? = nil,
    fixed: Set<Int> = []
  ) -> LeastSquaresReport {
    precondition(start.count == problem.parameterCount, "start.count is not parameterCount")
    weights.check(rowCount: problem.residualCount)
    precondition(
      priors.allSatisfy { $0.parameter >= 0 && $0.parameter < start.count },
      "a prior's parameter is outside 0..<p")
    let constraints = Constraints(bounds: bounds, fixed: fixed, parameterCount: start.count)
    var search = TrustRegionSearch(
      pass: FusedPass(problem: problem, solver: self), options: options, constraints: constraints,
      start: constraints.clamp(start), loss: loss)
    search.run()
    return search.report()
  }
}
