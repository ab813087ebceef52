import LeastSquares

/// How much a law's priors weigh against the rows.
///
/// Residuals are noise from row to row, of scale w, and what the law misses, of scale s, which is not
/// independent: the rows of a run are off together. So noise counts row by row, and what is missed as
/// half an observation a run: with R runs of n rows in all, a prior (mean, σ) enters the cost Σρ(r) as
/// ½ v ((θ - mean)/σ)² with v = (w² + s² n/(½R)) · mean ρ″. Logging the same runs more often does not
/// change what priors weigh against what the law misses; the mean of ρ″ is what a robust loss leaves
/// of a row's weight.
///
/// w is measured on differences of neighbouring rows, s on means over fortieths of each run, less the
/// noise that is left in them.
struct PriorScale: Equatable {
  /// w: of log P - log L or of P - L.
  private(set) var noise: Double
  /// s, likewise.
  private(set) var misfit: Double
  /// The mean of ρ″ over the residuals: what is left of a row's weight in a robust loss.
  private(set) var curvature: Double

  /// What a law that fits well leaves in log losses; the scale before anything is fitted.
  static let first = PriorScale(noise: 0, misfit: 1.5e-3, curvature: 1)
  /// A law that misses less is only lucky.
  private static let leastMisfit = 2e-4
  /// Keeps priors in force where a loss is flat at nearly all rows.
  private static let leastCurvature = 1e-3
  /// How many observations of what the law misses a run counts for.
  private static let observations = 0.5
  /// Into how many stretches the rows of a run are cut, where there are as many.
  private static let stretches = 40

  private init(noise: Double, misfit: Double, curvature: Double) {
    self.noise = noise
    self.misfit = misfit
    self.curvature = curvature
  }

  /// Measures residuals.
  ///
  /// - Parameters:
  ///   - residuals: one a row.
  ///   - runs: the number of rows of each run; their sum is the number of residuals.
  ///   - loss: ρ.
  init(residuals: [Double], runs: [Int], loss: RobustLoss) {
    var differences: [Double] = []
    var means: [Double] = []
    var start = 0
    for count in runs {
      let run = residuals[start..<(start + count)]
      differences += zip(run.dropFirst(), run).map { ($0 - $1) / 2.0.squareRoot() }
      let stretches = min(count, Self.stretches)
      for index in 0..<stretches {
        let rows = run[
          (start + count * index / stretches)..<(start + count * (index + 1) / stretches)]
        means.append(rows.reduce(0, +) / Double(rows.count))
      }
      start += count
    }
    noise = Self.scale(differences)
    let length = Double(max(residuals.count, 1)) / Double(max(means.count, 1))
    let excess = Self.scale(means) * Self.scale(means) - noise * noise / length
    misfit = max(max(excess, 0).squareRoot(), Self.leastMisfit)
    let curvatures = residuals.reduce(0) { $0 + loss.curvature($1) }
    curvature = max(curvatures / Double(max(residuals.count, 1)), Self.leastCurvature)
  }

  /// v: the square of what a prior's distance counts in the cost.
  func variance(rows: Int, runs: Int) -> Double {
    let rowsPerObservation = Double(rows) / (Self.observations * Double(max(runs, 1)))
    return curvature * (noise * noise + misfit * misfit * rowsPerObservation)
  }

  /// Whether the residuals were finite.
  var isFinite: Bool { noise.isFinite && misfit.isFinite && curvature.isFinite }

  /// Whether v differs by less than a fiftieth from that of another scale.
  func isClose(to other: PriorScale, rows: Int, runs: Int) -> Bool {
    let (mine, its) = (variance(rows: rows, runs: runs), other.variance(rows: rows, runs: runs))
    return abs(mine - its) <= 0.02 * its
  }

  /// The priors of a law's free coordinates in units of the cost, by their place among these.
  func priors(of law: any LossLaw, free: [Int], rows: Int, runs: Int) -> [ParameterPrior] {
    let weight = variance(rows: rows, runs: runs).squareRoot()
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

  /// 1.4826 times the median size, which is the standard deviation of normal values; 0 of none.
  private static func scale(_ values: [Double]) -> Double {
    let sizes = values.map { abs($0) }.sorted()
    guard !sizes.isEmpty else { return 0 }
    let middle = sizes.count / 2
    let median = sizes.count % 2 == 1 ? sizes[middle] : 0.5 * (sizes[middle - 1] + sizes[middle])
    return 1.4826 * median
  }
}
