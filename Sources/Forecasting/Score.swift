/// How a forecast did against observed losses.
public struct Score: Sendable, Hashable, Codable {
  /// The last row compared.
  public struct Final: Sendable, Hashable, Codable {
    /// Updates done.
    public var step: Double
    /// The observed loss.
    public var actual: Double
    /// The predicted loss.
    public var predicted: Double
    /// The lower end of its interval.
    public var lower: Double
    /// The upper end of its interval.
    public var upper: Double
    /// (P - L)/L, with its sign.
    public var relativeError: Double
  }

  /// The run's name.
  public var run: String
  /// Rows compared.
  public var points: Int
  /// The errors and the intervals' coverage.
  public var metrics: FitMetrics
  /// The last row compared.
  public var final: Final
  /// The predicted curve; nil unless asked for.
  public var curve: PredictedCurve?
  /// What was found in the log; nil when nothing was.
  public var cleaning: [CleaningFinding]?

  /// Compares a forecast with observed losses.
  ///
  /// - Parameters:
  ///   - run: the run's name.
  ///   - curve: the forecast; at least one point.
  ///   - losses: observed, one a point of the curve.
  ///   - level: of the curve's intervals.
  public init(run: String, curve: PredictedCurve, losses: [Double], level: Double) {
    precondition(curve.steps.count == losses.count && !losses.isEmpty, "nothing to compare")
    let last = losses.count - 1
    self.run = run
    points = losses.count
    metrics = FitMetrics(curve: curve, losses: losses, level: level)
    final = Final(
      step: curve.steps[last], actual: losses[last], predicted: curve.predicted[last],
      lower: curve.lower[last], upper: curve.upper[last],
      relativeError: (curve.predicted[last] - losses[last]) / losses[last])
  }
}

extension FitMetrics {
  /// Compares a curve with observed losses; both have the same number of points, at least one.
  public init(curve: PredictedCurve, losses: [Double], level: Double) {
    let count = Double(losses.count)
    let mean = losses.reduce(0, +) / count
    var total = 0.0
    var (squares, absolute, signed, relative, worst) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var inside = 0
    for (index, loss) in losses.enumerated() {
      let error = curve.predicted[index] - loss
      total += (loss - mean) * (loss - mean)
      squares += error * error
      absolute += abs(error)
      signed += error
      relative += abs(error / loss)
      worst = max(worst, abs(error / loss))
      if curve.lower[index] <= loss && loss <= curve.upper[index] { inside += 1 }
    }
    self.init(
      r2: total > 0 ? 1 - squares / total : nil, mae: absolute / count,
      rmse: (squares / count).squareRoot(), meanRelativeError: relative / count,
      worstRelativeError: worst, bias: signed / count,
      coverage: Coverage(level: level, fraction: Double(inside) / count))
  }
}
