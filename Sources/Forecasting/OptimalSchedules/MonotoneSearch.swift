/// Minimises a smooth function of values that do not rise, by spectral projected gradients.
///
/// Source: Birgin, Martínez, Raydan, "Nonmonotone spectral projected gradient methods on convex
/// sets", SIAM J. Optim. 10 (2000), algorithm SPG2.
struct MonotoneSearch {
  /// Where a search ended.
  struct Outcome: Sendable {
    /// The best point.
    var point: [Double]
    /// The function there.
    var value: Double
    /// How far below the value the minimum can lie, if the function is convex: the largest first-order
    /// decrease over all sequences allowed.
    var gap: Double
  }

  /// The least value allowed; the largest is 1.
  let lower: Double
  /// The most steps.
  var iterationLimit = 1500
  /// The gap at which a search ends.
  var tolerance = 1e-6
  /// Over how many values the line search looks back.
  private let memory = 10

  init(lower: Double) {
    self.lower = lower
  }

  /// Minimises a function from a sequence that is allowed.
  ///
  /// - Parameters:
  ///   - start: where to begin.
  ///   - evaluate: writes the gradient and returns the value.
  /// - Returns: the best point found; its value is not finite when the start's is not.
  func minimize(
    from start: [Double], _ evaluate: ([Double], inout [Double]) -> Double
  ) -> Outcome {
    var projection = MonotoneProjection(count: start.count)
    var (point, gradient) = (start, start)
    var value = evaluate(point, &gradient)
    var best = Outcome(point: point, value: value, gap: gap(point, gradient))
    guard value.isFinite, gradient.allSatisfy(\.isFinite) else { return best }
    var recent = [Double](repeating: value, count: memory)
    var (trial, trialGradient, direction) = (start, start, start)
    var step = 1 / max(gradient.reduce(0) { max($0, abs($1)) }, 1e-300)
    for iteration in 1...max(iterationLimit, 1) {
      guard gap(point, gradient) > tolerance else { break }
      for index in point.indices { direction[index] = point[index] - step * gradient[index] }
      projection.project(&direction, lower: lower, upper: 1)
      var slope = 0.0
      for index in point.indices {
        direction[index] -= point[index]
        slope += gradient[index] * direction[index]
      }
      guard slope < 0, let ceiling = recent.max() else { break }
      var length = 1.0
      var next = Double.infinity
      while length > 1e-10 {
        for index in point.indices { trial[index] = point[index] + length * direction[index] }
        next = evaluate(trial, &trialGradient)
        if next <= ceiling + 1e-4 * length * slope { break }
        length *= 0.5
      }
      guard next.isFinite, trialGradient.allSatisfy(\.isFinite) else { break }
      var (squares, product) = (0.0, 0.0)
      for index in point.indices {
        let move = trial[index] - point[index]
        squares += move * move
        product += move * (trialGradient[index] - gradient[index])
      }
      step = product > 0 ? min(max(squares / product, 1e-10), 1e10) : 1e3
      swap(&point, &trial)
      swap(&gradient, &trialGradient)
      value = next
      recent[iteration % memory] = value
      if value < best.value {
        best.value = value
        best.gap = gap(point, gradient)
        for index in point.indices { best.point[index] = point[index] }
      }
    }
    return best
  }

  /// The largest decrease of g·x: sequences that do not rise are mixtures of ones that are 1 up to an
  /// index and `lower` from it on.
  private func gap(_ point: [Double], _ gradient: [Double]) -> Double {
    var (here, sum, least) = (0.0, 0.0, 0.0)
    for index in point.indices {
      here += gradient[index] * (point[index] - lower)
      sum += gradient[index]
      least = min(least, sum)
    }
    return here - (1 - lower) * least
  }
}
