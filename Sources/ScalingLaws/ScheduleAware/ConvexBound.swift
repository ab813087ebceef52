import RealModule
public import Schedules

/// The bound of convex optimisation on the suboptimality of the last iterate of stochastic
/// subgradient steps with rates η₁ … η_T.
///
/// With D the distance to the optimum and G a bound on gradients, the bound is D²·t1 + G²·(t2 + t3):
/// ```
/// t1 = 1 / (2 Σ η)
/// t2 = Σ η² / (2 Σ η)
/// t3 = ½ Σ_{k<T} [η_k / Σ_{t>k} η_t] · [Σ_{t≥k} η_t² / Σ_{t≥k} η_t]
/// ```
/// The first factor and the last denominator make a difference, η_k/(S_{k+1} S_k) = 1/S_{k+1} - 1/S_k
/// with S_k = Σ_{t≥k} η_t, so that summation by parts leaves
/// ```
/// t2 + t3 = ½ (η_T + Σ_{k<T} η_k² / S_{k+1})
/// ```
/// which is what is summed. Steps at rate zero at the end are dropped: they change nothing.
///
/// Source: Schaipp and others, arXiv 2501.18965; the bound is Theorem 10 of Defazio and others,
/// arXiv 2310.07831.
public struct ConvexBound: Sendable, Hashable {
  /// t1, the term of the distance still to go.
  public var distance: Double
  /// t2, the term of the gradients' average size.
  public var gradients: Double
  /// t3, the term of the last iterate's noise, which a decay lowers.
  public var lastIterate: Double

  /// The bound of a list of rates, not negative; without a positive rate t1 is infinite and t2 and t3
  /// are not numbers.
  ///
  /// - Complexity: O(rates).
  public init(rates: [Double]) {
    var sums = SuffixSums()
    for rate in rates.reversed() { sums.take(rate) }
    self.init(sums)
  }

  /// The bound of training that stops at a position of a path.
  ///
  /// - Parameters:
  ///   - path: the learning rate over steps.
  ///   - position: the last step, at least the path's first position.
  ///   - warmup: with `.peak` the warm-up counts at its last rate.
  /// - Complexity: O(pieces) for constant rates, O(steps) inside other pieces.
  public init(path: LearningRatePath, through position: Int, warmup: WarmupArea) {
    precondition(position >= path.firstPosition, "position is before the path")
    var sums = SuffixSums()
    if position >= path.endPosition {
      sums.take(path.learningRate(at: position), count: position - path.endPosition + 1)
    }
    let warmupRate = path.learningRate(at: path.warmupEnd)
    for piece in path.pieces.reversed() where piece.start <= position {
      let count = min(piece.count, position - piece.start + 1)
      let inWarmup = warmup == .peak ? min(max(path.warmupEnd - piece.start, 0), count) : 0
      switch piece.shape {
      case .linear(let rate, slope: 0):
        sums.take(rate, count: count - inWarmup)
      case .linear(let first, let slope):
        for index in (inWarmup..<count).reversed() { sums.take(first + slope * Double(index)) }
      case .sampled(let rates):
        for rate in rates[inWarmup..<count].reversed() { sums.take(rate) }
      }
      sums.take(warmupRate, count: inWarmup)
    }
    self.init(sums)
  }

  private init(_ sums: SuffixSums) {
    distance = 0.5 / sums.rates
    gradients = 0.5 * sums.squares / sums.rates
    lastIterate = 0.5 * (sums.last + sums.ratios) - gradients
  }
}

extension ConvexBound {
  /// The factor of all rates that makes the bound smallest for D = G = 1, √(t1/(t2 + t3)).
  ///
  /// For other D and G it is D/G times this.
  public var bestFactor: Double { (distance / (gradients + lastIterate)).squareRoot() }

  /// The bound at that factor for D = G = 1, 2√(t1·(t2 + t3)).
  public var bestValue: Double { 2 * (distance * (gradients + lastIterate)).squareRoot() }
}

/// Sums over the rates from a step to the last one, step by step backwards.
private struct SuffixSums {
  /// S_k = Σ_{t≥k} η_t.
  var rates = 0.0
  /// Σ_{t≥k} η_t².
  var squares = 0.0
  /// Σ η_k² / S_{k+1}.
  var ratios = 0.0
  /// η_T, the last rate that is not zero.
  var last = 0.0

  mutating func take(_ rate: Double) {
    if rates > 0 { ratios += rate * rate / rates } else { last = rate }
    rates += rate
    squares += rate * rate
  }

  /// Takes some steps at one rate.
  mutating func take(_ rate: Double, count: Int) {
    guard count > 0, rate > 0 else { return }
    var count = count
    // Near the end the terms change fast from step to step.
    while count > 0, rates < 16 * rate {
      take(rate)
      count -= 1
    }
    guard count > 0 else { return }
    let n = Double(count)
    // Σ_{j<n} η² / (S + jη) = η Σ 1/(x + j) with x = S/η.
    ratios += rate * SuffixSums.harmonicSum(from: rates / rate, count: n)
    rates += n * rate
    squares += n * rate * rate
  }

  /// Σ_{j<n} 1/(x + j) = ψ(x + n) - ψ(x) for x ≥ 16, to 1e-12, by the digamma function's series.
  private static func harmonicSum(from x: Double, count n: Double) -> Double {
    func rest(_ y: Double) -> Double {
      let square = 1 / (y * y)
      return 0.5 / y + square * (1.0 / 12 - square * (1.0 / 120 - square / 252))
    }
    return .log(onePlus: n / x) + rest(x) - rest(x + n)
  }
}
