import LeastSquares
import LinearAlgebra
import RealModule

/// The term x^(-α) at prepared rows, from log x: one exponential a row and no power.
struct PowerTerm: Sendable {
  private let logs: [Double]

  init(logs: [Double]) {
    self.logs = logs
  }

  /// Writes x^(-α), and its derivative by α where a column is given.
  func write(
    exponent alpha: Double, to values: inout Matrix, column: Int
  ) {
    values.withUnsafeMutableElements { elements in
      let start = column * logs.count
      for (index, log) in logs.enumerated() { elements[start + index] = .exp(-alpha * log) }
    }
  }

  /// Writes ∂x^(-α)/∂α = -log(x) x^(-α), given the values already written.
  func writeDerivative(
    of values: Matrix, valueColumn: Int, to derivatives: inout Matrix, column: Int
  ) {
    let rows = logs.count
    derivatives.withUnsafeMutableElements { elements in
      values.storage.withUnsafeBufferPointer { values in
        for (index, log) in logs.enumerated() {
          elements[column * rows + index] = -log * values[valueColumn * rows + index]
        }
      }
    }
  }

  /// The exponent as a coordinate: allowed and scanned values.
  static let exponent = NonlinearCoordinate(
    bounds: ParameterBounds(lower: 1e-3, upper: 10),
    scan: (0..<20).map { Double.exp(.log(0.03) + Double($0) * (.log(3) - .log(0.03)) / 19) })
}

extension Matrix {
  /// Sets one column to one value.
  mutating func fill(column: Int, with value: Double) {
    let rows = rows
    withUnsafeMutableElements { elements in
      for index in (column * rows)..<((column + 1) * rows) { elements[index] = value }
    }
  }
}
