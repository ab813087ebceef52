import LeastSquares

/// The residuals' scale, which says how much a law's priors weigh against the rows.
///
/// What a law misses is not independent noise: the rows of a run are off together. So the rows of
/// each run count, in all, as one observation of the residuals' scale s: with R runs of n rows in
/// all, a prior (mean, σ) enters the cost Σρ(r) as ½ s² (n/R) ((θ - mean)/σ)².
struct PriorScale {
  /// s: of log P - log L or of P - L.
  private(set) var scale: Double

  /// What a law that fits well leaves in log losses; the scale before anything is fitted.
  static let first = PriorScale(scale: 1.5e-3)
  /// Less is measured only in curves that are too smooth to be true.
  private static let least = 2e-4

  private init(scale: Double) {
    self.scale = scale
  }

  /// The scale of residuals at a first fit.
  init(residuals: [Double]) {
    scale = Self.measure(residuals)
  }

  /// Takes the scale of other residuals.
  ///
  /// - Returns: whether it differs by more than a hundredth, so that a fit must be done again.
  mutating func update(residuals: [Double]) -> Bool {
    let last = scale
    scale = Self.measure(residuals)
    return abs(scale - last) > 0.01 * last
  }

  /// The priors of a law's free coordinates in units of the cost, by their place among these.
  func priors(of law: any LossLaw, free: [Int], rows: Int, runs: Int) -> [ParameterPrior] {
    let weight = scale * (Double(rows) / Double(max(runs, 1))).squareRoot()
    let linearCount = law.linearCoordinates.count
    return free.enumerated().compactMap { place, coordinate in
      guard coordinate >= linearCount,
        let prior = law.nonlinearCoordinates[coordinate - linearCount].prior
      else { return nil }
      return ParameterPrior(
        parameter: place, mean: prior.mean,
        standardDeviation: prior.standardDeviation / weight)
    }
  }

  /// 1.4826 times the median size, which is the standard deviation of normal residuals.
  private static func measure(_ residuals: [Double]) -> Double {
    let sizes = residuals.map { abs($0) }.sorted()
    guard !sizes.isEmpty else { return least }
    let middle = sizes.count / 2
    let median = sizes.count % 2 == 1 ? sizes[middle] : 0.5 * (sizes[middle - 1] + sizes[middle])
    return max(1.4826 * median, least)
  }
}
