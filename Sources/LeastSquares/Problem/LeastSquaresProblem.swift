/// A vector of residuals that depends on parameters, with its derivatives, computed in blocks of
/// rows.
///
/// The solver never holds the n × p Jacobian: it asks for one block of rows at a time and adds the
/// block to its p × p sums. Residuals may come out NaN or infinite: the solver then rejects the
/// step. Problems are values; with several threads each works on the same prepared copy, so that
/// `evaluate` must not change anything.
public protocol LeastSquaresProblem: Sendable {
  /// p, the number of parameters.
  var parameterCount: Int { get }
  /// n, the number of residuals.
  var residualCount: Int { get }
  /// How many columns of working space `evaluate` wants beside the derivatives; 0 by default.
  var scratchColumnCount: Int { get }

  /// Computes what all rows share, before any block of this θ is asked for; nothing by default.
  ///
  /// - Parameters:
  ///   - parameters: θ, p values.
  ///   - wantsDerivatives: whether the blocks will ask for derivatives.
  mutating func prepare(_ parameters: [Double], wantsDerivatives: Bool)

  /// Computes the residuals of a block of rows and, where wanted, their derivatives.
  ///
  /// - Parameters:
  ///   - parameters: θ, p values; `prepare` has been called with them.
  ///   - block: which rows, and where the results go; all of it must be overwritten.
  func evaluate(_ parameters: [Double], into block: ResidualBlock)
}

extension LeastSquaresProblem {
  /// None.
  public var scratchColumnCount: Int { 0 }
  /// Nothing to prepare.
  public func prepare(_ parameters: [Double], wantsDerivatives: Bool) {}
}

/// Where a problem writes the residuals and derivatives of a block of rows.
///
/// All buffers have `rows.count` elements and hold stale values at first. They are valid only during
/// the call that hands out the block.
public struct ResidualBlock {
  /// The rows of the block, a range of 0..<n.
  public let rows: Range<Int>
  /// Whether derivatives are asked for; if not, their columns need not be written.
  public let wantsDerivatives: Bool
  /// The distance of columns in memory, in elements.
  public let stride: Int
  /// The first element of the columns: 0..<p derivatives, p residuals, from p + 1 on working space.
  public let base: UnsafeMutablePointer<Double>
  let parameterCount: Int

  /// r for each row.
  public var residuals: UnsafeMutableBufferPointer<Double> { column(parameterCount) }

  /// ∂r/∂θⱼ for each row.
  public func derivatives(_ parameter: Int) -> UnsafeMutableBufferPointer<Double> {
    precondition(parameter >= 0 && parameter < parameterCount, "parameter is outside 0..<p")
    return column(parameter)
  }

  /// A column of working space, numbered from 0.
  ///
  /// Neighbouring columns are `stride` elements apart.
  public func scratch(_ index: Int) -> UnsafeMutableBufferPointer<Double> {
    column(parameterCount + 1 + index)
  }

  /// The first element of the working space.
  public var scratchBase: UnsafeMutablePointer<Double> { base + (parameterCount + 1) * stride }

  private func column(_ index: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: base + index * stride, count: rows.count)
  }
}
