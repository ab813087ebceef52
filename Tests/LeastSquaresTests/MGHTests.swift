import Foundation
import LeastSquares
import TestSupport
import Testing

/// The problems of Moré, Garbow and Hillstrom from the standard start and from 10 and 100 times it.
///
/// A start at the origin is replaced by a vector of tens or hundreds, as in MINPACK's test drivers.
@Suite struct MGHTests {
  /// Starts from which a local method ends elsewhere, and Σ r² there; MINPACK's `lmder` ends at the
  /// same values (SciPy 1.17 `leastsq`, all tolerances 1e-15).
  static let elsewhere: [Far: Double] = [
    // b1 → -∞.
    Far(5, 10): 0.452009, Far(5, 100): 0.452009, Far(6, 10): 259.580,
    // b2 → ∞.
    Far(12, 10): 0.0755887, Far(12, 100): 0.0755887, Far(18, 100): 0.306366,
    // The peaks stand outside the data.
    Far(19, 10): 1.78981, Far(19, 100): 1.78981,
  ]

  /// Starts that nothing is expected of.
  static let hopeless: Set<Far> = [
    // exp(-b2) and with it every trace of b2 is below rounding.
    Far(3, 10), Far(3, 100),
    // Squares of residuals overflow.
    Far(6, 100),
    // All residuals are constant around the start.
    Far(11, 100),
    // Poles lie in between, and behind each another local minimum.
    Far(15, 10),
    // Polynomials of degree 7 to 10, far outside of [0, 1].
    Far(35, 10), Far(35, 100),
  ]

  /// A problem and the distance of its start.
  struct Far: Hashable {
    let number: Int
    let factor: Double

    init(_ number: Int, _ factor: Double) {
      self.number = number
      self.factor = factor
    }
  }

  @Test(arguments: [1.0, 10, 100])
  func publishedMinima(factor: Double) throws {
    for problem in try MGHProblem.all() {
      let key = Far(problem.number, factor)
      guard !Self.hopeless.contains(key) else { continue }
      let isAtOrigin = problem.start.allSatisfy { $0 == 0 }
      let start = problem.start.map { isAtOrigin && factor > 1 ? factor : factor * $0 }
      let report = LevenbergMarquardt().minimize(problem.problem, from: start)
      let name = "\(problem.number) \(problem.name), start × \(factor)"
      #expect(report.termination.isSuccess, "\(name)")
      let minima = Self.elsewhere[key].map { [$0] } ?? problem.minima
      let sum = 2 * report.cost
      let isPublished = minima.contains { isMinimum(sum, published: $0, digits: problem.digits) }
      #expect(isPublished, "\(name): \(sum), not \(minima)")
      #expect(!report.parameters.contains { !$0.isFinite }, "\(name)")
    }
  }

  @Test func minimizers() throws {
    for problem in try MGHProblem.all() {
      guard let minimizer = problem.minimizer else { continue }
      let sum = problem.problem.residuals(at: minimizer).reduce(0) { $0 + $1 * $1 }
      let isPublished = isMinimum(sum, published: problem.minima[0], digits: problem.digits)
      #expect(isPublished, "\(problem.name): \(sum)")
    }
  }

  @Test func jacobians() throws {
    for problem in try MGHProblem.all() {
      #expect(problem.problem.jacobianError(at: problem.start) < 1e-6, "\(problem.name)")
    }
  }

  /// Zero, or the published value within a unit of its last digit.
  private func isMinimum(_ sum: Double, published: Double, digits: Int) -> Bool {
    guard published > 0 else { return sum < 1e-20 }
    return abs(sum - published) <= pow(10, floor(log10(published)) - Double(digits - 1))
  }
}
