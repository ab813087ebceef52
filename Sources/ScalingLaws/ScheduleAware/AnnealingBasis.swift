import LeastSquares
import RealModule
import Schedules
import VectorMath

/// The basis functions of ``AnnealingLaw``: 1, S1^(-α) and -u·S2 with u = 1-λ.
struct AnnealingBasis: SeparableModel {
  let power: PowerTerm
  let areas: [LearningRateAreas]
  let linearCount = 3
  let nonlinearCount = 2
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
  ]
  /// -u·S2 at the prepared u, and its derivative by log u, -u·(S2 - u ∂S2/∂λ), where wanted.
  private var annealing: [Double]
  private var slopes: [Double] = []
  private var preparedLoss = Double.nan
  private let kernels = VectorKernels.best

  init(areas: [LearningRateAreas]) {
    self.areas = areas
    power = PowerTerm(arguments: areas.flatMap(\.forward))
    annealing = [Double](repeating: 0, count: power.rowCount)
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    let u = Double.exp(nonlinear[1])
    guard u != preparedLoss || (wantsDerivatives && slopes.isEmpty) else { return }
    preparedLoss = u
    if !wantsDerivatives {
      slopes = []
    } else if slopes.isEmpty {
      slopes = [Double](repeating: 0, count: rowCount)
    }
    var start = 0
    for run in areas {
      let rows = start..<(start + run.forward.count)
      run.annealing(
        memoryLoss: u, areas: &annealing, derivatives: &slopes, at: start,
        wantsDerivatives: wantsDerivatives)
      for row in rows {
        let area = annealing[row]
        annealing[row] = -u * area
        if wantsDerivatives { slopes[row] = -u * (area - u * slopes[row]) }
      }
      start = rows.upperBound
    }
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    copy(annealing, block.rows, to: block.function(2))
    guard block.wantsDerivatives else { return }
    copy(slopes, block.rows, to: block.derivative(1))
  }

  private func copy(
    _ values: [Double], _ rows: Range<Int>, to target: UnsafeMutableBufferPointer<Double>
  ) {
    values.withUnsafeBufferPointer { values in
      _ = target.update(fromContentsOf: UnsafeBufferPointer(rebasing: values[rows]))
    }
  }
}
