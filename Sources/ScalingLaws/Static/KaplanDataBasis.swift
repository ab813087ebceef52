import LeastSquares
import RealModule

/// The basis function of ``KaplanDataLaw``: φ = [n^(-αN/αD) + e^w/d]^αD, in logarithms.
///
/// With u = -(αN/αD)·log n, v = w - log d and s = log(e^u + e^v), φ = e^(αD·s).
struct KaplanDataBasis: SeparableModel {
  private let logSizes: [Double]
  private let logTokens: [Double]
  let linearCount = 1
  let nonlinearCount = 3
  let derivativeColumns = (0..<3).map { DerivativeColumn(function: 0, parameter: $0) }

  init(modelSizes: [Double], tokens: [Double]) {
    logSizes = modelSizes.map { .log($0) }
    logTokens = tokens.map { .log($0) }
  }

  var rowCount: Int { logSizes.count }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    let (ratio, alphaN, alphaD) = (nonlinear[0], nonlinear[1], nonlinear[2])
    let function = block.function(0)
    for (offset, row) in block.rows.enumerated() {
      let sizeTerm = -alphaN / alphaD * logSizes[row]
      let dataTerm = ratio - logTokens[row]
      let largest = max(sizeTerm, dataTerm)
      let sum = largest + .log(onePlus: .exp(-abs(sizeTerm - dataTerm)))
      function[offset] = .exp(alphaD * sum)
      guard block.wantsDerivatives else { continue }
      let sizeShare = Double.exp(sizeTerm - sum)
      block.derivative(0)[offset] = function[offset] * alphaD * .exp(dataTerm - sum)
      block.derivative(1)[offset] = -function[offset] * sizeShare * logSizes[row]
      block.derivative(2)[offset] = function[offset] * (sum - sizeShare * sizeTerm)
    }
  }
}
