import Foundation
import ScalingLaws
import Schedules
import TestSupport

/// Learning curves whose shape the rows show, and their equations written a second time.
enum LearningCurveSamples {
  /// Steps 10 to 10,000, evenly spread in the logarithm.
  static let positions = (0..<80).map { Int((10 * pow(1000, Double($0) / 79)).rounded()) }

  static func rows(_ positions: [Int] = positions) -> LawRows {
    LawRows(segments: [.init(positions: positions, path: nil)], warmup: .actual)
  }

  /// Parameters of a curve that falls by 1 to 6 nats between steps 10 and 10,000.
  static func parameters(
    of name: String, using random: inout SeededGenerator
  ) -> [Double] {
    func uniform(_ range: ClosedRange<Double>) -> Double {
      Double.random(in: range, using: &random)
    }
    func logUniform(_ range: ClosedRange<Double>) -> Double {
      exp(uniform(log(range.lowerBound)...log(range.upperBound)))
    }
    let shape: [Double]
    switch name {
    case "pow2": shape = [uniform(0.05...0.5)]
    case "pow4": shape = [uniform(0.3...0.9), logUniform(20...1000)]
    case "exp2", "exp3": shape = [logUniform(1e-4...3e-3)]
    case "weibull": shape = [logUniform(1e-3...1e-2), uniform(0.4...1.5)]
    case "mmf": shape = [logUniform(1e-3...1e-1), uniform(0.4...1.5)]
    case "log-power": shape = [uniform(3...7), uniform(0.2...1)]
    case "logistic": shape = [logUniform(1e-3...1e-2), logUniform(300...3000)]
    case "gompertz": shape = [logUniform(5e-4...5e-3), logUniform(1...50)]
    case "vapor-pressure": shape = [uniform(-5...20), uniform(0.05...0.5)]
    default: shape = []
    }
    if name == "log2" { return [uniform(9...11), uniform(0.2...0.8)] }
    let floor = hasFloor(name) ? [uniform(1.5...3)] : []
    let zero = hasFloor(name) ? [0.0] : []
    let unit = value(of: name, at: 10, zero + [1] + shape)
    return floor + [uniform(1...6) / unit] + shape
  }

  private static func hasFloor(_ name: String) -> Bool {
    !["pow2", "exp2", "log-power", "vapor-pressure"].contains(name)
  }

  /// The loss by the equation as its authors write it, mirrored; NaN for an unknown name.
  static func value(of name: String, at x: Double, _ p: [Double]) -> Double {
    switch name {
    case "pow2": p[0] * pow(x, -p[1])
    case "power-steps": p[0] + p[1] * pow(x, -p[2])
    // c + (a x + b)^(-α), with a = A^(-1/α) and b = a x0.
    case "pow4": p[0] + pow(pow(p[1], -1 / p[2]) * (x + p[3]), -p[2])
    case "log2": p[0] - p[1] * log(x)
    case "ilog2": p[0] + p[1] / log(1 + x)
    case "exp2": p[0] * exp(-p[1] * x)
    // e^(-a x + b).
    case "exp3": p[0] + exp(-p[2] * x + log(p[1]))
    // α - (α - β) e^(-(k x)^δ), with β the loss at step 0.
    case "weibull": p[0] - (p[0] - (p[0] + p[1])) * exp(-pow(p[2] * x, p[3]))
    case "mmf": p[0] - (p[0] - (p[0] + p[1])) / (1 + pow(p[2] * x, p[3]))
    case "log-power": p[0] / (1 + pow(x / exp(p[1]), p[2]))
    // The loss at the start less a/(1 + e^(-k(x - b))).
    case "logistic": (p[0] + p[1]) - p[1] / (1 + exp(-p[2] * (x - p[3])))
    // The loss at the start less a e^(-b e^(-c x)).
    case "gompertz": (p[0] + p[1]) - p[1] * exp(-p[3] * exp(-p[2] * x))
    // e^(a + b/x + c log x).
    case "vapor-pressure": exp(log(p[0]) + p[1] / x - p[2] * log(x))
    default: .nan
    }
  }
}
