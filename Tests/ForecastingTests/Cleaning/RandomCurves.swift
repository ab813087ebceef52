import Foundation
import TestSupport

/// Random loss curves: a power law, noise, and a drop of the learning rate in some.
struct RandomCurve {
  let steps: [Double]
  var losses: [Double]
  /// Standard deviation of the log loss from row to row.
  let noise: Double

  /// A curve of `rows` rows with AR(1) noise of that correlation; rare large values with `tails`.
  init(
    rows: Int, correlation: Double = 0, tails: Bool = false, using random: inout SeededGenerator
  ) {
    let spacing = Double([1, 5, 50].randomElement(using: &random) ?? 1)
    steps = (1...rows).map { Double($0) * spacing }
    let floor = Double.random(in: 0.5...3, using: &random)
    let height = Double.random(in: 1...8, using: &random)
    let exponent = Double.random(in: 0.2...0.6, using: &random)
    let noise = exp(Double.random(in: log(1e-3)...log(0.05), using: &random))
    let onset = Double.random(in: 0.3...0.9, using: &random) * Double(rows)
    let fall = Bool.random(using: &random) ? Double.random(in: 0.01...0.1, using: &random) : 0
    var drift = random.normal()
    losses = (0..<rows).map { row in
      let fresh = (1 - correlation * correlation).squareRoot() * random.normal()
      drift = correlation * drift + fresh
      let tail = tails ? abs(random.normal()) + 0.3 : 1
      let decay = 1 - fall * max(0, Double(row) - onset) / (Double(rows) - onset)
      return (floor + height * pow(Double(row + 1), -exponent)) * decay * exp(noise * drift * tail)
    }
    self.noise = noise
  }
}
