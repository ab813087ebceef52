import LinearAlgebra

/// Minimises F(θ) = Σ ρ(rᵢ(θ)) inside bounds by a trust-region Levenberg-Marquardt method.
///
/// Steps solve the damped normal equations by Cholesky factors (LAPACK), the damping chosen so that
/// the step fills the trust region; robust losses enter by Newton's weights. The scaling D is the
/// running maximum of the column norms. The end is a polish by undamped steps, accepted while they
/// shrink: the cost alone resolves parameters only to half the digits.
///
/// Source: Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978; bounds as an
/// active set in the manner of Kanzow, Yamashita, Fukushima, J. Comput. Appl. Math. 172 (2004).
public struct LevenbergMarquardt: Sendable {
  /// How the method stops.
  public var options: LevenbergMarquardtOptions
  /// The loss of each residual.
  public var loss: RobustLoss

  /// Creates a solver.
  public init(
    loss: RobustLoss = .leastSquares,
    options: LevenbergMarquardtOptions = LevenbergMarquardtOptions()
  ) {
    self.loss = loss
    self.options = options
  }

  /// Minimises from a start.
  ///
  /// - Parameters:
  ///   - problem: residuals and Jacobian.
  ///   - start: θ to begin with, p values; put inside the bounds first.
  ///   - bounds: one a parameter; nil means none.
  /// - Returns: the best parameters found and why the method ended.
  public func minimize<Problem: LeastSquaresProblem>(
    _ problem: inout Problem, from start: [Double], bounds: [ParameterBounds]? = nil
  ) -> LeastSquaresReport {
    precondition(start.count == problem.parameterCount, "start.count is not parameterCount")
    let bounds = bounds ?? start.map { _ in .unbounded }
    precondition(bounds.count == start.count, "bounds.count is not parameterCount")
    var search = Search(
      solver: self, bounds: bounds, start: zip(start, bounds).map { $1.clamp($0) },
      residualCount: problem.residualCount)
    search.run(&problem)
    return search.report()
  }
}

/// The state of one minimisation.
private struct Search {
  let solver: LevenbergMarquardt
  let bounds: [ParameterBounds]
  var parameters: [Double]
  var residuals: [Double]
  var jacobian: Matrix
  var trialResiduals: [Double]
  var equations: NormalEquations
  var scale: [Double]
  var radius = 0.0
  var iterations = 0
  var evaluations = 0
  var initialCost = Double.nan
  var stepNorm = 0.0
  var termination = Termination.startNotFinite

  init(
    solver: LevenbergMarquardt, bounds: [ParameterBounds], start: [Double], residualCount: Int
  ) {
    self.solver = solver
    self.bounds = bounds
    parameters = start
    residuals = [Double](repeating: 0, count: residualCount)
    trialResiduals = residuals
    jacobian = Matrix(rows: residualCount, columns: start.count)
    equations = NormalEquations(
      residuals: [], jacobian: Matrix(rows: 0, columns: start.count),
      loss: solver.loss)
    scale = [Double](repeating: 0, count: start.count)
  }

  mutating func run<Problem: LeastSquaresProblem>(_ problem: inout Problem) {
    linearize(&problem)
    initialCost = equations.cost
    guard equations.isFinite else { return }
    updateScale()
    let size = scaledNorm(parameters, scale)
    radius = solver.options.initialRadiusFactor * (size > 0 ? size : 1)
    termination = .maximumIterations
    while iterations < solver.options.maximumIterations {
      if gradientNorm <= solver.options.gradientTolerance {
        termination = .gradient
        break
      }
      iterations += 1
      if let ending = iterate(&problem) {
        termination = ending
        break
      }
    }
    if termination.isSuccess { polish(&problem) }
  }

