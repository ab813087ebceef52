public import LinearAlgebra
import RealModule

/// The bandwidth S of Bartlett's kernel, in rows: lag k counts with 1 - |k|/S, lags from S on do not.
public enum BartlettBandwidth: Sendable, Hashable {
  /// S = L + 1 with the fixed lag L = ⌊4 (n/100)^(2/9)⌋ of textbooks.
  case textbook
  /// S = 1.1447 (α̂ n)^(1/3), with α̂ from a first-order autoregression of each column of scores; its
  /// coefficients are held within ±0.97.
  ///
  /// Source: Andrews, Econometrica 59 (1991), Eq. 6.2 and 6.4, all columns with weight 1.
  case andrews
  /// S = L + 1 with this lag L.
  case lags(Int)

  /// S for a series.
  ///
  /// - Parameters:
  ///   - series: m × f.
  ///   - runs: the rows of the series that belong to one run each.
  ///   - rowsPerScore: how many rows a row of the series is the sum of.
  ///   - rowCount: n, how many rows there are in all.
  /// - Returns: S in rows of the series, at least 1.
  func value(
    _ series: Matrix, runs: [Range<Int>], rowsPerScore: Int, rowCount: Double
  ) -> Double {
    switch self {
    case .textbook:
      let lag = (4 * Double.pow(rowCount / 100, 2.0 / 9)).rounded(.down)
      return max((lag + 1) / Double(rowsPerScore), 1)
    case .lags(let lag): return max(Double(lag + 1) / Double(rowsPerScore), 1)
    case .andrews: return BartlettBandwidth.andrews(series, runs: runs)
    }
  }

  /// Andrews' automatic bandwidth of a series.
  ///
  /// - Parameters:
  ///   - series: m × f, in order.
  ///   - runs: the rows that belong to one run each; rows of different runs are not paired.
  /// - Returns: S, at least 1.
  public static func andrews(_ series: Matrix, runs: [Range<Int>]) -> Double {
    let rows = Double(runs.reduce(0) { $0 + $1.count })
    var (numerator, denominator) = (0.0, 0.0)
    series.storage.withUnsafeBufferPointer { values in
      for column in 0..<series.columns {
        let start = column * series.rows
        var (products, lagged, squares) = (0.0, 0.0, 0.0)
        for run in runs where !run.isEmpty {
          for row in (run.lowerBound + 1)..<run.upperBound {
            let (now, before) = (values[start + row], values[start + row - 1])
            products += now * before
            lagged += before * before
            squares += now * now
          }
        }
        guard lagged > 0 else { continue }
        let rho = min(max(products / lagged, -0.97), 0.97)
        // Σ(zₜ - ρzₜ₋₁)²; the number of pairs cancels.
        let variance = max(squares - 2 * rho * products + rho * rho * lagged, 0)
        let rest = (1 - rho) * (1 - rho)
        let weight = variance * variance / (rest * rest)
        numerator += weight * 4 * rho * rho / (rest * (1 + rho) * (1 + rho))
        denominator += weight
      }
    }
    guard denominator > 0 else { return 1 }
    return max(1.1447 * Double.pow(numerator / denominator * rows, 1.0 / 3), 1)
  }
}
