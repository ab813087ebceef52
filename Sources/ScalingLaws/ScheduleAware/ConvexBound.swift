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

  /// The bounds of training that stops at positions of a path.
  ///
  /// The sum over the steps before a row is that of ``RepresentativeSteps`` and ``DropTree``: it is
  /// off by less than 1e-7, as sums over drops are.
  ///
  /// - Parameters:
  ///   - path: the learning rate over steps.
  ///   - positions: the last steps, ascending, at least the path's first position.
  ///   - warmup: with `.peak` the warm-up counts at its last rate.
  /// - Returns: one bound a position.
  /// - Complexity: O(pieces + positions · log(steps)); O(steps) inside sampled pieces.
  public static func bounds(
    path: LearningRatePath, at positions: [Int], warmup: WarmupArea
  ) -> [ConvexBound] {
    precondition(
      positions.first.map { $0 >= path.firstPosition } ?? true, "positions start before the path")
    let path = warmup == .peak ? path.held(before: path.warmupEnd) : path
    let all = RepresentativeSteps(
      path: path, positions: positions, from: path.firstPosition, includesFlat: true, width: 1)
    let steps = all.steps.filter { $0.rate > 0 }
    // How many of the steps so far have a positive rate.
    var counts = [0]
    for step in all.steps { counts.append(counts[counts.count - 1] + (step.rate > 0 ? 1 : 0)) }
    let squares = steps.map { $0.weight * $0.rate * $0.rate }
    var squareSums = [0.0]
    for square in squares { squareSums.append(squareSums[squareSums.count - 1] + square) }
    let tree = DropTree(
      steps: steps.map(\.position), sizes: squares, origins: steps.map { $0.areaBefore + $0.rate },
      marks: [Double](repeating: 0, count: steps.count))
    return zip(all.counts, all.areas).map { count, area in
      let count = counts[count]
      // The last step with a rate has no rates after it.
      var ratios = 0.0
      let least = RepresentativeSteps.resolution * area
      for range in tree.cover(count: count - 1, area: area, separation: 3) {
        for node in range {
          ratios += tree.weights[Int(node)] / max(area - tree.origins[Int(node)], least)
        }
      }
      return ConvexBound(
        SuffixSums(
          rates: area, squares: squareSums[count], ratios: ratios,
          last: count > 0 ? steps[count - 1].rate : 0))
    }
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
}
