public import LeastSquares
import RealModule

/// What a fit minimises, summed over rows.
public enum FitObjective: Sendable, Hashable {
  /// Huber's loss on log P - log L, as the papers of the field use it.
  case huberLog(width: Double)
  /// Soft L1 on log P - log L.
  case softL1Log(width: Double)
  /// Squared P - L, in nats; the only one that takes losses at or below zero.
  case leastSquares

  /// Huber's loss with δ = 1e-3 on log losses (Hoffmann et al., arXiv 2203.15556; Tissue et al.,
  /// arXiv 2408.11029).
  public static let standard = FitObjective.huberLog(width: 1e-3)

  /// Whether residuals are of the logarithm.
  public var isLogarithmic: Bool { self != .leastSquares }

  /// The loss of one residual.
  public var loss: RobustLoss {
    switch self {
    case .huberLog(let width): .huber(width: width)
    case .softL1Log(let width): .softL1(width: width)
    case .leastSquares: .leastSquares
    }
  }

  /// The objective's name on the command line.
  public var name: String {
    switch self {
    case .huberLog: "huber-log"
    case .softL1Log: "soft-l1"
    case .leastSquares: "least-squares"
    }
  }

  /// log P - log L or P - L; NaN where a logarithm does not exist.
  public func residual(predicted: Double, observed: Double) -> Double {
    guard isLogarithmic else { return predicted - observed }
    return predicted > 0 ? .log(predicted / observed) : .nan
  }
}
