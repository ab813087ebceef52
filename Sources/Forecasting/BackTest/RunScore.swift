/// How a forecast of one run did, in relative errors.
///
/// With L observed and P predicted, both averaged over bins of consecutive rows first, the error of a
/// bin is P/L - 1. Rows that do not fill a bin join the last one. Intervals are judged row by row.
public struct RunScore: Sendable, Hashable, Codable {
  /// The run's name.
  public var run: String
  /// Rows compared.
  public var rows: Int
  /// Mean size of the bins' errors.
  public var meanError: Double
  /// Size of the largest error of a bin.
  public var worstError: Double
  /// The last bin's error, with its sign; that of the last row when bins have one row.
  public var finalError: Double
  /// The share of rows inside their intervals.
  public var inside: Double
  /// Mean width of the intervals, in units of P.
  public var width: Double
  /// The mean error that the noise of the rows alone gives a perfect forecast; nil with fewer than
  /// three bins, or where a loss is not positive.
  public var noise: Double?

  /// Compares a forecast with observed losses.
  ///
  /// - Parameters:
  ///   - run: the run's name.
  ///   - curve: the forecast; at least one point.
  ///   - losses: observed, nats, one a point of the curve.
  ///   - binRows: rows of a bin, at least 1.
  public init(run: String, curve: PredictedCurve, losses: [Double], binRows: Int = 1) {
    precondition(curve.steps.count == losses.count && !losses.isEmpty, "nothing to compare")
    precondition(binRows >= 1, "binRows is less than 1")
    let observed = losses.binned(by: binRows)
    let errors = zip(curve.predicted.binned(by: binRows), observed).map { $0 / $1 - 1 }
    let count = Double(losses.count)
    self.run = run
    rows = losses.count
    meanError = errors.reduce(0) { $0 + abs($1) } / Double(errors.count)
    worstError = errors.map(abs).max() ?? 0
    finalError = errors[errors.count - 1]
    let hits = losses.indices.count {
      curve.lower[$0] <= losses[$0] && losses[$0] <= curve.upper[$0]
    }
    inside = Double(hits) / count
    width =
      losses.indices.reduce(0) { sum, row in
        sum + (curve.upper[row] - curve.lower[row]) / curve.predicted[row]
      } / count
    noise = RowNoise.meanSize(of: observed)
  }
}

extension [Double] {
  /// Means of consecutive values, `size` at a time; the last mean takes the values left over.
  func binned(by size: Int) -> [Double] {
    guard size > 1, !isEmpty else { return self }
    let bins = Swift.max(count / size, 1)
    return (0..<bins).map { bin in
      let values = self[(bin * size)..<(bin == bins - 1 ? count : (bin + 1) * size)]
      return values.reduce(0, +) / Double(values.count)
    }
  }
}
