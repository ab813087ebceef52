import LeastSquares
public import LinearAlgebra

/// The circular block bootstrap of scores, one step: θ* - θ = -H⁻¹ · Σ of resampled scores.
///
/// Blocks of b neighbouring scores are drawn, each from anywhere in any run, the run's end joined to
/// its beginning, until there are as many scores as in the series. No fit is repeated: a replicate
/// costs O(m f/b). Resampling keeps the autocorrelation inside blocks only, so that intervals are too
/// short when the noise is remembered for long: prefer it for distributions, not for levels.
///
/// Source: Politis, Romano, "A circular block-resampling procedure for stationary data", 1992; one
/// step as in Davidson, MacKinnon, Econometric Reviews 18 (1999).
public struct BlockBootstrap: Sendable, Hashable {
  /// b, in rows; nil means Andrews' bandwidth of the scores for Bartlett's kernel, rounded up.
  ///
  /// To first order the variance of block-resampled sums is Bartlett's sum with bandwidth b (Künsch,
  /// Ann. Statist. 17, 1989), and for first-order autoregressions the best b of Politis, White,
  /// Econometric Reviews 23 (2004), is Andrews' bandwidth.
  public var blockLength: Int?
  /// How many resampled sums are drawn; the default is 999.
  public var replicates: Int
  /// The seed; the same seed gives the same replicates.
  public var seed: UInt64

  /// Creates a bootstrap.
  ///
  /// - Precondition: `replicates` > 0; `blockLength` > 0 where given.
  public init(blockLength: Int? = nil, replicates: Int = 999, seed: UInt64 = 1) {
    precondition(replicates > 0, "replicates must be positive")
    precondition(blockLength.map { $0 > 0 } ?? true, "blockLength must be positive")
    self.blockLength = blockLength
    self.replicates = replicates
    self.seed = seed
  }

  /// Resamples sums of the rows of a series around their mean.
  ///
  /// - Parameters:
  ///   - series: m × f.
  ///   - runs: the rows that belong to one run each.
  ///   - rowsPerScore: how many rows a row of the series is the sum of.
  /// - Returns: replicates × f.
  func sums(of series: Matrix, runs: [Range<Int>], rowsPerScore: Int) -> Matrix {
    let (rows, columns) = (series.rows, series.columns)
    let length =
      blockLength.map { max(($0 + rowsPerScore - 1) / rowsPerScore, 1) }
      ?? Int(BartlettBandwidth.andrews(series, runs: runs).rounded(.up))
    let runs = runs.filter { !$0.isEmpty }
    var runOf: [Int] = []
    for (index, run) in runs.enumerated() {
      runOf += [Int](repeating: index, count: run.count)
    }
    let before = sumsBefore(series)
    var random = SplitMix64(seed: seed)
    var sums = [Double](repeating: 0, count: replicates * columns)
    for replicate in 0..<replicates {
      let place = replicate * columns
      for j in 0..<columns { sums[place + j] = -before[rows * columns + j] }
      var missing = rows
      while missing > 0 {
        let start = Int.random(in: 0..<rows, using: &random)
        let run = runs[runOf[start]]
        let count = min(length, missing, run.count)
        // Beyond the run's end the block goes on at its beginning.
        let overhang = max(start + count - run.upperBound, 0)
        let end = start + count - overhang
        for j in 0..<columns {
          sums[place + j] +=
            before[end * columns + j] - before[start * columns + j]
            + before[(run.lowerBound + overhang) * columns + j]
            - before[run.lowerBound * columns + j]
        }
        missing -= count
      }
    }
    return Matrix(rows: columns, columns: replicates, columnMajor: sums).transposed()
  }

  /// The sums of the rows before each row and before the end, row after row.
  private func sumsBefore(_ series: Matrix) -> [Double] {
    let (rows, columns) = (series.rows, series.columns)
    var before = [Double](repeating: 0, count: (rows + 1) * columns)
    series.storage.withUnsafeBufferPointer { values in
      for row in 0..<rows {
        for j in 0..<columns {
          before[(row + 1) * columns + j] = before[row * columns + j] + values[row + j * rows]
        }
      }
    }
    return before
  }
}

extension BlockBootstrap {
  /// The deviations θ* - θ of resampled fits from the fit, times √(n/(n - f)).
  ///
  /// - Parameter series: the scores of the fit.
  /// - Returns: replicates × f, in the order of `series.freeParameters`.
  public func deviations(of series: ScoreSeries) -> Matrix {
    let sums = sums(
      of: series.orthonormalScores, runs: series.runs, rowsPerScore: series.rowsPerScore)
    let size = series.rowCount / (series.rowCount - Double(series.parameterCount))
    return -size.squareRoot() * (sums * series.influence.transposed())
  }
}
