import LinearAlgebra
import VectorMath

/// A separable model with its coefficients eliminated: variable projection.
///
/// The parameters are θ alone; at each θ the coefficients are the exact minimum of
/// ‖Σⱼ cⱼ φⱼ(θ) - y‖², non-negative where asked for. With V the derivatives of the fit by θ at fixed c
/// and Φ the basis functions with non-zero coefficients, the Jacobian is Kaufman's
/// J = V - Φ(ΦᵀΦ)⁻¹ΦᵀV, one product of which is all that `prepare` sums over the rows beside ΦᵀΦ.
/// Meant for plain least squares: a robust loss has no closed form for c.
///
/// Source: Golub and Pereyra, SIAM J. Numer. Anal. 10 (1973); Kaufman, BIT 15 (1975).
public struct ProjectedProblem<Model: SeparableModel>: LeastSquaresProblem {
  private var model: Model
  private let targets: [Double]
  private let mayBeNegative: [Bool]
  private let derivativeColumns: [DerivativeColumn]
  private let kernels = VectorKernels.best
  /// c at the prepared θ, q values.
  public private(set) var coefficients: [Double]
  /// (ΦᵀΦ)⁻¹ΦᵀV, q × k; rows of coefficients at zero are zero.
  private var projection: Matrix

  /// Creates a problem.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - targets: y, n values.
  ///   - mayBeNegative: which coefficients have no bound at zero, q values; nil means all.
  public init(model: Model, targets: [Double], mayBeNegative: [Bool]? = nil) {
    precondition(targets.count == model.rowCount, "targets.count is not rowCount")
    self.model = model
    self.targets = targets
    self.mayBeNegative =
      mayBeNegative ?? [Bool](repeating: true, count: model.linearCount)
    precondition(
      self.mayBeNegative.count == model.linearCount, "mayBeNegative.count is not linearCount")
    derivativeColumns = model.derivativeColumns
    coefficients = [Double](repeating: 0, count: model.linearCount)
    projection = Matrix(rows: model.linearCount, columns: model.nonlinearCount)
  }

  /// k.
  public var parameterCount: Int { model.nonlinearCount }
  /// n.
  public var residualCount: Int { targets.count }
  /// Basis functions and their derivatives.
  public var scratchColumnCount: Int { model.linearCount + derivativeColumns.count }

  /// Solves for the coefficients at θ.
  public mutating func prepare(_ parameters: [Double], wantsDerivatives: Bool) {
    model.prepare(parameters, wantsDerivatives: wantsDerivatives)
    let (linear, derivatives) = (model.linearCount, derivativeColumns.count)
    let order = linear + 1 + derivatives
    let stride = 256
    let storage = AlignedBuffer(count: order * stride)
    var gram = Matrix(rows: order, columns: order)
    // Columns: basis functions, targets, derivatives.
    for first in Swift.stride(from: 0, to: targets.count, by: stride) {
      let rows = first..<min(first + stride, targets.count)
      model.evaluate(
        parameters,
        into: BasisBlock(
          rows: rows, functions: storage.start,
          derivatives: wantsDerivatives ? storage.start + (linear + 1) * stride : nil,
          stride: stride))
      for (offset, row) in rows.enumerated() {
        storage.start[linear * stride + offset] = targets[row]
      }
      gram.withUnsafeMutableElements { elements in
        guard let start = elements.baseAddress else { return }
        kernels.gram(
          columns: storage.start, stride: stride,
          columnCount: wantsDerivatives ? order : linear + 1, rows: rows.count, weights: nil,
          into: start, leadingDimension: order)
      }
    }
    solve(gram)
  }

  private mutating func solve(_ gram: Matrix) {
    let linear = model.linearCount
    var normal = Matrix(rows: linear, columns: linear)
    for j in 0..<linear { for k in 0..<linear { normal[j, k] = gram[max(j, k), min(j, k)] } }
    coefficients = NonNegativeLeastSquares.solve(
      gram: normal, projection: (0..<linear).map { gram[linear, $0] },
      mayBeNegative: mayBeNegative)
    projection = Matrix(rows: linear, columns: model.nonlinearCount)
    let active = coefficients.indices.filter { coefficients[$0] != 0 }
    for k in 0..<model.nonlinearCount {
      // ΦᵀV for one θₖ, over the active basis functions.
      var products = [Double](repeating: 0, count: linear)
      for (index, column) in derivativeColumns.enumerated() where column.parameter == k {
        for j in active {
          products[j] += coefficients[column.function] * gram[linear + 1 + index, j]
        }
      }
      guard
        let values = NonNegativeLeastSquares.solve(
          gram: normal, projection: products, members: active)
      else { continue }
      for (j, value) in zip(active, values) { projection[j, k] = value }
    }
  }

  /// Computes residuals and Kaufman's Jacobian.
  public func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    let linear = model.linearCount
    let functions = block.scratchBase
    model.evaluate(
      parameters,
      into: BasisBlock(
        rows: block.rows, functions: functions,
        derivatives: block.wantsDerivatives ? functions + linear * block.stride : nil,
        stride: block.stride))
    coefficients.withUnsafeBufferPointer { coefficients in
      targets.withUnsafeBufferPointer { targets in
        kernels.linearCombination(
          columns: functions, stride: block.stride, coefficients: coefficients,
          minus: UnsafeBufferPointer(rebasing: targets[block.rows]), into: block.residuals)
      }
    }
    guard block.wantsDerivatives else { return }
    for k in 0..<model.nonlinearCount {
      let target = block.derivatives(k)
      target.update(repeating: 0)
      for (index, column) in derivativeColumns.enumerated() where column.parameter == k {
        kernels.addProduct(
          coefficients[column.function], UnsafeBufferPointer(block.scratch(linear + index)),
          into: target)
      }
      for j in 0..<linear where projection[j, k] != 0 {
        kernels.addProduct(
          -projection[j, k], UnsafeBufferPointer(block.scratch(j)), into: target)
      }
    }
  }

  /// The coefficients at some θ.
  ///
  /// - Parameter nonlinear: θ, k values.
  /// - Returns: c, q values.
  public func coefficients(at nonlinear: [Double]) -> [Double] {
    var problem = self
    problem.prepare(nonlinear, wantsDerivatives: false)
    return problem.coefficients
  }
}
