import RealModule

/// How a law of size and data splits a compute budget C = 6ND: N* = G·(C/6)^a and D* = (C/6)^b / G.
///
/// With a = β/(α+β), b = α/(α+β) and G = (αA/(βB))^(1/(α+β)). Then N*/D* = G²·(C/6)^(a-b), which
/// MiniCPM's authors write K²·(C/6)^η.
///
/// Source: Hoffmann et al., arXiv 2203.15556, Eq. 4.
public struct ComputeOptimum: Sendable, Hashable {
  /// a, the exponent of N*.
  public let sizeExponent: Double
  /// b = 1 - a, the exponent of D*.
  public let dataExponent: Double
  /// log G, where G itself may be too large for a number.
  let logScale: Double

  /// G.
  public var scale: Double { .exp(logScale) }

  /// The optimum for terms A·N^(-α) and B·D^(-β); nil unless all four are positive and finite.
  public init?(sizeHeight: Double, dataHeight: Double, alpha: Double, beta: Double) {
    guard [sizeHeight, dataHeight, alpha, beta].allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return nil
    }
    self.init(logHeightRatio: .log(sizeHeight) - .log(dataHeight), alpha: alpha, beta: beta)
  }

  /// The optimum from log(A/B).
  init(logHeightRatio: Double, alpha: Double, beta: Double) {
    sizeExponent = beta / (alpha + beta)
    dataExponent = alpha / (alpha + beta)
    logScale = (.log(alpha) - .log(beta) + logHeightRatio) / (alpha + beta)
  }

  /// N* for C floating-point operations.
  public func modelSize(compute: Double) -> Double {
    .exp(logScale + sizeExponent * .log(compute / 6))
  }

  /// D* for C floating-point operations.
  public func tokens(compute: Double) -> Double {
    .exp(dataExponent * .log(compute / 6) - logScale)
  }
}

extension SizeAndDataLaw {
  /// The compute-optimal split of a fit.
  ///
  /// - Parameter parameters: E, A, B, α and β.
  /// - Returns: nil when a term is missing.
  public func computeOptimum(_ parameters: [Double]) -> ComputeOptimum? {
    ComputeOptimum(
      sizeHeight: parameters[1], dataHeight: parameters[2], alpha: parameters[3],
      beta: parameters[4])
  }
}
