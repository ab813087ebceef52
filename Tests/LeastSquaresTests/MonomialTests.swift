import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// Polynomials in the basis 1, t, t², …, whose columns are nearly dependent: the fit has at least
/// the digits of a Householder QR factorisation, far more than the normal equations leave.
///
/// Expected values: rational arithmetic, `Tests/Reference/monomials.py`.
@Suite struct MonomialTests {
  struct Polynomial: Sendable, CustomTestStringConvertible {
    let coefficients: [Double]
    let intervals: Int
    let cost: Double
    let conditionNumber: Double

    var testDescription: String { "degree \(coefficients.count - 1)" }

    var problem: LinearProblem {
      var matrix = Matrix(rows: intervals + 1, columns: coefficients.count, repeating: 1)
      for row in 0...intervals {
        for j in coefficients.indices.dropFirst() {
          matrix[row, j] = matrix[row, j - 1] * Double(row) / Double(intervals)
        }
      }
      let numerators = (0...intervals).map { i in (7 * i * i + 3 * i) % 61 }
      return LinearProblem(matrix: matrix, target: numerators.map { Double($0) / 64 })
    }
  }

  static let polynomials = [
    Polynomial(
      coefficients: [
        -0.03436290518027096, 26.934031827027905, -644.8828241879851, 6213.643214129563,
        -29452.492073264075, 77262.60307812187, -118023.41617224872, 104562.09821887968,
        -49801.978907817494, 9857.659277317394,
      ], intervals: 32, cost: 0.6913914860498567, conditionNumber: 2.28414e6),
    Polynomial(
      coefficients: [
        -6.685253864295922e-05, -196.0876520480495, 8526.648232721387, -148648.57972845188,
        1439147.405793261, -8763809.771221714, 35650397.21532169, -99887561.19224,
        195184654.20457292, -265220128.4642051, 245468181.36367893, -147472530.16254672,
        51823807.3909637, -8081839.8148163175,
      ], intervals: 16, cost: 0.0324692395925038, conditionNumber: 9.18289e9),
  ]

  @Test(arguments: polynomials)
  func digitsOfAFactorisation(polynomial: Polynomial) throws {
    let problem = polynomial.problem
    let start = [Double](repeating: 0, count: problem.parameterCount)
    let report = LevenbergMarquardt().minimize(problem, from: start)
    #expect(report.termination.isSuccess)
    let digits = correctDigits(report.parameters, polynomial.coefficients)
    let factor = try PivotedQR(problem.matrix)
    let householder = correctDigits(
      try factor.leastSquares(problem.target, rank: start.count), polynomial.coefficients)
    print(polynomial.testDescription, String(format: "%.1f digits, QR %.1f", digits, householder))
    #expect(digits >= householder - 0.5)
    // Rounding alone moves the solution by the condition number in units of rounding.
    #expect(digits >= -log10(polynomial.conditionNumber * Double.ulpOfOne) - 1)
    // Residuals of size 0.1 from terms as large as the coefficients.
    let largest = polynomial.coefficients.map { abs($0) }.max() ?? 0
    expectClose(report.cost, polynomial.cost, tolerance: 10 * largest * Double.ulpOfOne)
  }

  @Test(arguments: polynomials)
  func conditionNumber(polynomial: Polynomial) throws {
    let problem = polynomial.problem
    let start = [Double](repeating: 0, count: problem.parameterCount)
    let curvature = LevenbergMarquardt().minimize(problem, from: start).curvature
    #expect(curvature.rank == start.count)
    expectClose(
      try #require(curvature.conditionNumber), polynomial.conditionNumber, tolerance: 0.01)
  }
}
