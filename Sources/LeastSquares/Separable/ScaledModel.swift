import VectorMath

/// A separable model whose rows are multiplied by factors, as weights do.
struct ScaledModel<Base: SeparableModel>: SeparableModel {
  private var base: Base
  private let factors: [Double]
  private let kernels = VectorKernels.best
  let derivativeColumns: [DerivativeColumn]

  /// Multiplies row i of a model by `factors[i]`.
  init(_ base: Base, factors: [Double]) {
    precondition(factors.count == base.rowCount, "factors.count is not rowCount")
    self.base = base
    self.factors = factors
    derivativeColumns = base.derivativeColumns
  }

  var linearCount: Int { base.linearCount }
  var nonlinearCount: Int { base.nonlinearCount }
  var rowCount: Int { base.rowCount }

  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {
    base.prepare(nonlinear, wantsDerivatives: wantsDerivatives)
  }

  func evaluate(_ nonlinear: [Double], into block: BasisBlock) {
    base.evaluate(nonlinear, into: block)
    factors.withUnsafeBufferPointer { factors in
      let factors = UnsafeBufferPointer(rebasing: factors[block.rows])
      func scale(_ column: UnsafeMutableBufferPointer<Double>) {
        kernels.multiply(UnsafeBufferPointer(column), factors, into: column)
      }
      for index in 0..<linearCount { scale(block.function(index)) }
      guard block.wantsDerivatives else { return }
      for index in derivativeColumns.indices { scale(block.derivative(index)) }
    }
  }
}
