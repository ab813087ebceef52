import LeastSquares
import VectorMath

/// The basis functions 1 (where there is a floor), x^(-α) and y^(-β).
struct PowerSumBasis: SeparableModel {
  let hasFloor: Bool
  let first: PowerTerm
  let second: PowerTerm
  let nonlinearCount = 2
  let derivativeColumns: [DerivativeColumn]

  private let kernels = VectorKernels.best

  init(hasFloor: Bool, first: PowerTerm, second: PowerTerm) {
    self.hasFloor = hasFloor
    self.first = first
    self.second = second
    let offset = hasFloor ? 1 : 0
    derivativeColumns = (0..<2).map { DerivativeColumn(function: offset + $0, parameter: $0) }
  }

  var linearCount: Int { hasFloor ? 3 : 2 }
  var rowCount: Int { first.rowCount }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    let offset = hasFloor ? 1 : 0
    if hasFloor { kernels.fill(block.function(0), with: 1) }
    first.write(exponent: nonlinear[0], to: block, function: offset, derivative: 0)
    second.write(exponent: nonlinear[1], to: block, function: offset + 1, derivative: 1)
  }
}
