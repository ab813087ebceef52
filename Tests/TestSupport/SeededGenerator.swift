import Foundation
import LeastSquares

/// A repeatable random-number generator for property tests.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var base: SplitMix64

  /// Creates a generator; the same seed gives the same numbers.
  public init(seed: UInt64) {
    base = SplitMix64(seed: seed)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 { base.next() }
}

extension SeededGenerator {
  /// A standard normal value, by the method of Box and Muller.
  public mutating func normal() -> Double {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude...1, using: &self)))
      .squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0...1, using: &self))
  }
}
