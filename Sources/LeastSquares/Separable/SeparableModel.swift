/// A model that is linear in some of its parameters: Σⱼ cⱼ φⱼ(θ; row).
///
/// Given θ, the best c is a linear least-squares solution: scans and variable projection search over
/// θ alone.
///
/// Source: Golub and Pereyra, SIAM J. Numer. Anal. 10 (1973).
public protocol SeparableModel: Sendable {
  /// q, the number of basis functions φ and of coefficients c.
  var linearCount: Int { get }
  /// k, the number of nonlinear parameters θ.
  var nonlinearCount: Int { get }
  /// n, the number of rows.
  var rowCount: Int { get }
  /// The derivatives ∂φⱼ/∂θₖ that are not zero everywhere, one column each.
  var derivativeColumns: [DerivativeColumn] { get }

  /// Computes what all rows share, before any block of this θ is asked for; nothing by default.
  ///
  /// - Parameters:
  ///   - nonlinear: θ, k values.
  ///   - wantsDerivatives: whether the blocks will ask for derivatives.
  mutating func prepare(_ nonlinear: [Double], wantsDerivatives: Bool)

  /// Computes the basis functions of a block of rows and, where wanted, their derivatives.
  ///
  /// - Parameters:
  ///   - nonlinear: θ, k values; `prepare` has been called with them.
  ///   - block: which rows, and where the results go; all of it must be overwritten.
  func evaluate(_ nonlinear: [Double], into block: BasisBlock)
}

extension SeparableModel {
  /// Nothing to prepare.
  public func prepare(_ nonlinear: [Double], wantsDerivatives: Bool) {}
}

/// Which derivative a column holds.
public struct DerivativeColumn: Sendable, Hashable {
  /// The basis function j, from 0.
  public var function: Int
  /// The nonlinear parameter k, from 0.
  public var parameter: Int

  /// Creates a derivative column.
  public init(function: Int, parameter: Int) {
    self.function = function
    self.parameter = parameter
  }
}

/// Where a separable model writes the basis functions and derivatives of a block of rows.
///
/// All buffers have `rows.count` elements; they are valid only during the call that hands out the
/// block.
public struct BasisBlock {
  /// The rows of the block, a range of 0..<n.
  public let rows: Range<Int>
  /// Whether derivatives are asked for; if not, their columns must not be touched.
  public let wantsDerivatives: Bool
  private let functions: UnsafeMutablePointer<Double>
  private let derivatives: UnsafeMutablePointer<Double>
  private let stride: Int

  /// Creates a block whose columns are `stride` elements apart.
  ///
  /// - Parameters:
  ///   - rows: which rows.
  ///   - functions: the first element of the columns of basis functions.
  ///   - derivatives: the first element of the columns of derivatives; nil when they are not wanted.
  ///   - stride: at least `rows.count`.
  public init(
    rows: Range<Int>, functions: UnsafeMutablePointer<Double>,
    derivatives: UnsafeMutablePointer<Double>?, stride: Int
  ) {
    precondition(stride >= rows.count, "stride is less than rows.count")
    self.rows = rows
    self.functions = functions
    self.derivatives = derivatives ?? functions
    self.stride = stride
    wantsDerivatives = derivatives != nil
  }

  /// φⱼ for each row.
  public func function(_ index: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: functions + index * stride, count: rows.count)
  }

  /// The derivative of a model's `derivativeColumns[index]` for each row.
  ///
  /// - Precondition: `wantsDerivatives`.
  public func derivative(_ index: Int) -> UnsafeMutableBufferPointer<Double> {
    precondition(wantsDerivatives, "derivatives are not wanted")
    return UnsafeMutableBufferPointer(start: derivatives + index * stride, count: rows.count)
  }
}
