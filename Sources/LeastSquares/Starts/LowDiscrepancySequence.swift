/// Points that fill the unit cube evenly: multiples of powers of a generalised golden ratio, modulo
/// 1, shifted by a seeded random vector.
///
/// With g the positive root of x^(d+1) = x + 1, point i has coordinates {uⱼ + i / gʲ}, j = 1…d.
///
/// Source: Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018; random shifts
/// as in Cranley and Patterson, SIAM J. Numer. Anal. 13 (1976).
public struct LowDiscrepancySequence: Sendable {
  private let increments: [Double]
  private let shifts: [Double]

  /// Creates a sequence of points of a dimension of at least 1.
  public init(dimension: Int, seed: UInt64) {
    precondition(dimension >= 1, "dimension is less than 1")
    var root = 1.5
    for _ in 0..<60 {
      // Newton's method on x^(d+1) - x - 1.
      var power = 1.0
      for _ in 0..<dimension { power *= root }
      root -= (power * root - root - 1) / (Double(dimension + 1) * power - 1)
    }
    var value = 1.0
    var increments: [Double] = []
    for _ in 0..<dimension {
      value /= root
      increments.append(value)
    }
    self.increments = increments
    var random = SplitMix64(seed: seed)
    shifts = increments.map { _ in Double.random(in: 0..<1, using: &random) }
  }

  /// Point `index`, each coordinate in [0, 1).
  public subscript(index: Int) -> [Double] {
    zip(shifts, increments).map { shift, increment in
      let sum = shift + Double(index) * increment
      return sum - sum.rounded(.down)
    }
  }
}
