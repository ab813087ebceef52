import LeastSquares
import Schedules
import VectorMath

/// The basis functions of ``AnnealingLaw``: 1, S1^(-α) and -u·S2 with u = 1-λ.
struct AnnealingBasis: SeparableModel {
  let power: PowerTerm
  let linearCount = 3
  let nonlinearCount = 2
  let derivativeColumns = [
    DerivativeColumn(function: 1, parameter: 0), DerivativeColumn(function: 2, parameter: 1),
  ]
  private var annealing: AnnealingTerm
  private let kernels = VectorKernels.best

  init(areas: [LearningRateAreas]) {
    power = PowerTerm(arguments: areas.flatMap(\.forward))
    annealing = AnnealingTerm(areas: areas)
  }

  var rowCount: Int { power.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    annealing.prepare(logMemoryLoss: nonlinear[1], wantsDerivatives: wantsDerivatives)
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
    annealing.write(to: block, function: 2, derivative: 1)
  }
}
