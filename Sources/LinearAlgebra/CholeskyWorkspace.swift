internal import CLAPACKE

/// A Cholesky factorisation A = L·Lᵀ in storage that is kept, for many small systems in a loop.
///
/// Nothing is allocated after `init`. Unlike ``CholeskyFactor`` it does not look for elements that
/// are not finite: a NaN makes the factorisation fail or the solution NaN.
public struct CholeskyWorkspace: Sendable {
  /// The order of the matrix factored last; 0 when that failed.
  public private(set) var order = 0
  private var factor: [Double]

  /// Reserves storage.
  ///
  /// - Parameter maximumOrder: the largest order to come, at least 0.
  public init(maximumOrder: Int) {
    factor = [Double](repeating: 0, count: maximumOrder * maximumOrder)
  }

  /// Factors a symmetric matrix (LAPACK `dpotrf`).
  ///
  /// - Parameters:
  ///   - order: n, at most `maximumOrder`.
  ///   - shift: a number added to the diagonal.
  ///   - write: writes the lower triangle of the n × n matrix, column-major.
  /// - Returns: whether the matrix is positive definite.
  public mutating func factor(
    order: Int, shift: Double = 0, _ write: (UnsafeMutablePointer<Double>) -> Void
  ) -> Bool {
    precondition(order * order <= factor.count, "order is greater than maximumOrder")
    self.order = 0
    guard order > 0 else { return true }
    let info = factor.withUnsafeMutableBufferPointer { elements -> Int32 in
      guard let start = elements.baseAddress else { return -1 }
      write(start)
      for index in 0..<order { start[index * (order + 1)] += shift }
      return LAPACKE_dpotrf_work(
        LAPACKConstants.columnMajor, LAPACKConstants.lower, Int32(order), start, Int32(order))
    }
    guard info == 0 else { return false }
    self.order = order
    return true
  }

  /// The smallest diagonal element of L over the largest; 1 when the order is 0.
  ///
  /// Its inverse is at most the condition number of L, and seldom far below it.
  public var diagonalRatio: Double {
    var least = Double.infinity
    var most = 0.0
    for index in 0..<order {
      least = min(least, factor[index * (order + 1)])
      most = max(most, factor[index * (order + 1)])
    }
    return order > 0 ? least / most : 1
  }

  /// L(i, j) for i ≥ j.
  public subscript(row: Int, column: Int) -> Double {
    precondition(row < order && column <= row, "index outside the lower triangle")
    return factor[row + column * order]
  }

  /// Solves A·x = b in place; only the first `order` values count.
  ///
  /// The substitutions are written out: for a handful of unknowns a call to LAPACK costs more.
  public func solve(_ values: inout [Double]) {
    solveLower(&values)
    for row in stride(from: order - 1, through: 0, by: -1) {
      var sum = values[row]
      for column in (row + 1)..<max(order, row + 1) {
        sum -= factor[column + row * order] * values[column]
      }
      values[row] = sum / factor[row * (order + 1)]
    }
  }

  /// Solves L·x = b in place; ‖x‖² is bᵀA⁻¹b.
  public func solveLower(_ values: inout [Double]) {
    precondition(values.count >= order, "too few values")
    for row in 0..<order {
      var sum = values[row]
      for column in 0..<row { sum -= factor[row + column * order] * values[column] }
      values[row] = sum / factor[row * (order + 1)]
    }
  }
}
