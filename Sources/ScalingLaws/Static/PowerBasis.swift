import LeastSquares
import VectorMath

/// The basis functions of ``PowerLaw``: 1 and x^(-α).
struct PowerBasis: SeparableModel {
  let power: PowerTerm
  let linearCount = 2
  let nonlinearCount = 1
  let derivativeColumns = [DerivativeColumn(function: 1, parameter: 0)]

  private let kernels = VectorKernels.best

  init(power: PowerTerm) {
    self.power = power
  }

  var rowCount: Int { power.rowCount }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    kernels.fill(block.function(0), with: 1)
    power.write(exponent: nonlinear[0], to: block, function: 1, derivative: 0)
  }
}
