/// The state of one minimisation.
struct TrustRegionSearch {
  private var pass: FusedPass
  private let options: LevenbergMarquardtOptions
  private let constraints: Constraints
  private let loss: RobustLoss
  private var parameters: [Double]
  private var candidate: [Double]
  private var model: LinearModel
  private var trialModel: LinearModel
  private var trial: TrustRegionStep
  private var scale: [Double]
  private var radius = 0.0
  private var isFirst = true
  private var iterations = 0
  private var initialCost = Double.nan
  private var stepNorm = 0.0
  private var undampedSteps = StepSequence()
  /// By how much the last step, taken without a pass, lowers the cost.
  private var uncountedReduction = 0.0
  private var hasLimitedSteps = false
  private var termination = Termination.startNotFinite
  /// The share of the reweighting weights in H; 0 as long as Newton's weights do.
  private var mixing = 0.0
  /// Whether passes are preconditioned by the triangle of the last accepted model.
  private var isPreconditioned = false
  /// An undamped step that promises less than this times F starts the polish.
  private var polishThreshold: Double

  init(
    pass: FusedPass, options: LevenbergMarquardtOptions, constraints: Constraints,
    start: [Double], loss: RobustLoss
  ) {
    self.pass = pass
    self.options = options
    self.constraints = constraints
    self.loss = loss
    parameters = start
    candidate = start
    model = LinearModel(parameterCount: start.count)
    trialModel = model
    trial = TrustRegionStep(parameterCount: start.count)
    scale = [Double](repeating: 0, count: start.count)
    polishThreshold = options.polishThreshold
  }

  mutating func run() {
    linearizeAtParameters()
    initialCost = model.cost
    guard model.isFinite else { return }
    updateScale()
    let size = scaledNorm(parameters, scale)
    radius = options.initialRadiusFactor * (size > 0 ? size : 1)
    termination = .maximumIterations
    while iterations < options.maximumIterations {
      if gradientNorm <= options.gradientTolerance {
        termination = .gradient
        return
      }
      iterations += 1
      if let ending = iterate() {
        termination = ending
        return
      }
    }
  }

  /// Shrinks the radius until a step is accepted; returns why the search ends, if it does.
  private mutating func iterate() -> Termination? {
    var rejections = 0
    while rejections < 60 {
      trial.solve(
        model, scale: scale, radius: radius, parameters: parameters, constraints: constraints)
      if trial.needsBetterModel, improveModel() { continue }
      let tolerance = options.relativeStepTolerance * scaledNorm(parameters, scale)
      if trial.norm <= tolerance { return .step }
      // A step bent by bounds may go uphill in the model: it is rejected below, not the end.
      if !trial.isDamped, abs(trial.predictedReduction) <= polishThreshold * model.cost {
        if let ending = polish() { return ending }
        // The steps did not shrink: not the end yet. Go on by the cost, down to its rounding.
        undampedSteps.reset()
        if polishThreshold <= options.relativeCostTolerance { return .cost }
        polishThreshold = options.relativeCostTolerance
        return nil
      }
      if isFirst, widensRadius() { continue }
      isFirst = false
      moveCandidate(by: 1)
      let cost = linearizeCandidate()
      let actual = model.cost - cost
      let predicted = trial.predictedReduction
      let ratio = predicted > 0 ? actual / predicted : -1
      updateRadius(ratio: ratio, cost: cost)
      let rounding = options.relativeCostTolerance * model.cost
      let isWithinRounding = abs(actual) <= rounding && predicted <= rounding
      if ratio > 1e-4 && trialModel.isFinite {
        noteStep()
        accept()
        // A short radius makes for small reductions, which mean nothing.
        return model.cost == 0 || (isWithinRounding && !trial.isDamped) ? .cost : nil
      }
      if isWithinRounding { return .cost }
      rejections += 1
      if radius <= tolerance {
        if cost.isFinite { return .step }
        guard limitsRelativeSteps() else { return .stalled }
        rejections = 0
      }
    }
    return .stalled
  }

