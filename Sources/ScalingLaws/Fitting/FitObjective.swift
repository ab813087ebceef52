public import LeastSquares
import RealModule

/// What a fit minimises, summed over rows.
public enum FitObjective: Sendable, Hashable {
  /// Huber's loss on log P - log L, as the papers of the field use it.
  case huberLog(width: Double)
  /// Soft L1 on log P - log L.
  case softL1Log(width: Double)
  /// Squared P - L, in nats; takes any losses.
  case leastSquares
  /// Squared log(1 + P) - log(1 + L), for losses or error rates that come close to zero.
  case leastSquaresLog1p

  /// Huber's loss with δ = 1e-3 on log losses (Hoffmann et al., arXiv 2203.15556; Tissue et al.,
  /// arXiv 2408.11029).
  public static let standard = FitObjective.huberLog(width: 1e-3)

  /// The objective of that name; nil when there is none.
  ///
  /// - Parameters:
  ///   - name: as on the command line.
  ///   - width: of a robust loss.
  public init?(name: String, width: Double) {
    let all: [FitObjective] = [
      .huberLog(width: width), .softL1Log(width: width), .leastSquares, .leastSquaresLog1p,
    ]
    guard let objective = all.first(where: { $0.name == name }) else { return nil }
    self = objective
  }

  /// c when residuals are log(P + c) - log(L + c), nil when they are P - L.
  public var logOffset: Double? {
    switch self {
    case .huberLog, .softL1Log: 0
    case .leastSquares: nil
    case .leastSquaresLog1p: 1
    }
  }

  /// The loss of one residual.
  public var loss: RobustLoss {
    switch self {
    case .huberLog(let width): .huber(width: width)
    case .softL1Log(let width): .softL1(width: width)
    case .leastSquares, .leastSquaresLog1p: .leastSquares
    }
  }

  /// The objective's name on the command line.
  public var name: String {
    switch self {
    case .huberLog: "huber-log"
    case .softL1Log: "soft-l1"
    case .leastSquares: "least-squares"
    case .leastSquaresLog1p: "log1p"
    }
  }

  /// log(P + c) - log(L + c) or P - L; NaN where a logarithm does not exist.
  public func residual(predicted: Double, observed: Double) -> Double {
    guard let offset = logOffset else { return predicted - observed }
    return predicted + offset > 0 ? .log((predicted + offset) / (observed + offset)) : .nan
  }

  /// The prediction P that has a residual.
  public func prediction(residual: Double, observed: Double) -> Double {
    guard let offset = logOffset else { return observed + residual }
    return (observed + offset) * .exp(residual) - offset
  }
}
