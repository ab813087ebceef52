import LinearAlgebra
import RealModule
import Schedules

/// The basis functions of ``AnnealingLaw``.
struct AnnealingBasis: LawBasis {
  let power: PowerTerm
  let areas: [LearningRateAreas]
  let derivativeColumns = [
    DerivativeColumn(function: 1, coordinate: 0), DerivativeColumn(function: 2, coordinate: 1),
  ]

  mutating func evaluate(_ nonlinear: [Double], values: inout Matrix) {
    values.fill(column: 0, with: 1)
    power.write(exponent: nonlinear[0], to: &values, column: 1)
    writeAnnealing(memoryLoss: .exp(nonlinear[1]), to: &values) { _, _ in }
  }

  mutating func evaluate(
    _ nonlinear: [Double], values: inout Matrix, derivatives: inout Matrix
  ) {
    values.fill(column: 0, with: 1)
    power.write(exponent: nonlinear[0], to: &values, column: 1)
    power.writeDerivative(of: values, valueColumn: 1, to: &derivatives, column: 0)
    let rows = derivatives.rows
    derivatives.withUnsafeMutableElements { elements in
      writeAnnealing(memoryLoss: .exp(nonlinear[1]), to: &values) { row, slope in
        elements[rows + row] = slope
      }
    }
  }

  /// Writes -u·S2 with u = 1-λ to column 2 and hands out its derivative by log u, which is
  /// -u·(S2 - u ∂S2/∂λ).
  private func writeAnnealing(
    memoryLoss u: Double, to values: inout Matrix, slope: (_ row: Int, _ slope: Double) -> Void
  ) {
    let column = 2 * values.rows
    values.withUnsafeMutableElements { elements in
      var start = 0
      for run in areas {
        run.annealing(memoryLoss: u) { index, area, derivative in
          elements[column + start + index] = -u * area
          slope(start + index, -u * (area - u * derivative))
        }
        start += run.forward.count
      }
    }
  }
}
