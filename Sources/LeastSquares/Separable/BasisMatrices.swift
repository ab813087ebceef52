public import LinearAlgebra

/// The basis functions of a separable model and their derivatives at one θ, held in memory.
public struct BasisMatrices: Sendable {
  /// φⱼ, n × q.
  public var functions: Matrix
  /// One column for each of the model's `derivativeColumns`, n rows.
  public var derivatives: Matrix
}

extension SeparableModel {
  /// Computes the basis functions and their derivatives at all rows.
  ///
  /// - Parameter nonlinear: θ, k values.
  /// - Returns: n × q and n × d numbers.
  public func basis(at nonlinear: [Double]) -> BasisMatrices {
    var model = self
    model.prepare(nonlinear, wantsDerivatives: true)
    var functions = Matrix(rows: rowCount, columns: linearCount)
    var derivatives = Matrix(rows: rowCount, columns: derivativeColumns.count)
    guard rowCount > 0 else {
      return BasisMatrices(functions: functions, derivatives: derivatives)
    }
    functions.withUnsafeMutableElements { functions in
      derivatives.withUnsafeMutableElements { derivatives in
        guard let first = functions.baseAddress else { return }
        // A model without derivatives writes none: any address will do.
        model.evaluate(
          nonlinear,
          into: BasisBlock(
            rows: 0..<rowCount, functions: first, derivatives: derivatives.baseAddress ?? first,
            stride: rowCount))
      }
    }
    return BasisMatrices(functions: functions, derivatives: derivatives)
  }
}
