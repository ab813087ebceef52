import Foundation
import LeastSquares

/// Problems that several suites share.
enum SmallProblems {
  /// Rosenbrock's function as residuals (Moré, Garbow, Hillstrom 1981, problem 1); minimum (1, 1).
  static let rosenbrock = FunctionProblem(
    parameterCount: 2, residualCount: 2,
    gradient: { x, row, slopes in
      slopes[0] = row == 0 ? -20 * x[0] : -1
      slopes[1] = row == 0 ? 10 : 0
    },
    residual: { $1 == 0 ? 10 * ($0[1] - $0[0] * $0[0]) : 1 - $0[0] })

  /// r = log x - 1 with NaN for x ≤ 0; minimum e.
  static let logarithm = FunctionProblem(
    parameterCount: 1, residualCount: 1, gradient: { $2[0] = 1 / $0[0] },
    residual: { x, _ in x[0] > 0 ? log(x[0]) - 1 : .nan })

  /// exp(θ t) at t = 1, 2, 3 with residuals that do not vanish: Gauss-Newton's steps shrink by a
  /// constant ratio.
  static let growth = FunctionProblem(
    parameterCount: 1, residualCount: 3,
    gradient: { x, row, slopes in
      let time = Double(row + 1)
      slopes[0] = time * exp(x[0] * time)
    },
    residual: { x, row in exp(x[0] * Double(row + 1)) - [4.0, 3, 9][row] })
}
