/// How the first warm-up enters the areas.
///
/// Source: Tissue, Wang, Wang, arXiv 2408.11029 (`peak`); Luo et al., arXiv 2503.12811 (`actual`)
/// and the code published with it (`full`).
public enum WarmupArea: String, Sendable, Hashable, Codable, CaseIterable {
  /// The forward area sums the rates as they are; the annealing area starts after the warm-up.
  case actual
  /// The rate counts as if the warm-up's last rate had held from the start.
  case peak
  /// Rates as they are, and the warm-up's rises enter the annealing area as negative drops.
  case full
}

/// The areas of a learning-rate path at a set of positions.
///
/// With η(p) the rate at position p and p₀ the path's first position,
/// ```
/// S1(s) = Σ_{p=p₀..s} η(p)
/// m(p)  = λ m(p-1) + η(p-1) - η(p),  m(p₀) = 0
/// S2(s) = Σ_{p=p₀..s} m(p)
/// ```
/// Both are computed in closed form over stretches of constant drop, so that the cost grows with
/// the number of pieces and positions, not with the number of steps.
///
/// Source: Tissue, Wang, Wang, "Scaling Law with Learning Rate Annealing", arXiv 2408.11029, Eq. 1.
public struct LearningRateAreas: Sendable {
  /// A stretch of steps with one drop η(p-1) - η(p).
  private struct Stretch {
    var count: Int
    var drop: Double
  }

  /// The forward area S1 at each position, in learning rate × steps.
  public let forward: [Double]
  /// Whether the rate changes where changes count, by more than a millionth of the path's peak:
  /// if not, S2 is zero everywhere, whatever λ.
  public let hasDrops: Bool
  private let stretches: [Stretch]
  /// For each position, how many stretches end at or before it.
  private let stretchEnds: [Int]

  /// Prepares the areas of a path.
  ///
  /// - Parameters:
  ///   - path: the learning rate over steps.
  ///   - positions: where to evaluate, ascending, at least the path's first position.
  ///   - warmup: how the first warm-up counts.
  /// - Complexity: O(pieces + positions) for linear pieces, O(steps) inside sampled ones.
  public init(path: LearningRatePath, positions: [Int], warmup: WarmupArea) {
    precondition(
      positions.first.map { $0 >= path.firstPosition } ?? true, "positions start before the path")
    var walk = Walk(path: path, warmup: warmup)
    var forward: [Double] = []
    var stretchEnds: [Int] = []
    forward.reserveCapacity(positions.count)
    stretchEnds.reserveCapacity(positions.count)
    for position in positions {
      walk.advance(to: position)
      forward.append(walk.forward)
      stretchEnds.append(walk.stretches.count)
    }
    self.forward = forward
    self.stretchEnds = stretchEnds
    stretches = walk.stretches
    let change = walk.stretches.reduce(0) { $0 + Double($1.count) * abs($1.drop) }
    hasDrops = change > 1e-6 * path.peak
  }

  /// Computes the annealing area S2 and, where wanted, its derivative by λ at each position.
  ///
  /// - Parameters:
  ///   - memoryLoss: 1 - λ, in (0, 1].
  ///   - areas: S2 is written here, one a position, from `start` on.
  ///   - derivatives: ∂S2/∂λ, likewise, where wanted.
  ///   - start: the index of the first position.
  ///   - wantsDerivatives: whether derivatives are computed.
  /// - Complexity: O(pieces + positions).
  public func annealing(
    memoryLoss: Double, areas: inout [Double], derivatives: inout [Double], at start: Int,
    wantsDerivatives: Bool
  ) {
    precondition(memoryLoss > 0 && memoryLoss <= 1, "memoryLoss is outside (0, 1]")
    precondition(areas.count >= start + stretchEnds.count, "areas is too short")
    precondition(
      !wantsDerivatives || derivatives.count >= start + stretchEnds.count,
      "derivatives is too short")
    var state = AnnealingState(memoryLoss: memoryLoss)
    var next = 0
    for (index, end) in stretchEnds.enumerated() {
      while next < end {
        state.advance(count: stretches[next].count, drop: stretches[next].drop)
        next += 1
      }
      areas[start + index] = state.area
      if wantsDerivatives { derivatives[start + index] = state.areaDerivative }
    }
  }

  /// The annealing area S2 at each position for a decay factor λ in [0, 1).
  public func annealing(decay lambda: Double) -> [Double] {
    var areas = [Double](repeating: 0, count: stretchEnds.count)
    var unused: [Double] = []
    annealing(
      memoryLoss: 1 - lambda, areas: &areas, derivatives: &unused, at: 0, wantsDerivatives: false)
    return areas
  }
}

extension LearningRateAreas {
  /// Goes along a path once, summing rates and noting stretches of constant drop.
  private struct Walk {
    let path: LearningRatePath
    let warmup: WarmupArea
    var forward = 0.0
    var stretches: [Stretch] = []
    /// The position reached; its rate is already in `forward`.
    private var position: Int
    private var pieceIndex = 0
    private var lastRate: Double
    private let warmupRate: Double

    init(path: LearningRatePath, warmup: WarmupArea) {
      self.path = path
      self.warmup = warmup
      warmupRate = path.learningRate(at: path.warmupEnd)
      position = path.firstPosition - 1
      lastRate = path.learningRate(at: path.firstPosition)
    }

    mutating func advance(to target: Int) {
      if stretches.isEmpty || position < target { closeStretch() }
      while position < target {
        let piece = path.pieces[pieceIndex]
        let end = pieceIndex + 1 < path.pieces.count ? piece.start + piece.count : Int.max
        if position + 1 >= end {
          pieceIndex += 1
          continue
        }
        var last = min(target, end - 1)
        if position < path.warmupEnd { last = min(last, path.warmupEnd) }
        advance(through: last, in: piece)
      }
    }

    /// Takes the positions up to `last`, all in one piece and on one side of the warm-up's end.
    private mutating func advance(through last: Int, in piece: LearningRatePath.Piece) {
      let inWarmup = last <= path.warmupEnd
      switch piece.shape {
      case .linear(_, let slope):
        let pieceLast = piece.start + piece.count - 1
        if position >= pieceLast {
          take(count: last - position, first: piece.rate(at: .max), slope: 0, inWarmup: inWarmup)
        } else {
          let through = min(last, pieceLast)
          let first = piece.rate(at: position + 1 - piece.start)
          take(count: through - position, first: first, slope: slope, inWarmup: inWarmup)
        }
      case .sampled:
        let rate = piece.rate(at: position + 1 - piece.start)
        take(count: 1, first: rate, slope: 0, inWarmup: inWarmup)
      }
    }

    /// Takes `count` positions whose rates are `first + slope * j`.
    private mutating func take(count: Int, first: Double, slope: Double, inWarmup: Bool) {
      let n = Double(count)
      let last = first + slope * Double(count - 1)
      if inWarmup && warmup == .peak {
        forward += n * warmupRate
      } else {
        forward += n * 0.5 * (first + last)
      }
      let counted = !inWarmup || warmup == .full
      note(count: 1, drop: counted ? lastRate - first : 0)
      if count > 1 { note(count: count - 1, drop: counted ? -slope : 0) }
      lastRate = last
      position += count
    }

    private mutating func note(count: Int, drop: Double) {
      if !closed, let last = stretches.last, last.drop == drop {
        stretches[stretches.count - 1].count += count
      } else {
        stretches.append(Stretch(count: count, drop: drop))
        closed = false
      }
    }

    /// Whether the last stretch ends at a position asked for and must not grow.
    private var closed = true

    private mutating func closeStretch() { closed = true }
  }
}