  /// Shrinks the radius until a step is accepted; returns why the search ends, if it does.
  private mutating func iterate<Problem: LeastSquaresProblem>(
    _ problem: inout Problem
  ) -> Termination? {
    let options = solver.options
    for _ in 0..<60 {
      let trial = TrustRegionStep(
        equations: equations, scale: scale, radius: radius, parameters: parameters, bounds: bounds)
      let tolerance = options.relativeStepTolerance * scaledNorm(parameters, scale)
      if trial.norm <= tolerance { return .step }
      let candidate = moved(by: trial.step)
      let cost = self.cost(of: candidate, &problem)
      let actual = equations.cost - cost
      let predicted = trial.predictedReduction
      let ratio = predicted > 0 ? actual / predicted : -1
      updateRadius(ratio: ratio, cost: cost, trial: trial)
      let isFlat =
        abs(actual) <= options.relativeCostTolerance * equations.cost
        && predicted <= options.relativeCostTolerance * equations.cost
      if ratio > 1e-4 && cost.isFinite {
        parameters = candidate
        stepNorm = trial.norm
        linearize(&problem)
        updateScale()
        return isFlat ? .cost : nil
      }
      if isFlat { return .cost }
      if radius <= tolerance { return cost.isFinite ? .step : .stalled }
    }
    return .stalled
  }

  /// MINPACK's rule: a quarter and three quarters decide, shrinking by interpolation.
  private mutating func updateRadius(ratio: Double, cost: Double, trial: TrustRegionStep) {
    if !cost.isFinite {
      radius = 0.25 * min(radius, trial.norm)
    } else if ratio < 0.25 {
      let interpolated = 0.5 * trial.slope / (trial.slope + equations.cost - cost)
      let factor = ratio >= 0 ? 0.5 : min(max(interpolated, 0.1), 0.5)
      radius = factor * min(radius, trial.norm * 10)
    } else if ratio > 0.75 || !trial.isDamped {
      radius = max(radius, 2 * trial.norm)
    }
  }

  /// Undamped steps while they shrink and the cost stays: the last digits of the parameters.
  private mutating func polish<Problem: LeastSquaresProblem>(_ problem: inout Problem) {
    var last = Double.infinity
    for _ in 0..<8 {
      let trial = TrustRegionStep(
        equations: equations, scale: scale, radius: .greatestFiniteMagnitude,
        parameters: parameters, bounds: bounds)
      guard trial.norm > 0, trial.norm < last else { return }
      let candidate = moved(by: trial.step)
      let cost = self.cost(of: candidate, &problem)
      guard cost <= equations.cost * (1 + 1e-9) else { return }
      last = trial.norm
      parameters = candidate
      stepNorm = trial.norm
      linearize(&problem)
    }
  }

  private func moved(by step: [Double]) -> [Double] {
    parameters.indices.map { bounds[$0].clamp(parameters[$0] + step[$0]) }
  }

  private mutating func cost<Problem: LeastSquaresProblem>(
    of candidate: [Double], _ problem: inout Problem
  ) -> Double {
    problem.evaluate(candidate, residuals: &trialResiduals)
    evaluations += 1
    var sum = 0.0
    for residual in trialResiduals { sum += solver.loss.value(residual) }
    return sum.isNaN ? .infinity : sum
  }

  private mutating func linearize<Problem: LeastSquaresProblem>(_ problem: inout Problem) {
    problem.linearize(parameters, residuals: &residuals, jacobian: &jacobian)
    evaluations += 1
    equations = NormalEquations(residuals: residuals, jacobian: jacobian, loss: solver.loss)
  }

  private mutating func updateScale() {
    for index in scale.indices {
      scale[index] = max(scale[index], equations.squaredNorms[index].squareRoot())
      if scale[index] == 0 { scale[index] = 1 }
    }
  }

  private var gradientNorm: Double {
    let size = (2 * equations.cost).squareRoot()
    guard size > 0 else { return 0 }
    var largest = 0.0
    for index in parameters.indices where !isHeld(index) {
      largest = max(largest, abs(equations.gradient[index]) / (scale[index] * size))
    }
    return largest
  }

  private func isHeld(_ index: Int) -> Bool {
    TrustRegionStep.isHeld(
      parameters[index], gradient: equations.gradient[index], bounds: bounds[index])
  }

  func report() -> LeastSquaresReport {
    LeastSquaresReport(
      parameters: parameters, cost: equations.cost, initialCost: initialCost,
      termination: termination, iterations: iterations, evaluations: evaluations,
      gradientNorm: termination == .startNotFinite ? .nan : gradientNorm, stepNorm: stepNorm,
      parametersAtBounds: parameters.indices.filter {
        parameters[$0] <= bounds[$0].lower || parameters[$0] >= bounds[$0].upper
      },
      residuals: residuals, jacobian: jacobian)
  }
}
