import Foundation
import LeastSquares
import LinearAlgebra
import TestSupport

/// Σⱼ cⱼ exp(-θⱼ x), with a constant in front when asked for.
struct ExponentialSum: SeparableModel {
  let points: [Double]
  let terms: Int
  let hasConstant: Bool

  var linearCount: Int { terms + (hasConstant ? 1 : 0) }
  var nonlinearCount: Int { terms }
  var rowCount: Int { points.count }
  var derivativeColumns: [DerivativeColumn] {
    (0..<terms).map { DerivativeColumn(function: linearCount - terms + $0, parameter: $0) }
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    for (offset, row) in block.rows.enumerated() {
      if hasConstant { block.function(0)[offset] = 1 }
      for term in 0..<terms {
        let value = exp(-nonlinear[term] * points[row])
        block.function(linearCount - terms + term)[offset] = value
        if block.wantsDerivatives { block.derivative(term)[offset] = -points[row] * value }
      }
    }
  }

  /// The model's values with normal noise.
  func values(
    coefficients: [Double], rates: [Double], noise: Double = 0, seed: UInt64 = 0
  ) -> [Double] {
    var random = SeededGenerator(seed: seed)
    let functions = basis(at: rates).functions
    return (0..<rowCount).map { row in
      (0..<linearCount).reduce(0) { $0 + coefficients[$1] * functions[row, $1] }
        + noise * random.normal()
    }
  }
}
