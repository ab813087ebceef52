import LinearAlgebra

/// (G + μI) x = b with μ ≥ 0 chosen so that ‖x‖ ≤ radius, within a tenth when μ > 0, by Cholesky
/// factors in storage that is kept.
///
/// Source: Moré, "The Levenberg-Marquardt algorithm: implementation and theory", 1978, §5.
struct DampedSystem {
  /// x; the first `order` values.
  private(set) var solution: [Double]
  /// μ.
  private(set) var damping = 0.0
  /// Whether G itself is positive definite.
  private(set) var isPositive = true
  /// The smallest over the largest diagonal element of G's Cholesky factor.
  private(set) var diagonalRatio = 1.0

  private var order = 0
  private var matrix: [Double]
  private var rightSide: [Double]
  private var inner: [Double]
  private var cholesky: CholeskyWorkspace

  init(maximumOrder: Int) {
    solution = [Double](repeating: 0, count: maximumOrder)
    rightSide = solution
    inner = solution
    matrix = [Double](repeating: 0, count: maximumOrder * maximumOrder)
    cholesky = CholeskyWorkspace(maximumOrder: maximumOrder)
  }

  /// Sets G and b.
  mutating func set(
    order: Int, matrix element: (Int, Int) -> Double, rightSide value: (Int) -> Double
  ) {
    self.order = order
    for b in 0..<order {
      for a in b..<order { matrix[a + b * order] = element(a, b) }
      rightSide[b] = value(b)
    }
  }

  mutating func solve(radius: Double) {
    damping = 0
    let size = norm(rightSide)
    for index in 0..<order { solution[index] = rightSide[index] }
    isPositive = true
    diagonalRatio = 1
    guard size > 0 else { return }
    var lower = 0.0
    var upper = size / radius
    isPositive = factor()
    if isPositive {
      diagonalRatio = cholesky.diagonalRatio
      cholesky.solve(&solution)
      let length = norm(solution)
      if length.isFinite && length <= 1.1 * radius { return }
      lower = newtonIncrement(length: length, radius: radius)
      if !(lower.isFinite && lower < upper) { lower = 0 }
    }
    damping = lower > 0 ? lower : 1e-3 * upper
    for index in 0..<order { solution[index] = rightSide[index] / (upper + 1) }
    for _ in 0..<20 {
      guard factor() else {
        lower = damping
        damping = max(10 * damping, 1e-3 * upper)
        continue
      }
      for index in 0..<order { solution[index] = rightSide[index] }
      cholesky.solve(&solution)
      let length = norm(solution)
      if abs(length - radius) <= 0.1 * radius { break }
      if length > radius { lower = max(lower, damping) } else { upper = min(upper, damping) }
      damping = max(damping + newtonIncrement(length: length, radius: radius), lower)
      if !(damping <= upper) { damping = 0.5 * (lower + upper) }
      if !(damping > 0) { damping = 1e-3 * upper }
    }
  }

  private mutating func factor() -> Bool {
    let count = order * order
    let matrix = matrix
    return cholesky.factor(order: order, shift: damping) { target in
      for index in 0..<count { target[index] = matrix[index] }
    }
  }

  /// Newton's correction of μ for 1/radius - 1/‖x(μ)‖ = 0.
  private mutating func newtonIncrement(length: Double, radius: Double) -> Double {
    for index in 0..<order { inner[index] = solution[index] / length }
    cholesky.solveLower(&inner)
    let slope = norm(inner)
    return (length - radius) / (radius * slope * slope)
  }

  private func norm(_ values: [Double]) -> Double {
    var sum = 0.0
    for index in 0..<order { sum += values[index] * values[index] }
    return sum.squareRoot()
  }
}
