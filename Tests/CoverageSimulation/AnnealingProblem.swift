public import LeastSquares
import RealModule

/// L0 + A·S1^(-α) - C·S2 - y, with the areas of one warm-up, stable, decay schedule.
public struct AnnealingProblem: LeastSquaresProblem {
  /// L0, A, α and C, by which losses are simulated.
  public static let truth = [2.6, 0.5, 0.5, 0.4]
  /// The index of α.
  public static let exponent = 2

  /// y, one a row.
  public var targets: [Double] = []
  private let logs: [Double]
  private let annealing: [Double]

  /// 4.
  public var parameterCount: Int { 4 }
  /// The rows.
  public var residualCount: Int { logs.count }

  /// Creates the problem's areas: 20,000 steps, warm-up to 1e-3 in 500, linear decay to a tenth over
  /// the last fifth, decay factor 0.999; rows evenly spread after the warm-up.
  public init(rows: Int) {
    let (total, warmup, peak) = (20_000, 500, 1e-3)
    let decayStart = 16_000
    func rate(_ step: Int) -> Double {
      if step < warmup { return peak * Double(step) / Double(warmup) }
      if step < decayStart { return peak }
      return peak * (1 - 0.9 * Double(step - decayStart) / Double(total - decayStart))
    }
    var (forward, momentum, area) = (rate(0), 0.0, 0.0)
    var (logs, annealing) = ([Double](), [Double]())
    for step in 1...total {
      forward += rate(step)
      momentum = 0.999 * momentum + (step > warmup ? rate(step - 1) - rate(step) : 0)
      area += momentum
      if step == warmup + (logs.count + 1) * (total - warmup) / rows {
        logs.append(.log(forward))
        annealing.append(area)
      }
    }
    self.logs = logs
    self.annealing = annealing
  }

  /// The losses of the truth, without noise.
  public var trueLosses: [Double] {
    let theta = AnnealingProblem.truth
    return logs.indices.map {
      theta[0] + theta[1] * .exp(-theta[2] * logs[$0]) - theta[3] * annealing[$0]
    }
  }

  /// Computes a block.
  public func evaluate(_ parameters: [Double], into block: ResidualBlock) {
    let residuals = block.residuals
    let columns = (0..<4).map { block.derivatives($0) }
    for offset in residuals.indices {
      let row = block.rows.lowerBound + offset
      let power = Double.exp(-parameters[2] * logs[row])
      residuals[offset] =
        parameters[0] + parameters[1] * power - parameters[3] * annealing[row] - targets[row]
      guard block.wantsDerivatives else { continue }
      columns[0][offset] = 1
      columns[1][offset] = power
      columns[2][offset] = -parameters[1] * logs[row] * power
      columns[3][offset] = -annealing[row]
    }
  }
}
