import RealModule

/// An autoregressive model of residuals that come in order, run after run:
/// rₜ = φ₁rₜ₋₁ + … + φ_q rₜ₋q + eₜ.
///
/// Fitted by Burg's method, pooled over runs: neighbours of different runs are never paired, and the
/// model is stationary. Of order 1, φ is the autocorrelation of neighbours. The mean is not taken
/// out: a run that lies off its law as a whole is correlated with itself, and should count so.
/// Residuals beyond five robust standard deviations are pulled in to them.
///
/// Source: Burg, "Maximum entropy spectral analysis", 1975.
public struct Autoregression: Sendable, Hashable {
  /// How the order q is chosen.
  public enum Order: Sendable, Hashable {
    /// The order of least n·log σₑ² + 2q (Akaike, IEEE Trans. Automat. Contr. 19, 1974) up to
    /// 10·log₁₀ n; the search ends when ten further orders are no better.
    case automatic
    /// This order, or less when the runs are too short for it or less says everything.
    case fixed(Int)
  }

  /// φ₁…φ_q.
  public let coefficients: [Double]
  /// σₑ²/σᵣ²: which share of the residuals' variance is new with each row; in (0, 1].
  public let innovationShare: Double
  /// n, the number of residuals.
  public let rowCount: Int
  /// The number of runs that have rows.
  public let runCount: Int

  /// q.
  public var order: Int { coefficients.count }

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - residuals: r, n values, in the order of the steps.
  ///   - runs: the ranges of indices that belong to one run each.
  ///   - order: q, or how to find it.
  /// - Complexity: O(n q).
  public init(_ residuals: [Double], runs: [Range<Int>], order: Order = .automatic) {
    let limit = 5 * RobustScale.standardDeviation(residuals)
    var lattice = BurgLattice(residuals.map { min(max($0, -limit), limit) }, runs: runs)
    let size = Double(residuals.count)
    var (coefficients, share) = ([Double](), 1.0)
    switch order {
    case .fixed(let order):
      for _ in 0..<max(order, 0) {
        guard share > 1e-10, let reflection = lattice.reflect() else { break }
        coefficients = Autoregression.extend(coefficients, by: reflection)
        share *= 1 - reflection * reflection
      }
      self.coefficients = coefficients
      innovationShare = share
    case .automatic:
      let longest = min(Int(10 * Double.log10(max(size, 1))), residuals.count / 4)
      var best = (coefficients: coefficients, share: share, criterion: 0.0)
      while share > 1e-10, coefficients.count < min(longest, best.coefficients.count + 10),
        let reflection = lattice.reflect()
      {
        coefficients = Autoregression.extend(coefficients, by: reflection)
        share *= 1 - reflection * reflection
        let criterion = size * .log(share) + 2 * Double(coefficients.count)
        if criterion < best.criterion { best = (coefficients, share, criterion) }
      }
      self.coefficients = best.coefficients
      innovationShare = best.share
    }
    rowCount = residuals.count
    runCount = runs.count { !$0.isEmpty }
  }

  /// By how much autocorrelation inflates the variance of what is fitted to the rows:
  /// κ = (σₑ²/σᵣ²)/(1 - Σφ)², which is (1 + ρ)/(1 - ρ) for order 1.
  ///
  /// That is the residuals' spectral density at frequency 0 over its mean: exact for a mean, right
  /// for parameters whose derivatives change slowly along the rows, and too much for others when the
  /// autocorrelation is positive.
  ///
  /// Residuals of a fit are less correlated than the noise was: the fit follows its slow part. Of
  /// Σφ an order of 1 or more therefore loses ((1 + Σφ) f + 2 Σφ)/n for f parameters, which is put
  /// back before κ is computed; for a mean, f = 1, that is the correction of Kendall and of Marriott
  /// and Pope. κ is held between 1 and n over the number of runs: every run is worth at least one
  /// row.
  ///
  /// Source: Berk, Ann. Statist. 2 (1974); den Haan, Levin, NBER Technical Working Paper 197 (1996);
  /// Kendall, Biometrika 41 (1954); Marriott, Pope, Biometrika 41 (1954).
  ///
  /// - Parameter parameterCount: f, how many parameters were fitted to the rows.
  /// - Returns: κ ≥ 1.
  public func varianceInflation(parameterCount: Double = 0) -> Double {
    let most = max(Double(rowCount) / Double(max(runCount, 1)), 1)
    guard order > 0 else { return 1 }
    let rows = Double(rowCount)
    guard rows > parameterCount + 2 else { return most }
    let sum = coefficients.reduce(0, +)
    let corrected = (sum + parameterCount / rows) / (1 - (parameterCount + 2) / rows)
    guard corrected < 1 else { return most }
    let inflation = innovationShare / ((1 - corrected) * (1 - corrected))
    return min(max(inflation, 1), most)
  }

  /// The recursion of Levinson: the coefficients of order q + 1 from those of order q.
  private static func extend(_ coefficients: [Double], by reflection: Double) -> [Double] {
    zip(coefficients, coefficients.reversed()).map { $0 - reflection * $1 } + [reflection]
  }
}

/// The forward and backward prediction errors of Burg's recursion.
private struct BurgLattice {
  private var forward: [Double]
  private var backward: [Double]
  private let runs: [Range<Int>]
  private var order = 0

  init(_ residuals: [Double], runs: [Range<Int>]) {
    forward = residuals
    backward = residuals
    self.runs = runs
  }

  /// Raises the order by one; returns the reflection coefficient, nil when no run is long enough or
  /// nothing is left to predict.
  mutating func reflect() -> Double? {
    order += 1
    let (runs, order) = (runs, order)
    return forward.withUnsafeMutableBufferPointer { forward in
      backward.withUnsafeMutableBufferPointer { backward in
        var (products, squares) = (0.0, 0.0)
        for run in runs where run.count > order {
          for t in (run.lowerBound + order)..<run.upperBound {
            let f = forward[t]
            let b = backward[t - 1]
            products += f * b
            squares += f * f + b * b
          }
        }
        guard squares > 0 else { return nil }
        // Not quite 1, so that something new is left in each row.
        let reflection = min(max(2 * products / squares, -1 + 1e-12), 1 - 1e-12)
        for run in runs where run.count > order {
          var t = run.upperBound - 1
          while t >= run.lowerBound + order {
            let f = forward[t]
            let b = backward[t - 1]
            forward[t] = f - reflection * b
            backward[t] = b - reflection * f
            t -= 1
          }
        }
        return reflection
      }
    }
  }
}
