import LinearAlgebra

/// One step inside a scaled trust region and inside bounds.
struct TrustRegionStep {
  /// s, p values; zero for parameters held at a bound, and up to the bound for those that reach one.
  var step: [Double]
  /// ‖D s‖.
  var norm: Double
  /// -gᵀs - ½ sᵀHs, the reduction of the cost that the model promises.
  var predictedReduction: Double
  /// gᵀs, the slope of the cost along the step.
  var slope: Double
  /// Whether the radius limited the step.
  var isDamped: Bool

  /// Minimises gᵀs + ½ sᵀHs subject to ‖D s‖ ≤ radius and lower ≤ θ + s ≤ upper.
  ///
  /// A parameter at a bound whose gradient points outwards stays; one that the step carries across
  /// a bound is put on it and the others are solved for again.
  init(
    equations: NormalEquations, scale: [Double], radius: Double, parameters: [Double],
    bounds: [ParameterBounds]
  ) {
    let count = parameters.count
    var isFree = (0..<count).map {
      !TrustRegionStep.isHeld(
        parameters[$0], gradient: equations.gradient[$0], bounds: bounds[$0])
    }
    step = [Double](repeating: 0, count: count)
    norm = 0
    predictedReduction = 0
    slope = 0
    isDamped = false
    for _ in 0...count {
      let damped = solve(equations: equations, scale: scale, radius: radius, isFree: isFree)
      isDamped = damped
      var hasCrossed = false
      for index in 0..<count where isFree[index] {
        let target = parameters[index] + step[index]
        let clamped = bounds[index].clamp(target)
        if clamped != target {
          step[index] = clamped - parameters[index]
          isFree[index] = false
          hasCrossed = true
        }
      }
      if !hasCrossed { break }
    }
    norm = scaledNorm(step, scale)
    for j in 0..<count {
      var product = 0.0
      for k in 0..<count { product += equations.curvature[j, k] * step[k] }
      slope += equations.gradient[j] * step[j]
      predictedReduction -= step[j] * (equations.gradient[j] + 0.5 * product)
    }
  }

  /// Whether a parameter stands at a bound and the cost falls only beyond it.
  static func isHeld(_ value: Double, gradient: Double, bounds: ParameterBounds) -> Bool {
    (value <= bounds.lower && gradient > 0) || (value >= bounds.upper && gradient < 0)
  }

  /// Solves for the free components, the others of `step` kept; returns whether damping was needed.
  private mutating func solve(
    equations: NormalEquations, scale: [Double], radius: Double, isFree: [Bool]
  ) -> Bool {
    let free = isFree.indices.filter { isFree[$0] }
    guard !free.isEmpty else { return false }
    var matrix = Matrix(rows: free.count, columns: free.count)
    var rightSide = [Double](repeating: 0, count: free.count)
    for (a, j) in free.enumerated() {
      var gradient = equations.gradient[j]
      for k in isFree.indices where !isFree[k] { gradient += equations.curvature[j, k] * step[k] }
      rightSide[a] = -gradient / scale[j]
      for (b, k) in free.enumerated() {
        matrix[a, b] = equations.curvature[j, k] / (scale[j] * scale[k])
      }
    }
    let solution = DampedSystem(matrix: matrix, rightSide: rightSide).solve(radius: radius)
    for (a, j) in free.enumerated() { step[j] = solution.values[a] / scale[j] }
    return solution.damping > 0
  }
}

/// ‖D s‖.
func scaledNorm(_ values: [Double], _ scale: [Double]) -> Double {
  var sum = 0.0
  for (value, factor) in zip(values, scale) { sum += (value * factor) * (value * factor) }
  return sum.squareRoot()
}

/// (G + μI) x = b with μ ≥ 0 chosen so that ‖x‖ ≤ radius, within a tenth when μ > 0.
///
/// Source: Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978, §5.
private struct DampedSystem {
  let matrix: Matrix
  let rightSide: [Double]

  func solve(radius: Double) -> (values: [Double], damping: Double) {
    let size = euclideanNorm(rightSide)
    guard size > 0 else { return (rightSide, 0) }
    var lower = 0.0
    var upper = size / radius
    if let factor = factor(damping: 0) {
      let values = factor.solve(rightSide)
      let norm = euclideanNorm(values)
      if norm.isFinite && norm <= 1.1 * radius { return (values, 0) }
      lower = newtonIncrement(factor, values, norm: norm, radius: radius)
      if !(lower.isFinite && lower < upper) { lower = 0 }
    }
    var damping = lower > 0 ? lower : 1e-3 * upper
    var best = rightSide.map { $0 / (upper + 1) }
    for _ in 0..<20 {
      guard let factor = factor(damping: damping) else {
        lower = damping
        damping = max(10 * damping, 1e-3 * upper)
        continue
      }
      let values = factor.solve(rightSide)
      let norm = euclideanNorm(values)
      best = values
      if abs(norm - radius) <= 0.1 * radius { break }
      if norm > radius { lower = max(lower, damping) } else { upper = min(upper, damping) }
      let increment = newtonIncrement(factor, values, norm: norm, radius: radius)
      damping = max(damping + increment, lower)
      if !(damping <= upper) { damping = 0.5 * (lower + upper) }
      if !(damping > 0) { damping = 1e-3 * upper }
    }
    return (best, damping)
  }

  private func factor(damping: Double) -> CholeskyFactor? {
    var shifted = matrix
    for index in 0..<matrix.rows { shifted[index, index] += damping }
    return try? CholeskyFactor(shifted)
  }

  /// Newton's correction of μ for 1/radius - 1/‖x(μ)‖ = 0.
  private func newtonIncrement(
    _ factor: CholeskyFactor, _ values: [Double], norm: Double, radius: Double
  ) -> Double {
    let inner = euclideanNorm(factor.solveLower(values.map { $0 / norm }))
    return (norm - radius) / (radius * inner * inner)
  }
}

private func euclideanNorm(_ values: [Double]) -> Double {
  var sum = 0.0
  for value in values { sum += value * value }
  return sum.squareRoot()
}
