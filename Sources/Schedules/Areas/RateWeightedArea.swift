import RealModule

/// The annealing area with the momentum of every step weighted by a power of its rate:
/// S2(s) = Σ_{p≤s} m(p)·(η(p)/r)^ε, with m as in ``LearningRateAreas``.
///
/// Steps at rate zero count nothing, whatever ε. Long linear pieces are taken in blocks over which
/// the rate changes by at most a two-thousandth, all of a block at its middle's rate.
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
  /// - Complexity: O(positions + blocks) for linear pieces, O(steps) inside sampled ones.
  public init(
    path: LearningRatePath, positions: [Int], warmup: WarmupArea, reference: Double
  ) {
    precondition(reference > 0, "reference is not positive")
    var position = path.firstPosition
    var pieceIndex = 0
    var lastRate = path.learningRate(at: position)
    for target in positions {
      while position < target {
        let piece = path.pieces[pieceIndex]
        let isLast = pieceIndex + 1 == path.pieces.count
        let end = piece.start + piece.count
        if position + 1 >= end, !isLast {
          pieceIndex += 1
          continue
        }
        var count = position + 1 >= end ? target - position : min(target, end - 1) - position
        if position < path.warmupEnd { count = min(count, path.warmupEnd - position) }
        let counts = position >= path.warmupEnd || warmup == .full
        let index = position + 1 - piece.start
        let first = piece.rate(at: index)
        let next = piece.rate(at: index + 1)
        if index <= 0 || !piece.isLinear || (next == first && lastRate != first) {
          count = 1  // The step into a piece is no part of the piece's slope.
        } else if next != first {
          count = min(count, Self.blockLength(first, change: next - first))
        }
        let last = piece.rate(at: index + count - 1)
        if counts || !stretches.isEmpty {
          stretches.append(
            Stretch(
              count: count, drop: counts ? (lastRate - last) / Double(count) : 0,
              logRate: .log(max(0.5 * (first + last), 0) / reference)))
        }
        lastRate = last
        position += count
      }
      stretchEnds.append(stretches.count)
    }
  }

  private static func blockLength(_ rate: Double, change: Double) -> Int {
    max(1, Int(min(5e-4 * rate / abs(change), 1e9)))
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
    var state = AnnealingState(memoryLoss: memoryLoss)
    var (area, slope, exponentSlope) = (0.0, 0.0, 0.0)
    var next = 0
    for (index, end) in stretchEnds.enumerated() {
      while next < end {
        let stretch = stretches[next]
        let (lastArea, lastSlope) = (state.area, state.areaDerivative)
        state.advance(count: stretch.count, drop: stretch.drop)
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
  fileprivate var isLinear: Bool {
    if case .linear = shape { true } else { false }
  }
}