  /// When no radius led to a finite cost: whether D has been made so large that no step changes any
  /// parameter by more than a tenth, once a search.
  ///
  /// A parameter without influence on the present residuals goes any way, however short the radius.
  private mutating func limitsRelativeSteps() -> Bool {
    let size = scaledNorm(parameters, scale)
    guard !hasLimitedSteps, size > 0 else { return false }
    hasLimitedSteps = true
    for index in scale.indices where parameters[index] != 0 {
      scale[index] = max(scale[index], size / abs(parameters[index]))
    }
    radius = 0.1 * size
    return true
  }

  private mutating func noteStep() {
    if trial.isDamped {
      undampedSteps.reset()
    } else {
      _ = undampedSteps.append(trial.step, norm: trial.norm, scale: scale, mayLengthen: false)
    }
  }

  /// Before the first step: whether the radius was so small that no step could show in the cost, and
  /// has been made larger.
  private mutating func widensRadius() -> Bool {
    let rounding = options.relativeCostTolerance * model.cost
    guard trial.isDamped, trial.predictedReduction <= rounding, radius < 1e300 else {
      radius = min(radius, trial.norm)
      return false
    }
    radius *= 10
    return true
  }

  /// MINPACK's rule: a quarter and three quarters decide, shrinking by interpolation.
  private mutating func updateRadius(ratio: Double, cost: Double) {
    if !cost.isFinite {
      radius = 0.25 * min(radius, trial.norm)
    } else if ratio < 0.25 {
      let interpolated = 0.5 * trial.slope / (trial.slope + model.cost - cost)
      let factor = ratio >= 0 ? 0.5 : min(max(interpolated, 0.1), 0.5)
      radius = factor * min(radius, trial.norm * 10)
    } else if ratio > 0.75 || !trial.isDamped {
      radius = 2 * trial.norm
    }
  }

  /// Takes undamped steps, `trial` first, while they shrink and the cost stays.
  ///
  /// They find the last digits of the parameters. The result is nil when the steps stop shrinking
  /// well before rounding.
  ///
  /// When what is left after the next step is estimated below `polishTolerance`, that one is taken
  /// without another pass.
  private mutating func polish() -> Termination? {
    // D remembers columns of the past; what counts at the end are those of the present.
    for index in scale.indices {
      let norm = model.equations.squaredNorm(index).squareRoot()
      if norm > 0 { scale[index] = norm }
    }
    undampedSteps.measure(by: scale)
    solvePolishStep()
    for _ in 0..<options.maximumPolishSteps {
      let size = scaledNorm(parameters, scale)
      if trial.norm <= options.relativeStepTolerance * size { return .step }
      guard trial.norm < undampedSteps.lastNorm else {
        return trial.norm <= 1e-7 * size ? .cost : nil
      }
      let outlook = undampedSteps.append(
        trial.step, norm: trial.norm, scale: scale, mayLengthen: true)
      let factor = outlook.factor
      moveCandidate(by: factor)
      if outlook.left <= options.polishTolerance * size {
        swap(&parameters, &candidate)
        stepNorm = trial.norm
        uncountedReduction =
          factor * (factor * (trial.predictedReduction + trial.slope) - trial.slope)
        return .step
      }
      let cost = linearizeCandidate()
      guard cost <= model.cost * (1 + 1e-9), trialModel.isFinite else {
        return trial.norm <= 1e-7 * size ? .cost : nil
      }
      accept()
      solvePolishStep()
    }
    return .cost
  }

  private mutating func solvePolishStep() {
    trial.solve(
      model, scale: scale, radius: .greatestFiniteMagnitude, parameters: parameters,
      constraints: constraints)
    guard trial.needsBetterModel, improveModel() else { return }
    trial.solve(
      model, scale: scale, radius: .greatestFiniteMagnitude, parameters: parameters,
      constraints: constraints)
  }

  /// Makes the trial point the current one.
  private mutating func accept() {
    swap(&parameters, &candidate)
    swap(&model, &trialModel)
    stepNorm = trial.norm
    updateScale()
  }

