internal import RealModule

/// The place in a loss curve where it leaves its power law downwards: where a learning rate that had
/// stayed began to fall, or fell.
///
/// While the rate stays, the loss is steady: a + b t^-c describes some rows of it, and the rows
/// behind them. The fit is repeated along the curve; the rows behind it that lie far below are where
/// the rate came down. A step and the beginning of a decay look alike at first, and so do a change of
/// the data and a larger batch. A cosine has no such place.
public struct LossOnset: Sendable, Hashable {
  /// The first row below the power law.
  public let step: Double
  /// The last row that it took to see it.
  public let seenAt: Double
  /// How far the rows lie below the law, on average, in standard deviations of the rows before.
  public let deviations: Double

  /// As many rows as the law is fitted to.
  static let fittedRows = 47
  /// As many rows as are compared with it.
  static let comparedRows = 8
  /// The mean deviation that counts.
  static let threshold = 8.0
  /// A row so far below belongs to the fall.
  private static let belowLaw = 3.0
  /// The part of the run that is early training and follows no law.
  private static let earlyPart = 0.03
  /// More rows are averaged to about so many.
  private static let mostRows = 600

  /// The first such place; nil when there is none, or too few rows to tell.
  ///
  /// - Parameters:
  ///   - steps: the rows' steps, ascending.
  ///   - losses: the rows' losses; rows with NaN are passed over.
  /// - Returns: the place, or nil.
  public static func first(steps: [Double], losses: [Double]) -> LossOnset? {
    let rows = averaged(steps: steps, losses: losses)
    guard let last = rows.steps.last, last.isFinite else { return nil }
    var start = rows.steps.firstIndex { $0 > earlyPart * last && $0 > 0 } ?? rows.steps.count
    while start + fittedRows + comparedRows <= rows.steps.count {
      let window = start..<start + fittedRows
      let fit = TrailingPowerLaw(steps: rows.steps[window], losses: rows.losses[window])
      if let onset = fit.flatMap({ onset(behind: $0, from: window.upperBound, rows) }) {
        return onset
      }
      start += 1
    }
    return nil
  }

  private static func onset(
    behind fit: TrailingPowerLaw, from first: Int, _ rows: (steps: [Double], losses: [Double])
  ) -> LossOnset? {
    let compared = first..<first + comparedRows
    let deviations = compared.map {
      (rows.losses[$0] - fit.loss(at: rows.steps[$0])) / fit.deviation
    }
    let mean = deviations.reduce(0, +) / Double(comparedRows)
    guard mean < -threshold else { return nil }
    let above = deviations.lastIndex { $0 > -belowLaw } ?? -1
    guard above + 1 < comparedRows else { return nil }
    return LossOnset(
      step: rows.steps[first + above + 1], seenAt: rows.steps[compared.upperBound - 1],
      deviations: mean)
  }

  /// Rows with a loss, neighbours averaged where there are many.
  private static func averaged(
    steps: [Double], losses: [Double]
  ) -> (steps: [Double], losses: [Double]) {
    let rows = zip(steps, losses).filter { $0.0.isFinite && $0.1.isFinite }
    let size = max(1, rows.count / mostRows)
    var result: (steps: [Double], losses: [Double]) = ([], [])
    for first in stride(from: 0, through: rows.count - size, by: size) {
      let part = rows[first..<first + size]
      result.steps.append(part.reduce(0) { $0 + $1.0 } / Double(size))
      result.losses.append(part.reduce(0) { $0 + $1.1 } / Double(size))
    }
    return result
  }
}

/// a + b t^-c through some rows, c from a grid.
struct TrailingPowerLaw {
  private let offset: Double
  private let scale: Double
  private let exponent: Double
  private let lastStep: Double
  /// The standard deviation of the rows about it.
  let deviation: Double

  private static let exponents = (1...20).map { 0.05 * Double($0) } + [1.25, 1.5, 2]

  /// Fits rows by least squares; nil when they have no scatter or no two steps.
  init?(steps: ArraySlice<Double>, losses: ArraySlice<Double>) {
    guard let last = steps.last, steps.count > 3, last > 0 else { return nil }
    var best: (squares: Double, offset: Double, scale: Double, exponent: Double)?
    let count = Double(steps.count)
    for exponent in Self.exponents {
      let powers = steps.map { Double.pow($0 / last, -exponent) }
      let meanPower = powers.reduce(0, +) / count
      let meanLoss = losses.reduce(0, +) / count
      var (variance, covariance) = (0.0, 0.0)
      for (power, loss) in zip(powers, losses) {
        variance += (power - meanPower) * (power - meanPower)
        covariance += (power - meanPower) * (loss - meanLoss)
      }
      guard variance > 0 else { continue }
      let scale = covariance / variance
      let offset = meanLoss - scale * meanPower
      let squares = zip(powers, losses).reduce(0) {
        let residual = $1.1 - offset - scale * $1.0
        return $0 + residual * residual
      }
      if squares < best?.squares ?? .infinity { best = (squares, offset, scale, exponent) }
    }
    guard let best, best.squares > 0 else { return nil }
    (offset, scale, exponent, lastStep) = (best.offset, best.scale, best.exponent, last)
    deviation = (best.squares / (count - 3)).squareRoot()
  }

  /// The law's loss at a step above 0.
  func loss(at step: Double) -> Double {
    offset + scale * .pow(step / lastStep, -exponent)
  }
}
