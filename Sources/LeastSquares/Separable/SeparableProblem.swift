import VectorMath

/// The residuals of a separable model, Σⱼ cⱼ φⱼ(θ) - y, in all its parameters: first c, then θ.
public struct SeparableProblem<Model: SeparableModel>: LeastSquaresProblem {
  /// The model.
  public private(set) var model: Model
  private let targets: [Double]
  private let derivativeColumns: [DerivativeColumn]
  private let kernels = VectorKernels.best
  /// θ as prepared.
  private var nonlinear: [Double]

  /// Creates a problem.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - targets: y, n values.
  public init(model: Model, targets: [Double]) {
    precondition(targets.count == model.rowCount, "targets.count is not rowCount")
    self.model = model
    self.targets = targets
    derivativeColumns = model.derivativeColumns
    nonlinear = [Double](repeating: 0, count: model.nonlinearCount)
  }

  /// q + k.
  public var parameterCount: Int { model.linearCount + model.nonlinearCount }
  /// n.
  public var residualCount: Int { targets.count }
  /// One for each derivative of a basis function.
  public var scratchColumnCount: Int { derivativeColumns.count }

  /// Prepares the model.
  public mutating func prepare(_ parameters: [Double], wantsDerivatives: Bool) {
    let linear = model.linearCount
    for index in nonlinear.indices { nonlinear[index] = parameters[linear + index] }
    model.prepare(nonlinear, wantsDerivatives: wantsDerivatives)
  }

  /// Computes residuals and derivatives; the basis functions are the derivatives by c as they are.
  public func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    let linear = model.linearCount
    model.evaluate(
      nonlinear,
      into: BasisBlock(
        rows: block.rows, functions: block.base,
        derivatives: block.wantsDerivatives ? block.scratchBase : nil, stride: block.stride))
    parameters.withUnsafeBufferPointer { parameters in
      targets.withUnsafeBufferPointer { targets in
        kernels.linearCombination(
          columns: block.base, stride: block.stride,
          coefficients: UnsafeBufferPointer(rebasing: parameters[..<linear]),
          minus: UnsafeBufferPointer(rebasing: targets[block.rows]), into: block.residuals)
      }
    }
    guard block.wantsDerivatives else { return }
    addDerivatives(parameters, to: block)
  }

  /// ∂r/∂θₖ = Σⱼ cⱼ ∂φⱼ/∂θₖ.
  private func addDerivatives(_ parameters: [Double], to block: ResidualBlock) {
    for k in 0..<model.nonlinearCount {
      let target = block.derivatives(model.linearCount + k)
      var isEmpty = true
      for (index, column) in derivativeColumns.enumerated() where column.parameter == k {
        let source = UnsafeBufferPointer(block.scratch(index))
        if isEmpty {
          kernels.scale(source, by: parameters[column.function], into: target)
        } else {
          kernels.addProduct(parameters[column.function], source, into: target)
        }
        isEmpty = false
      }
      if isEmpty { target.update(repeating: 0) }
    }
  }
}