  private mutating func moveCandidate(by factor: Double) {
    for index in parameters.indices {
      if constraints.isFixed[index] {
        candidate[index] = parameters[index]
      } else if trial.bound[index].isNaN {
        candidate[index] = constraints.bounds[index].clamp(
          parameters[index] + factor * trial.step[index])
      } else {
        // The sum could miss the bound by a rounding.
        candidate[index] = trial.bound[index]
      }
    }
  }

  private mutating func linearizeCandidate() -> Double {
    linearize(candidate)
    return trialModel.isFinite ? trialModel.cost : .infinity
  }

  private mutating func linearizeAtParameters() {
    linearize(parameters)
    swap(&model, &trialModel)
  }

  /// Computes `trialModel` at a point.
  private mutating func linearize(_ point: [Double]) {
    let triangle = isPreconditioned ? model.preconditioner() : nil
    pass.linearize(
      point, mixing: max(mixing, leastMixing), preconditioner: triangle,
      into: &trialModel.equations)
    if let triangle { trialModel.adopt(preconditioner: triangle) } else { trialModel.adopt() }
    guard loss != .leastSquares else { return }
    // Far from the data few residuals have curvature, and Newton's steps know next to nothing of the
    // others: reweighting it is, as long as the cost falls fast.
    let isScarce = trialModel.equations.curvatureSum < Double(10 * point.count)
    let share = isFirst ? 0 : trialModel.cost / model.cost
    if mixing == 0 && isScarce && share < 0.7 {
      mixing = 1
      linearize(point)
    } else if mixing > 0 && share >= 0.7 && share < 1.000_001 {
      // Newton's weights do from the next pass on.
      mixing = 0
    }
  }

  /// Turns to the next better kind of model at the current point; false when there is none.
  private mutating func improveModel() -> Bool {
    if loss != .leastSquares, mixing == 0, !isPreconditioned {
      mixing = 0.1
      pass.linearize(parameters, mixing: mixing, preconditioner: nil, into: &model.equations)
      model.adopt()
      return true
    }
    guard !isPreconditioned, let triangle = model.preconditioner() else { return false }
    isPreconditioned = true
    // Twice: the first triangle is only as good as H, the second as a QR factorisation.
    pass.linearize(
      parameters, mixing: max(mixing, leastMixing), preconditioner: triangle,
      into: &model.equations)
    model.adopt(preconditioner: triangle)
    linearizeAtParameters()
    return true
  }

  /// A triangle exists only where H is not negative.
  private var leastMixing: Double { isPreconditioned && !loss.isConvex ? 0.01 : 0 }

  private mutating func updateScale() {
    for index in scale.indices {
      scale[index] = max(scale[index], model.equations.squaredNorm(index).squareRoot())
      if scale[index] == 0 { scale[index] = 1 }
    }
  }

  private var gradientNorm: Double {
    let size = (2 * model.cost).squareRoot()
    guard size > 0 else { return 0 }
    var largest = 0.0
    for index in parameters.indices {
      let gradient = model.gradient[index]
      if constraints.holds(index, value: parameters[index], gradient: gradient) { continue }
      let norm = model.equations.squaredNorm(index).squareRoot()
      if norm > 0 { largest = max(largest, abs(gradient) / (norm * size)) }
    }
    return largest
  }

  func report() -> LeastSquaresReport {
    LeastSquaresReport(
      parameters: parameters, cost: max(model.cost - uncountedReduction, 0),
      initialCost: initialCost, termination: termination, iterations: iterations,
      evaluations: pass.passes,
      gradientNorm: termination == .startNotFinite ? .nan : gradientNorm, stepNorm: stepNorm,
      parametersAtBounds: parameters.indices.filter {
        !constraints.isFixed[$0]
          && (parameters[$0] <= constraints.bounds[$0].lower
            || parameters[$0] >= constraints.bounds[$0].upper)
      },
      fixedParameters: parameters.indices.filter { constraints.isFixed[$0] },
      curvature: Curvature(
        model: model, free: parameters.indices.filter { !constraints.isFixed[$0] }))
  }
}
