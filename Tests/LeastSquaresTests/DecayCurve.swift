import Foundation
import LeastSquares
import TestSupport

/// A synthetic loss curve L0 + A·S1^-α - C·S2 with noise: S1 grows from 0.1 to 30, S2 is zero for
/// three fifths of the rows and then grows to 4.
struct DecayCurve: LeastSquaresProblem {
  /// L0, A, C, α.
  static let truth = [2.1, 0.8, 0.06, 0.45]

  let logArea: [Double]
  let annealing: [Double]
  private(set) var values: [Double]

  var parameterCount: Int { 4 }
  var residualCount: Int { values.count }

  init(count: Int = 2000, noise: Double, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let shares = (0..<count).map { Double($0) / Double(count - 1) }
    let logArea = shares.map { log(0.1 + 29.9 * $0) }
    let annealing = shares.map { 4 * pow(max(0, $0 - 0.6) / 0.4, 1.5) }
    values = (0..<count).map { row in
      Self.value(Self.truth, logArea[row], annealing[row]) + noise * random.normal()
    }
    self.logArea = logArea
    self.annealing = annealing
  }

  /// Adds up to 2 to every nth value.
  mutating func spoil(everyNth stride: Int, _ random: inout SeededGenerator) {
    for row in Swift.stride(from: 0, to: values.count, by: stride) {
      values[row] += Double.random(in: 0.5...2, using: &random)
    }
  }

  private static func value(_ p: [Double], _ logArea: Double, _ annealing: Double) -> Double {
    p[0] + p[1] * exp(-p[3] * logArea) - p[2] * annealing
  }

  func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    let (level, decay) = (block.derivatives(0), block.derivatives(1))
    let (drop, exponent) = (block.derivatives(2), block.derivatives(3))
    for (offset, row) in block.rows.enumerated() {
      let power = exp(-parameters[3] * logArea[row])
      level[offset] = 1
      decay[offset] = power
      drop[offset] = -annealing[row]
      exponent[offset] = -parameters[1] * logArea[row] * power
      block.residuals[offset] =
        parameters[0] + parameters[1] * power - parameters[2] * annealing[row] - values[row]
    }
  }
}
