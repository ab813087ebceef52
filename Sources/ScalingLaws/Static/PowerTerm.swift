import LeastSquares
import RealModule
import VectorMath

/// The term x^(-α) at prepared rows, from log x: one exponential a row and no power.
struct PowerTerm: Sendable {
  private let logs: [Double]
  private let kernels = VectorKernels.best

  /// Prepares the term at x > 0, one a row.
  init(arguments: [Double]) {
    let kernels = VectorKernels.best
    logs = [Double](unsafeUninitializedCapacity: arguments.count) { buffer, count in
      let target = UnsafeMutableBufferPointer(rebasing: buffer[..<arguments.count])
      arguments.withUnsafeBufferPointer { kernels.log($0, into: target) }
      count = arguments.count
    }
  }

  var rowCount: Int { logs.count }

  /// Writes x^(-α) as one of a block's functions and, where wanted, its derivative by α,
  /// -log(x) x^(-α).
  func write(exponent alpha: Double, to block: BasisBlock, function: Int, derivative: Int) {
    logs.withUnsafeBufferPointer { logs in
      let logs = UnsafeBufferPointer(rebasing: logs[block.rows])
      guard block.wantsDerivatives else {
        kernels.exp(logs, scale: -alpha, into: block.function(function))
        return
      }
      kernels.exp(
        logs, scale: -alpha, into: block.function(function),
        timesArgument: block.derivative(derivative), factor: -1)
    }
  }

  /// The exponent as a coordinate: allowed and scanned values.
  static let exponent = NonlinearCoordinate(
    bounds: ParameterBounds(lower: 1e-3, upper: 10),
    scan: (0..<20).map { Double.exp(.log(0.03) + Double($0) * (.log(3) - .log(0.03)) / 19) })
}
