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
  /// a bound is put on it and the others are solved for again.
  ///
  /// Source: projected active sets as in Kanzow, Yamashita, Fukushima, J. Comput. Appl. Math. 172
  /// (2004).
  mutating func solve(
    _ model: LinearModel, scale: [Double], radius: Double, parameters: [Double],
    constraints: Constraints
  ) {
    let count = parameters.count
    for j in 0..<count {
      isFree[j] = !constraints.holds(j, value: parameters[j], gradient: model.gradient[j])
      step[j] = 0
      bound[j] = .nan
    }
    isDamped = false
    needsBetterModel = false
    for _ in 0...count {
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
    }
    norm = scaledNorm(step, scale)
    slope = 0
    for j in 0..<count { slope += model.gradient[j] * step[j] }
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
