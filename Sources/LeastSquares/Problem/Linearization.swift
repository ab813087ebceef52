public import LinearAlgebra

/// Residuals and Jacobian of a problem at one θ, held in memory: n × (p + 1) numbers.
///
/// The solver and covariances go block by block instead; this is for looking at a problem.
public struct Linearization: Sendable {
  /// r, n values.
  public var residuals: [Double]
  /// ∂rᵢ/∂θⱼ, n × p.
  public var jacobian: Matrix
}

extension LeastSquaresProblem {
  /// Computes residuals and Jacobian.
  ///
  /// - Parameter parameters: θ, p values.
  /// - Returns: n residuals and n × p derivatives.
  public func linearization(at parameters: [Double]) -> Linearization {
    let (rows, columns) = (residualCount, parameterCount)
    var residuals = [Double](repeating: 0, count: rows)
    var jacobian = Matrix(rows: rows, columns: columns)
    jacobian.withUnsafeMutableElements { elements in
      forEachBlock(at: parameters, wantsDerivatives: true) { block in
        for (offset, row) in block.rows.enumerated() {
          residuals[row] = block.residuals[offset]
          for column in 0..<columns {
            elements[row + column * rows] = block.derivatives(column)[offset]
          }
        }
      }
    }
    return Linearization(residuals: residuals, jacobian: jacobian)
  }

  /// Computes the residuals alone.
  ///
  /// - Parameter parameters: θ, p values.
  /// - Returns: r, n values.
  public func residuals(at parameters: [Double]) -> [Double] {
    var residuals = [Double](repeating: 0, count: residualCount)
    forEachBlock(at: parameters, wantsDerivatives: false) { block in
      for (offset, row) in block.rows.enumerated() { residuals[row] = block.residuals[offset] }
    }
    return residuals
  }

  /// Calls `body` with one block of rows after the other, in order.
  ///
  /// - Parameters:
  ///   - parameters: θ, p values.
  ///   - wantsDerivatives: whether the blocks hold derivatives.
  ///   - body: called with each block; its buffers are valid only during the call.
  public func forEachBlock(
    at parameters: [Double], wantsDerivatives: Bool, _ body: (ResidualBlock) -> Void
  ) {
    var problem = self
    problem.prepare(parameters, wantsDerivatives: wantsDerivatives)
    let stride = 256
    let storage = AlignedBuffer(count: (parameterCount + 1 + scratchColumnCount) * stride)
    for first in Swift.stride(from: 0, to: residualCount, by: stride) {
      let block = ResidualBlock(
        rows: first..<min(first + stride, residualCount), wantsDerivatives: wantsDerivatives,
        stride: stride, base: storage.start, parameterCount: parameterCount)
      problem.evaluate(parameters, into: block)
      body(block)
    }
  }
}
