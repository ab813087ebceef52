import LeastSquares
import LinearAlgebra
import TestSupport

/// r = A·θ - b.
struct LinearProblem: LeastSquaresProblem {
  var matrix: Matrix
  var target: [Double]

  var parameterCount: Int { matrix.columns }
  var residualCount: Int { matrix.rows }

  func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    for (offset, row) in block.rows.enumerated() {
      var sum = -target[row]
      for j in parameters.indices {
        sum += matrix[row, j] * parameters[j]
        block.derivatives(j)[offset] = matrix[row, j]
      }
      block.residuals[offset] = sum
    }
  }

  /// Elements of A and b uniform in -1…1.
  static func random(rows: Int, columns: Int, _ generator: inout SeededGenerator) -> LinearProblem {
    let elements = (0..<(rows * columns)).map { _ in Double.random(in: -1...1, using: &generator) }
    return LinearProblem(
      matrix: Matrix(rows: rows, columns: columns, columnMajor: elements),
      target: (0..<rows).map { _ in Double.random(in: -1...1, using: &generator) })
  }

  /// The minimum over some columns, the other parameters given, by Householder QR.
  func solution(free: [Int], others: [Double]) throws -> [Double] {
    var right = target
    for j in others.indices where !free.contains(j) {
      for row in right.indices { right[row] -= matrix[row, j] * others[j] }
    }
    var part = Matrix(rows: matrix.rows, columns: free.count)
    for (column, j) in free.enumerated() {
      for row in right.indices { part[row, column] = matrix[row, j] }
    }
    let values = try PivotedQR(part).leastSquares(right, rank: free.count)
    var result = others
    for (column, j) in free.enumerated() { result[j] = values[column] }
    return result
  }

  /// ½‖r‖².
  func cost(_ parameters: [Double]) -> Double {
    residuals(at: parameters).reduce(0) { $0 + 0.5 * $1 * $1 }
  }
}
