import RealModule

/// The annealing area with the momentum of every step weighted by a power of its rate:
/// S2(s) = Σ_{p≤s} m(p)·(η(p)/r)^ε, with m as in ``LearningRateAreas``.
///
/// Steps at rate zero count nothing, whatever ε. Lines and curves are taken in blocks over which the
/// rate changes by at most a two-thousandth, all of a block at its middle's rate.
///
/// Source: Tissue, Wang, Wang, arXiv 2408.11029, Sec. 6.3, with r = 1.
public struct RateWeightedArea: Sendable {
  /// Steps with one drop η(p-1) - η(p) and nearly one rate.
  private struct Stretch {
    var count: Int
    var drop: Double
    /// log(η/r); -∞ at rate zero.
    var logRate: Double
  }

  private var stretches: [Stretch] = []
  /// For each position, how many stretches end at or before it.
  private var stretchEnds: [Int] = []

  /// Prepares the area on a path.
  ///
  /// - Parameters:
  ///   - path: the learning rate over steps.
  ///   - positions: where to evaluate, ascending, at least the path's first position.
  ///   - warmup: how the first warm-up counts.
  ///   - reference: r, a rate by which rates are divided; positive.
  /// - Complexity: O(positions + blocks); O(steps) inside sampled pieces.
  public init(
    path: LearningRatePath, positions: [Int], warmup: WarmupArea, reference: Double
  ) {
    precondition(reference > 0, "reference is not positive")
    // The first position has no drop.
    var walk = PathWalk(path, from: path.firstPosition + 1)
    var cut = SteadyStretch(change: 5e-4, bend: nil)
    var lastRate = path.learningRate(at: path.firstPosition)
    for target in positions {
      while let span = walk.next(to: target) {
        let piece = path.pieces[span.piece]
        let counts = !span.isWarmup || warmup == .full
        var taken = 0
        while taken < span.count {
          let index = span.offset + taken
          // The step into a piece is no part of the piece's slope.
          let isSingle = index == 0 || piece.isSampled && !span.isHeld
          let count =
            isSingle ? 1 : cut.length(in: piece, from: index, atMost: span.count - taken)
          let last = piece.rate(at: index + count - 1)
          if counts || !stretches.isEmpty {
            let rate = 0.5 * (piece.rate(at: index) + last)
            stretches.append(
              Stretch(
                count: count, drop: counts ? (lastRate - last) / Double(count) : 0,
                logRate: .log(max(rate, 0) / reference)))
          }
          lastRate = last
          taken += count
        }
      }
      stretchEnds.append(stretches.count)
    }
  }

  /// Computes the weighted area and, where wanted, its derivatives at each position.
  ///
  /// - Parameters:
  ///   - memoryLoss: 1 - λ, in (0, 1].
  ///   - exponent: ε.
  ///   - wantsDerivatives: whether `write` gets derivatives rather than zeros.
  ///   - write: called for each position in order with its index, S2, ∂S2/∂λ and ∂S2/∂ε.
  public func evaluate(
    memoryLoss: Double, exponent: Double, wantsDerivatives: Bool,
    write: (Int, Double, Double, Double) -> Void
  ) {
    precondition(memoryLoss > 0 && memoryLoss <= 1, "memoryLoss is outside (0, 1]")
    var steps = AnnealingSteps(memoryLoss: memoryLoss)
    var state = AnnealingState()
    var (area, slope, exponentSlope) = (0.0, 0.0, 0.0)
    var next = 0
    for (index, end) in stretchEnds.enumerated() {
      while next < end {
        let stretch = stretches[next]
        let (lastArea, lastSlope) = (state.area, state.areaDerivative)
        state = steps.advance(state, count: stretch.count, drop: stretch.drop)
        next += 1
        guard stretch.logRate > -.infinity else { continue }
        let weight = Double.exp(exponent * stretch.logRate)
        let gain = weight * (state.area - lastArea)
        area += gain
        guard wantsDerivatives else { continue }
        slope += weight * (state.areaDerivative - lastSlope)
        exponentSlope += stretch.logRate * gain
      }
      write(index, area, slope, exponentSlope)
    }
  }
}

extension LearningRatePath.Piece {
  fileprivate var isSampled: Bool {
    if case .sampled = shape { true } else { false }
  }
}
