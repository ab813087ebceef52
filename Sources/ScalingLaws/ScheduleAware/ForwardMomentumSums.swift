import RealModule
import Schedules

/// The sums S and M of ``ForwardMomentumLaw`` along a path.
///
/// On grid points s₀ < s₁ < … a fixed number of steps apart, with η their rates,
/// ```
/// S₀ = η₀ s₀,  Sᵢ = Sᵢ₋₁ + ηᵢ (sᵢ - sᵢ₋₁)
/// dᵢ = (ηᵢ₋₁ - ηᵢ)(sᵢ - sᵢ₋₁)
/// m ← 0.9 m + 0.1 d,  v ← 0.999 v + 0.001 d²,  both from 0
/// m̂ = m / (1 - 0.9^(i+1)),  v̂ = 1e5 v / (1 - 0.999^(i+1))
/// Mᵢ = Mᵢ₋₁ + m̂ / (√(v̂ + 1e-8) + 1e-8),  M₀ = 0
/// ```
/// Between grid points M is linear and S ends with a shorter step.
///
/// Source: Wang and others, arXiv 2512.13705, and the code published with it.
struct ForwardMomentumSums {
  private let path: LearningRatePath
  private let interval: Int
  /// The last grid point passed, and its sums.
  private var point: Int
  private var forward: Double
  private var momentum = 0.0
  /// The next grid point's M.
  private var nextMomentum = 0.0
  private var first = 0.0
  private var second = 0.0
  private var firstPower = 0.9
  private var secondPower = 0.999

  /// Starts at the end of the first warm-up, or after one interval where that is later.
  init(path: LearningRatePath, interval: Int) {
    precondition(interval > 0, "interval is not positive")
    self.path = path
    self.interval = interval
    point = max(path.warmupEnd, interval)
    forward = path.learningRate(at: point) * Double(point)
    takeNext()
  }

  /// S and M at positions, ascending.
  static func sums(
    path: LearningRatePath, positions: [Int], interval: Int
  ) -> [(forward: Double, momentum: Double)] {
    var sums = ForwardMomentumSums(path: path, interval: interval)
    return positions.map { sums.advance(to: $0) }
  }

  private mutating func advance(to position: Int) -> (forward: Double, momentum: Double) {
    let rate = path.learningRate(at: position)
    guard position > point else { return (rate * Double(position), 0) }
    while position - point >= interval {
      point += interval
      forward += path.learningRate(at: point) * Double(interval)
      momentum = nextMomentum
      takeNext()
    }
    let steps = Double(position - point)
    let share = steps / Double(interval)
    return (forward + rate * steps, momentum + share * (nextMomentum - momentum))
  }

  /// Computes M at the grid point after `point`.
  private mutating func takeNext() {
    let drop = path.learningRate(at: point) - path.learningRate(at: point + interval)
    let d = drop * Double(interval)
    firstPower *= 0.9
    secondPower *= 0.999
    first = 0.9 * first + 0.1 * d
    second = 0.999 * second + 0.001 * d * d
    let mean = first / (1 - firstPower)
    let square = second / (1 - secondPower) * 1e5
    nextMomentum = momentum + mean / ((square + 1e-8).squareRoot() + 1e-8)
  }
}
