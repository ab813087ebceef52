import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport
import Testing

/// Dependent and nearly dependent columns.
@Suite struct SingularTests {
  /// The last column equals the first: the cost is that of the problem without it.
  @Test(arguments: 0..<10, [RobustLoss.leastSquares, .huber(width: 0.2), .cauchy(width: 2)])
  func equalColumns(seed: UInt64, loss: RobustLoss) {
    var random = SeededGenerator(seed: seed)
    let whole = LinearProblem.random(rows: 12, columns: 3, &random)
    var twice = whole
    twice.matrix = Matrix(rows: 12, columns: 4, repeating: 0)
    for row in 0..<12 {
      for j in 0..<4 { twice.matrix[row, j] = whole.matrix[row, j % 3] }
    }
    let solver = LevenbergMarquardt(loss: loss)
    let expected = solver.minimize(whole, from: [0, 0, 0])
    let report = solver.minimize(twice, from: [0, 0, 0, 0])
    #expect(report.termination.isSuccess, "\(report.termination)")
    #expect(report.curvature.rank == 3)
    #expect((report.curvature.conditionNumber ?? 0) > 1e10)
    expectClose(report.cost, expected.cost, tolerance: 1e-12)
    expectClose(
      report.parameters[0] + report.parameters[3], expected.parameters[0], tolerance: 1e-7,
      scale: 1)
  }

  /// A parameter without influence keeps its start.
  @Test(arguments: 0..<3)
  func columnOfZeros(index: Int) throws {
    var random = SeededGenerator(seed: 5)
    var problem = LinearProblem.random(rows: 12, columns: 3, &random)
    for row in 0..<12 { problem.matrix[row, index] = 0 }
    let report = LevenbergMarquardt().minimize(problem, from: [7, 7, 7])
    #expect(report.termination.isSuccess)
    #expect(report.curvature.rank == 2)
    #expect(report.curvature.conditionNumber == .infinity)
    #expect(report.parameters[index] == 7)
    let free = (0..<3).filter { $0 != index }
    let expected = try problem.solution(free: free, others: [7, 7, 7])
    for j in free { expectClose(report.parameters[j], expected[j], tolerance: 1e-13, scale: 1) }
  }

  @Test(arguments: 0..<10)
  func moreParametersThanRows(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let problem = LinearProblem.random(rows: 2, columns: 4, &random)
    let report = LevenbergMarquardt().minimize(problem, from: [0, 0, 0, 0])
    #expect(report.termination.isSuccess)
    #expect(report.curvature.rank == 2)
    #expect(report.cost < 1e-28)
    #expect(!report.parameters.contains { abs($0) > 1e3 })
  }

  /// The same when the model is not linear: two points, exp(-θ₁t) θ₀ + θ₂ + θ₃t.
  @Test func curveWithMoreParametersThanRows() {
    let problem = FunctionProblem(parameterCount: 4, residualCount: 2) { x, row in
      let time = Double(row + 1)
      return x[0] * exp(-x[1] * time) + x[2] + x[3] * time - [3, 5][row]
    }
    let report = LevenbergMarquardt().minimize(problem, from: [1, 1, 0, 0])
    #expect(report.termination.isSuccess)
    #expect(report.cost < 1e-28)
    #expect(report.curvature.rank == 2)
  }

