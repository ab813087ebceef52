/// Which parameters may move, and how far.
struct Constraints {
  let bounds: [ParameterBounds]
  let isFixed: [Bool]

  init(bounds: [ParameterBounds]?, fixed: Set<Int>, parameterCount: Int) {
    precondition(
      bounds.map { $0.count == parameterCount } ?? true, "bounds.count is not parameterCount")
    precondition(
      fixed.allSatisfy { $0 >= 0 && $0 < parameterCount }, "fixed holds no parameter's index")
    self.bounds = bounds ?? [ParameterBounds](repeating: .unbounded, count: parameterCount)
    isFixed = (0..<parameterCount).map { fixed.contains($0) }
  }

  /// The nearest parameters inside the bounds; fixed ones stay as they are.
  func clamp(_ parameters: [Double]) -> [Double] {
    parameters.indices.map { isFixed[$0] ? parameters[$0] : bounds[$0].clamp(parameters[$0]) }
  }

  /// Whether a parameter is fixed, or stands at a bound beyond which alone the cost falls.
  func holds(_ index: Int, value: Double, gradient: Double) -> Bool {
    isFixed[index] || bounds[index].holds(value, gradient: gradient)
  }
}
