import RealModule
import Statistics

/// The noise from row to row, from second differences of log losses.
///
/// A smooth curve has hardly any second difference, independent noise of standard deviation σ gives
/// one of √6·σ. Noise that goes on over several rows is seen in part only.
enum RowNoise {
  /// The robust standard deviation σ of the noise, relative to the loss; nil with fewer than three
  /// losses, or where one is not positive.
  static func standardDeviation(of losses: [Double]) -> Double? {
    guard losses.count >= 3, losses.allSatisfy({ $0 > 0 }) else { return nil }
    let logs = losses.map { Double.log($0) }
    let slopes = zip(logs.dropFirst(), logs).map { $0 - $1 }
    let differences = zip(slopes.dropFirst(), slopes).map { $0 - $1 }
    return RobustScale.standardDeviation(differences) / 6.0.squareRoot()
  }

  /// The mean size of such noise, √(2/π)·σ when it is normal.
  static func meanSize(of losses: [Double]) -> Double? {
    standardDeviation(of: losses).map { $0 * (2 / Double.pi).squareRoot() }
  }
}