  @Test func noInfluenceAtAll() {
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: 3, gradient: { $2 = [0, 0] }, residual: { _, _ in 2 })
    let report = LevenbergMarquardt().minimize(problem, from: [3, 4])
    #expect(report.termination == .gradient)
    #expect(report.parameters == [3, 4] && report.cost == 6)
    #expect(report.curvature.rank == 0)
  }

  /// Columns that differ by 2⁻³⁰ ≈ 1e-9 of their size, exact in binary, and b = c₁ + 2c₂ + e with e
  /// orthogonal to both: the solution is (1, 2), and the condition number 2e9 leaves 6 digits.
  @Test(arguments: [0.0, 0x1p-30])
  func columnsThatDifferLittle(misfit: Double) throws {
    let first: [Double] = [1, 2, -1, 3, 2, 1]
    let change: [Double] = [2, -1, 3, 1, -2, 2]
    // Orthogonal to both.
    let rest: [Double] = [1, -1, -1, 0, 0, 0]
    #expect(zip(first, rest).reduce(0) { $0 + $1.0 * $1.1 } == 0)
    #expect(zip(change, rest).reduce(0) { $0 + $1.0 * $1.1 } == 0)
    var problem = LinearProblem(
      matrix: Matrix(rows: 6, columns: 2), target: [Double](repeating: 0, count: 6))
    for row in 0..<6 {
      problem.matrix[row, 0] = first[row]
      problem.matrix[row, 1] = first[row] + 0x1p-30 * change[row]
      problem.target[row] = 3 * first[row] + 0x1p-29 * change[row] + misfit * rest[row]
    }
    let report = LevenbergMarquardt().minimize(problem, from: [0, 0])
    #expect(report.termination.isSuccess)
    #expect(report.curvature.rank == 2)
    expectClose(report.parameters[0], 1, tolerance: 1e-6)
    expectClose(report.parameters[1], 2, tolerance: 1e-6)
    let condition = try #require(report.curvature.conditionNumber)
    #expect(condition > 1e9 && condition < 5e9)
  }

  /// Random columns with a given condition number: the distance from the known solution of a problem
  /// without misfit is within what one rounding error in A explains.
  @Test(arguments: 0...10, 0..<8)
  func nearlyDependentColumns(exponent: Int, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var problem = LinearProblem.random(rows: 20, columns: 6, &random)
    for j in 1..<6 {
      // The part of each column that is new shrinks from one to the next.
      let share = pow(10, -Double(exponent) * Double(j) / 5)
      for row in 0..<20 {
        let before = (0..<j).reduce(0) { $0 + problem.matrix[row, $1] * Double($1 + 1) }
        problem.matrix[row, j] = before + share * problem.matrix[row, j]
      }
    }
    let truth = (0..<6).map { Double($0 - 2) + 0.5 }
    problem.target = [Double](repeating: 0, count: 20)
    problem.target = problem.residuals(at: truth)
    var unit = problem.matrix
    for (j, norm) in columnNorms(unit).enumerated() {
      for row in 0..<20 { unit[row, j] /= norm }
    }
    let condition = try unit.conditionNumber()
    let report = LevenbergMarquardt().minimize(problem, from: [0, 0, 0, 0, 0, 0])
    #expect(report.termination.isSuccess)
    let norms = columnNorms(problem.matrix)
    let error = (0..<6).map { norms[$0] * abs(report.parameters[$0] - truth[$0]) }.max() ?? 0
    let size = (0..<6).map { norms[$0] * abs(truth[$0]) }.max() ?? 1
    #expect(error <= condition * Double.ulpOfOne * size)
    if condition < 1e10 {
      #expect(report.curvature.rank == 6)
      expectClose(report.curvature.conditionNumber ?? 0, condition, tolerance: 0.01)
    }
  }

  /// A direction that vanishes at the start only: Beale's problem (MGH 5), whose first column is
  /// zero at (1, 1).
  @Test func columnOfZerosAtTheStart() {
    let problem = FunctionProblem(
      parameterCount: 2, residualCount: 3,
      gradient: { x, row, slopes in
        let power = Double(row + 1)
        slopes[0] = pow(x[1], power) - 1
        slopes[1] = x[0] * power * pow(x[1], power - 1)
      },
      residual: { x, row in [1.5, 2.25, 2.625][row] - x[0] * (1 - pow(x[1], Double(row + 1))) })
    let report = LevenbergMarquardt().minimize(problem, from: [1, 1])
    #expect(report.termination.isSuccess)
    #expect(report.cost < 1e-28)
    expectClose(report.parameters[0], 3, tolerance: 1e-13)
    expectClose(report.parameters[1], 0.5, tolerance: 1e-13)
    #expect(report.curvature.rank == 2)
  }
}

@Suite struct FixedParameterRankTests {
  /// Two equal columns are dependent, unless one of their parameters is fixed.
  @Test func fixedParametersHaveNoPartInTheRank() throws {
    let problem = FunctionProblem(parameterCount: 2, residualCount: 20) { p, row in
      (p[0] + p[1]) * Double(row) - 3 * Double(row)
    }
    #expect(LevenbergMarquardt().minimize(problem, from: [0, 0.5]).curvature.rank == 1)
    let report = LevenbergMarquardt().minimize(problem, from: [0, 0.5], fixed: [1])
    #expect(report.curvature.rank == 1)
    expectClose(try #require(report.curvature.conditionNumber), 1, tolerance: 1e-12)
    expectClose(report.parameters[0], 2.5, tolerance: 1e-10)
  }
}
