import LeastSquares
import RealModule

/// A kind of noise with a standard deviation of 1.
public enum SimulatedNoise: Sendable, Hashable {
  /// First-order autoregressive with coefficient φ.
  case autoregressive(Double)
  /// Half of the variance white, half first-order autoregressive with coefficient φ: what the scatter
  /// of batches and a slow drift make.
  case mixed(Double)

  /// A short name for tables.
  public var name: String {
    switch self {
    case .autoregressive(let phi): "φ = \(phi)"
    case .mixed(let phi): "white + φ = \(phi)"
    }
  }

  /// Values of stationary noise.
  func values(_ count: Int, random: inout SplitMix64) -> [Double] {
    switch self {
    case .autoregressive(let phi): return series(phi, count, random: &random)
    case .mixed(let phi):
      let slow = series(phi, count, random: &random)
      let white = series(0, count, random: &random)
      return zip(slow, white).map { 0.5.squareRoot() * ($0 + $1) }
    }
  }

  private func series(_ phi: Double, _ count: Int, random: inout SplitMix64) -> [Double] {
    let scale = (1 - phi * phi).squareRoot()
    var last = normal(&random)
    return (0..<count).map { _ in
      defer { last = phi * last + scale * normal(&random) }
      return last
    }
  }
}

/// A standard normal value, by the method of Box and Muller.
private func normal(_ random: inout SplitMix64) -> Double {
  let unit = (Double(random.next() >> 11) + 0.5) / 9_007_199_254_740_992
  let angle = Double(random.next() >> 11) / 9_007_199_254_740_992
  return (-2 * .log(unit)).squareRoot() * .cos(2 * .pi * angle)
}
