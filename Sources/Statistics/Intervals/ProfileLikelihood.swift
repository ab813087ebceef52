public import LeastSquares

/// Profile-likelihood intervals of parameters fitted by `LevenbergMarquardt`.
///
/// A parameter is held at a value and the others are refitted; the interval ends where the cost has
/// risen by ΔF. Unlike ±t·SE it follows the curvature of the problem, keeps to bounds and shows when
/// the data do not limit a parameter on one side.
///
/// ```swift
/// let profile = ProfileLikelihood(solver: solver, bounds: bounds)
///   .profile(problem, of: 3, from: report, covariance: covariance, level: 0.95)
/// ```
///
/// The ends are sought on z = √(F - F̂), which is linear in the parameter when the cost is quadratic:
/// by secants, held between a value too near and one too far. Each refit starts from its neighbour
/// and takes two to four passes over the rows.
///
/// Source: Bates, Watts, "Nonlinear Regression Analysis and Its Applications", 1988, §6.1;
/// Venzon, Moolgavkar, Appl. Statist. 37 (1988).
public struct ProfileLikelihood: Sendable {
  /// The method that found the fit; its loss, weights and priors make the cost.
  public var solver: LevenbergMarquardt
  /// The bounds of the fit, one a parameter; nil means none.
  public var bounds: [ParameterBounds]?
  /// At most this many refits for each end; the default is 40.
  public var maximumPoints: Int
  /// An end is found when z is right to this relative accuracy, which is that of its distance from
  /// the estimate; the default is 1e-5.
  public var tolerance: Double

  /// Creates a method.
  public init(
    solver: LevenbergMarquardt = LevenbergMarquardt(), bounds: [ParameterBounds]? = nil,
    maximumPoints: Int = 40, tolerance: Double = 1e-5
  ) {
    self.solver = solver
    // A refit need not polish: an error of θ enters the cost by its square.
    self.solver.options.maximumPolishSteps = 1
    self.bounds = bounds
    self.maximumPoints = maximumPoints
    self.tolerance = tolerance
  }

  /// Finds the interval of a parameter that goes with a covariance.
  ///
  /// - Parameters:
  ///   - problem: the problem that was fitted.
  ///   - parameter: j, the parameter's index in θ.
  ///   - report: the fit; what was fixed in it stays fixed.
  ///   - covariance: of the fit, for ΔF: see ``ParameterCovariance/profileTarget(of:level:parameterCount:)``.
  ///   - level: between 0 and 1.
  /// - Returns: nil when the parameter is not free or its standard error is 0.
  public func profile(
    _ problem: some LeastSquaresProblem, of parameter: Int, from report: LeastSquaresReport,
    covariance: ParameterCovariance, level: Double
  ) -> ParameterProfile? {
    covariance.profileTarget(
      of: parameter, level: level, parameterCount: problem.parameterCount
    ).map { profile(problem, of: parameter, from: report, target: $0) }
  }

  /// Finds the interval in which the cost rises by less than a target.
  ///
  /// - Parameters:
  ///   - problem: the problem that was fitted.
  ///   - parameter: j, the parameter's index in θ.
  ///   - report: the fit; what was fixed in it stays fixed.
  ///   - target: ΔF and where to begin.
  /// - Returns: both ends, or why one was not found, and the curve between them.
  /// - Complexity: some ten refits, each of a few passes.
  public func profile(
    _ problem: some LeastSquaresProblem, of parameter: Int, from report: LeastSquaresReport,
    target: ProfileTarget
  ) -> ParameterProfile {
    precondition(
      report.parameters.indices.contains(parameter), "parameter is outside 0..<p")
    let refit = ProfileRefit(
      problem: problem, solver: solver, bounds: bounds,
      fixed: Set(report.fixedParameters).union([parameter]), parameter: parameter)
    let sides = [-1.0, 1.0].map { side in
      var search = ProfileSearch(
        refit: refit, report: report, target: target, side: side, tolerance: tolerance,
        maximumPoints: maximumPoints)
      let end = search.run()
      return (end: end, points: search.points, evaluations: search.evaluations)
    }
    let fit = ParameterProfile.Point(
      value: report.parameters[parameter], cost: report.cost, parameters: report.parameters)
    return ParameterProfile(
      parameter: parameter, estimate: fit.value, cost: report.cost, costRise: target.costRise,
      lower: sides[0].end, upper: sides[1].end,
      points: (sides[0].points + [fit] + sides[1].points).sorted { $0.value < $1.value },
      evaluations: sides[0].evaluations + sides[1].evaluations)
  }
}

/// A refit of all free parameters but one.
struct ProfileRefit<Problem: LeastSquaresProblem> {
  let problem: Problem
  let solver: LevenbergMarquardt
  let bounds: [ParameterBounds]?
  let fixed: Set<Int>
  let parameter: Int

  /// The bounds of the parameter held.
  var range: ParameterBounds { bounds?[parameter] ?? .unbounded }

  func callAsFunction(from start: [Double]) -> LeastSquaresReport {
    solver.minimize(problem, from: start, bounds: bounds, fixed: fixed)
  }
}
