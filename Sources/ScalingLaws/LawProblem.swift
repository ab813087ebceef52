import LeastSquares
import LinearAlgebra
import RealModule

/// The residuals of a law at rows as a function of its free coordinates.
struct LawProblem: LeastSquaresProblem {
  private let objective: FitObjective
  private let losses: [Double]
  private let linearCount: Int
  /// The indices of the free coordinates.
  private let free: [Int]
  /// All coordinates; the fixed ones keep their values.
  private var coordinates: [Double]
  private var basis: any LawBasis
  private var values: Matrix
  private var derivatives: Matrix
  private let derivativeColumns: [DerivativeColumn]

  /// Creates the problem of varying the `free` ones of all `coordinates`.
  init(
    basis: any LawBasis, losses: [Double], objective: FitObjective, linearCount: Int,
    coordinates: [Double], free: [Int]
  ) {
    self.basis = basis
    self.losses = losses
    self.objective = objective
    self.linearCount = linearCount
    self.coordinates = coordinates
    self.free = free
    derivativeColumns = basis.derivativeColumns
    values = Matrix(rows: losses.count, columns: linearCount)
    derivatives = Matrix(rows: losses.count, columns: derivativeColumns.count)
  }

  var parameterCount: Int { free.count }
  var residualCount: Int { losses.count }

  mutating func evaluate(_ parameters: [Double], residuals: inout [Double]) {
    set(parameters)
    basis.evaluate(Array(coordinates[linearCount...]), values: &values)
    writePredictions(to: &residuals)
    for index in losses.indices {
      residuals[index] = objective.residual(predicted: residuals[index], observed: losses[index])
    }
  }

  mutating func linearize(
    _ parameters: [Double], residuals: inout [Double], jacobian: inout Matrix
  ) {
    set(parameters)
    basis.evaluate(
      Array(coordinates[linearCount...]), values: &values, derivatives: &derivatives)
    writePredictions(to: &residuals)
    for (column, coordinate) in free.enumerated() {
      writeSlope(of: coordinate, to: &jacobian, column: column)
    }
    for index in losses.indices {
      let predicted = residuals[index]
      residuals[index] = objective.residual(predicted: predicted, observed: losses[index])
    }
    guard objective.isLogarithmic else { return }
    divideByPredictions(&jacobian, residuals: residuals)
  }

  private mutating func set(_ parameters: [Double]) {
    for (index, value) in zip(free, parameters) { coordinates[index] = value }
  }

  /// Σⱼ cⱼ φⱼ.
  private func writePredictions(to result: inout [Double]) {
    let rows = losses.count
    values.storage.withUnsafeBufferPointer { values in
      for index in 0..<rows { result[index] = coordinates[0] * values[index] }
      for column in 1..<linearCount where coordinates[column] != 0 {
        let coefficient = coordinates[column]
        for index in 0..<rows { result[index] += coefficient * values[column * rows + index] }
      }
    }
  }

  /// ∂P/∂coordinate: φⱼ for a linear one, Σ cⱼ ∂φⱼ/∂θ for a nonlinear one.
  private func writeSlope(of coordinate: Int, to jacobian: inout Matrix, column: Int) {
    let rows = losses.count
    jacobian.withUnsafeMutableElements { target in
      let start = column * rows
      if coordinate < linearCount {
        values.storage.withUnsafeBufferPointer { values in
          for index in 0..<rows { target[start + index] = values[coordinate * rows + index] }
        }
        return
      }
      for index in 0..<rows { target[start + index] = 0 }
      for (source, derivative) in derivativeColumns.enumerated()
      where derivative.coordinate == coordinate - linearCount {
        let coefficient = coordinates[derivative.function]
        derivatives.storage.withUnsafeBufferPointer { derivatives in
          for index in 0..<rows {
            target[start + index] += coefficient * derivatives[source * rows + index]
          }
        }
      }
    }
  }

  /// Turns slopes of P into slopes of log P; the predictions come back from the residuals.
  private func divideByPredictions(_ jacobian: inout Matrix, residuals: [Double]) {
    let rows = losses.count
    var inverses = [Double](repeating: 0, count: rows)
    for index in 0..<rows { inverses[index] = 1 / (losses[index] * .exp(residuals[index])) }
    jacobian.withUnsafeMutableElements { elements in
      for column in 0..<free.count {
        for index in 0..<rows { elements[column * rows + index] *= inverses[index] }
      }
    }
  }
}
