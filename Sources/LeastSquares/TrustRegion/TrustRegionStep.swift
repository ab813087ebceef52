import LinearAlgebra

/// One step inside a scaled trust region and inside bounds, with the working space to compute it.
struct TrustRegionStep {
  /// s, p values; zero for parameters that are held, and up to the bound for those that reach one.
  private(set) var step: [Double]
  /// The bound that a component of the step ends on; NaN where it ends on none.
  private(set) var bound: [Double]
  /// ‖D s‖.
  private(set) var norm = 0.0
  /// -gᵀs - ½ sᵀHs, the reduction of the cost that the model promises.
  private(set) var predictedReduction = 0.0
  /// gᵀs, the slope of the cost along the step.
  private(set) var slope = 0.0
  /// Whether the radius limited the step.
  private(set) var isDamped = false
  /// Whether H alone was too poor a matrix: not positive definite, or its scaled factor's diagonal
  /// spans more than `conditionLimit`.
  private(set) var needsBetterModel = false

  private var free: [Int] = []
  private var isFree: [Bool]
  private var damped: DampedSystem

  /// Above this condition number of the scaled Jacobian, passes are preconditioned.
  static let conditionLimit = 1e6

  init(parameterCount: Int) {
    step = [Double](repeating: 0, count: parameterCount)
    bound = [Double](repeating: .nan, count: parameterCount)
    isFree = [Bool](repeating: true, count: parameterCount)
    damped = DampedSystem(maximumOrder: parameterCount)
    free.reserveCapacity(parameterCount)
  }

  /// Minimises gᵀs + ½ sᵀHs subject to ‖D s‖ ≤ radius and lower ≤ θ + s ≤ upper.
  ///
  /// A parameter at a bound whose gradient points outwards stays; one that the step carries across
  /// a bound is put on it and the others are solved for again. Where that promises little, because
  /// several parameters that belong together were put on bounds at once, the step ends at the first
  /// bound in its way instead.
  ///
  /// Source: projected active sets as in Kanzow, Yamashita, Fukushima, J. Comput. Appl. Math. 172
  /// (2004).
  mutating func solve(
    _ model: LinearModel, scale: [Double], radius: Double, parameters: [Double],
    constraints: Constraints
  ) {
    needsBetterModel = false
    reset(model, parameters: parameters, constraints: constraints)
    var reachesBound = false
    for _ in 0...parameters.count {
      solveFree(model, scale: scale, radius: radius)
      var hasCrossed = false
      for j in free {
        let clamped = constraints.bounds[j].clamp(parameters[j] + step[j])
        if clamped != parameters[j] + step[j] {
          step[j] = clamped - parameters[j]
          bound[j] = clamped
          isFree[j] = false
          hasCrossed = true
        }
      }
      if !hasCrossed { break }
      reachesBound = true
    }
    measure(model, scale: scale)
    guard reachesBound else { return }
    let projected = self
    truncate(model, scale: scale, radius: radius, parameters: parameters, constraints: constraints)
    if predictedReduction <= 2 * max(projected.predictedReduction, 0) { self = projected }
  }

  /// The step of the free parameters as far as the first bound; a parameter that is on it stays.
  private mutating func truncate(
    _ model: LinearModel, scale: [Double], radius: Double, parameters: [Double],
    constraints: Constraints
  ) {
    reset(model, parameters: parameters, constraints: constraints)
    for _ in 0...parameters.count {
      solveFree(model, scale: scale, radius: radius)
      var (share, first) = (1.0, -1)
      for j in free {
        let target = parameters[j] + step[j]
        let clamped = constraints.bounds[j].clamp(target)
        if clamped != target, (clamped - parameters[j]) / step[j] < share {
          (share, first) = ((clamped - parameters[j]) / step[j], j)
        }
      }
      if first < 0 { break }
      guard share > 0 else {
        step[first] = 0
        isFree[first] = false
        continue
      }
      bound[first] = constraints.bounds[first].clamp(parameters[first] + step[first])
      for j in free { step[j] *= share }
      isDamped = true
      break
    }
    measure(model, scale: scale)
  }

  private mutating func reset(
    _ model: LinearModel, parameters: [Double], constraints: Constraints
  ) {
    for j in parameters.indices {
      isFree[j] = !constraints.holds(j, value: parameters[j], gradient: model.gradient[j])
      step[j] = 0
      bound[j] = .nan
    }
    isDamped = false
  }

  private mutating func measure(_ model: LinearModel, scale: [Double]) {
    norm = scaledNorm(step, scale)
    slope = 0
    for j in step.indices { slope += model.gradient[j] * step[j] }
    predictedReduction = -slope - 0.5 * model.quadraticForm(step)
  }

  /// Solves for the free components, the others of `step` kept.
  private mutating func solveFree(_ model: LinearModel, scale: [Double], radius: Double) {
    free.removeAll(keepingCapacity: true)
    for j in isFree.indices where isFree[j] { free.append(j) }
    guard !free.isEmpty else { return }
    if model.triangle != nil {
      let solution = TriangularSystem(model: model, scale: scale, step: step, free: free)
        .solve(radius: radius)
      for (a, j) in free.enumerated() { step[j] = solution.values[a] / scale[j] }
      isDamped = solution.damping > 0
      return
    }
    damped.set(order: free.count) { a, b in
      model.equations.curvature(free[a], free[b]) / (scale[free[a]] * scale[free[b]])
    } rightSide: { a in
      var gradient = model.gradient[free[a]]
      for k in isFree.indices where !isFree[k] && step[k] != 0 {
        gradient += model.equations.curvature(free[a], k) * step[k]
      }
      return -gradient / scale[free[a]]
    }
    damped.solve(radius: radius)
    for (a, j) in free.enumerated() { step[j] = damped.solution[a] / scale[j] }
    isDamped = damped.damping > 0
    needsBetterModel =
      needsBetterModel || !damped.isPositive || damped.diagonalRatio * Self.conditionLimit < 1
  }
}

/// ‖D s‖.
func scaledNorm(_ values: [Double], _ scale: [Double]) -> Double {
  var sum = 0.0
  for index in values.indices {
    let product = values[index] * scale[index]
    sum += product * product
  }
  return sum.squareRoot()
}
