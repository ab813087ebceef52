/// A problem from a function of the parameters and a row, for models of which nothing better is
/// known: derivatives are central differences unless a gradient is given.
///
/// ```swift
/// let decay = FunctionProblem(parameterCount: 2, residualCount: times.count) { p, row in
///   p[0] * exp(-p[1] * times[row]) - values[row]
/// }
/// let report = LevenbergMarquardt().minimize(decay, from: [1, 0.1])
/// ```
public struct FunctionProblem: LeastSquaresProblem {
  /// r(θ) of a row.
  public typealias Residual = @Sendable (_ parameters: [Double], _ row: Int) -> Double
  /// ∂r/∂θⱼ of a row, written to p values.
  public typealias Gradient =
    @Sendable (_ parameters: [Double], _ row: Int, _ result: inout [Double]) -> Void

  /// p.
  public let parameterCount: Int
  /// n.
  public let residualCount: Int
  private let residual: Residual
  private let gradient: Gradient?
  /// Below which size steps no longer shrink with the parameters: a thousandth of the first θ
  /// prepared, 1 where that is zero.
  private var leastSizes: [Double] = []

  /// Creates a problem.
  ///
  /// - Parameters:
  ///   - parameterCount: p.
  ///   - residualCount: n.
  ///   - gradient: the derivatives; nil means central differences, which cost 2p more residuals and
  ///     leave about ten correct digits in each derivative.
  ///   - residual: the residuals.
  public init(
    parameterCount: Int, residualCount: Int, gradient: Gradient? = nil,
    residual: @escaping Residual
  ) {
    self.parameterCount = parameterCount
    self.residualCount = residualCount
    self.residual = residual
    self.gradient = gradient
  }

  /// Remembers the sizes of the first parameters, by which steps near zero are chosen.
  public mutating func prepare(_ parameters: [Double], wantsDerivatives: Bool) {
    guard leastSizes.isEmpty else { return }
    leastSizes = parameters.map { $0 == 0 ? 1 : 1e-3 * abs($0) }
  }

  /// Calls the functions for every row of the block.
  public func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    for (offset, row) in block.rows.enumerated() {
      block.residuals[offset] = residual(parameters, row)
    }
    guard block.wantsDerivatives else { return }
    guard let gradient else {
      difference(parameters, into: block)
      return
    }
    var slopes = [Double](repeating: 0, count: parameterCount)
    for (offset, row) in block.rows.enumerated() {
      gradient(parameters, row, &slopes)
      for j in slopes.indices { block.derivatives(j)[offset] = slopes[j] }
    }
  }

  /// (r(θ + h) - r(θ - h)) / 2h with h = ∛ε · max(|θⱼ|, leastSizeⱼ).
  private func difference(_ parameters: [Double], into block: ResidualBlock) {
    var moved = parameters
    for j in parameters.indices {
      let column = block.derivatives(j)
      let size = 6.055_454_452_393_343e-6 * max(abs(parameters[j]), leastSizes[j])
      let above = parameters[j] + size
      let below = parameters[j] - size
      for (offset, row) in block.rows.enumerated() {
        moved[j] = above
        let upper = residual(moved, row)
        moved[j] = below
        column[offset] = (upper - residual(moved, row)) / (above - below)
      }
      moved[j] = parameters[j]
    }
  }
}
