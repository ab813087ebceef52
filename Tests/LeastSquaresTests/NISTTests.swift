import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// The 27 nonlinear-regression problems of NIST's Statistical Reference Datasets from both published
/// starts, all with the default options.
///
/// Digits are -log10 of the largest relative error of any parameter, at most 11.
@Suite struct NISTTests {
  private struct Outcome {
    let name: String
    let report: LeastSquaresReport
    let digits: Double
    let digitsOfErrors: Double
  }

  @Test func publishedStarts() throws {
    let outcomes = try NISTProblem.all().flatMap { problem in
      problem.starts.indices.map { solve(problem, start: $0) }
    }
    print("problem, start   digits  of errors  termination  iterations  evaluations")
    for outcome in outcomes {
      let report = outcome.report
      print(
        outcome.name.padding(toLength: 15, withPad: " ", startingAt: 0),
        String(format: "%7.1f%11.1f", outcome.digits, outcome.digitsOfErrors),
        "  \(report.termination)".padding(toLength: 13, withPad: " ", startingAt: 0),
        String(format: "%10d%13d", report.iterations, report.evaluations))
    }
    let digits = outcomes.map(\.digits).sorted()
    let median = 0.5 * (digits[26] + digits[27])
    print(String(format: "least %.1f, median %.1f", digits[0], median))
    #expect(outcomes.count == 54)
    #expect(digits[0] >= 10)
    #expect(median >= 10.9)
    #expect(outcomes.count { $0.digitsOfErrors >= 4 } >= 52)
    #expect(outcomes.allSatisfy { $0.report.termination.isSuccess })
  }

  @Test func jacobians() throws {
    for problem in try NISTProblem.all() {
      for start in problem.starts {
        #expect(problem.problem.jacobianError(at: start) < 1e-6, "\(problem.name)")
      }
    }
  }

  private func solve(_ problem: NISTProblem, start: Int) -> Outcome {
    let report = LevenbergMarquardt().minimize(problem.problem, from: problem.starts[start])
    return Outcome(
      name: "\(problem.name), \(start + 1)", report: report,
      digits: correctDigits(report.parameters, problem.optimum),
      digitsOfErrors: correctDigits(
        standardErrors(problem.problem, at: report), problem.standardErrors))
  }

  /// √(diag((JᵀJ)⁻¹) · RSS/(n - p)), with the columns of J at unit length in between.
  private func standardErrors(
    _ problem: FormulaProblem, at report: LeastSquaresReport
  ) -> [Double] {
    var jacobian = problem.linearization(at: report.parameters).jacobian
    let norms = (0..<jacobian.columns).map { j in
      (0..<jacobian.rows).reduce(0) { $0 + jacobian[$1, j] * jacobian[$1, j] }.squareRoot()
    }
    for j in 0..<jacobian.columns {
      for row in 0..<jacobian.rows { jacobian[row, j] /= norms[j] }
    }
    let variance = 2 * report.cost / Double(jacobian.rows - jacobian.columns)
    guard let inverse = try? PivotedQR(jacobian).inverseOfGram() else { return [] }
    return norms.indices.map { (inverse[$0, $0] * variance).squareRoot() / norms[$0] }
  }
}
