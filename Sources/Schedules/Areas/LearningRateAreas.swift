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
/// Both are computed in closed form over stretches of steps whose drops are a polynomial, so that the
/// cost grows with the number of pieces and positions, not with the number of steps.
///
/// Source: Tissue, Wang, Wang, "Scaling Law with Learning Rate Annealing", arXiv 2408.11029, Eq. 1.
public struct LearningRateAreas: Sendable {
  /// A stretch of steps with one drop η(p-1) - η(p), or with drops Σ_k δ_k C(j-1, k).
  private struct Stretch {
    var count: Int
    /// The drop; δ_0.
    var drop: Double
    /// Where δ begin among all coefficients, the degree first; -1 for one drop.
    var start = -1
  }

  /// The forward area S1 at each position, in learning rate × steps.
  public let forward: [Double]
  /// Whether the rate changes where changes count, by more than a millionth of the path's peak:
  /// if not, S2 is zero everywhere, whatever λ.
  public let hasDrops: Bool
  private let stretches: [Stretch]
  /// The degree and δ of all stretches whose drops differ, one after the other.
  private let coefficients: [Double]
  /// For each position, how many stretches end at or before it.
  private let stretchEnds: [Int]

  /// Prepares the areas of a path.
  ///
  /// - Parameters:
  ///   - path: the learning rate over steps.
  ///   - positions: where to evaluate, ascending, at least the path's first position.
  ///   - warmup: how the first warm-up counts.
  /// - Complexity: O(pieces + positions), a curve counting as its panels; O(steps) inside sampled
  ///   pieces.
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
    coefficients = walk.coefficients
    hasDrops = walk.change > 1e-6 * path.peak
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
    var steps = AnnealingSteps(memoryLoss: memoryLoss)
    var state = AnnealingState()
    var next = 0
    for (index, end) in stretchEnds.enumerated() {
      while next < end {
        let stretch = stretches[next]
        if stretch.start < 0 {
          state = steps.advance(state, count: stretch.count, drop: stretch.drop)
        } else {
          state = steps.advance(
            state, count: stretch.count, coefficients: coefficients, from: stretch.start + 1,
            degree: Int(coefficients[stretch.start]))
        }
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
  /// Goes along a path once, summing rates and noting stretches.
  private struct Walk {
    let path: LearningRatePath
    let warmup: WarmupArea
    var forward = 0.0
    var stretches: [Stretch] = []
    var coefficients: [Double] = []
    /// By how much the rate changes, up and down, where changes count.
    var change = 0.0
    private var steps: PathWalk
    private var polynomial = RatePolynomial()
    private var lastRate: Double
    private let warmupRate: Double
    /// Whether the last stretch ends at a position asked for and must not grow.
    private var isClosed = true

    init(path: LearningRatePath, warmup: WarmupArea) {
      self.path = path
      self.warmup = warmup
      steps = PathWalk(path)
      warmupRate = path.learningRate(at: path.warmupEnd)
      lastRate = path.learningRate(at: path.firstPosition)
    }

    mutating func advance(to target: Int) {
      while let span = steps.next(to: target) {
        take(span)
      }
      isClosed = true
    }

    private mutating func take(_ span: PathWalk.Span) {
      let piece = path.pieces[span.piece]
      let first = piece.rate(at: span.offset)
      if span.isHeld {
        take(count: span.count, first: first, slope: 0, inWarmup: span.isWarmup)
        return
      }
      switch piece.shape {
      case .linear(_, let slope):
        take(count: span.count, first: first, slope: slope, inWarmup: span.isWarmup)
      case .curved(let curve):
        if span.offset == 0 { take(count: 1, first: first, slope: 0, inWarmup: span.isWarmup) }
        take(
          curve, after: max(span.offset - 1, 0), through: span.offset + span.count - 1,
          inWarmup: span.isWarmup)
      case .sampled(let rates):
        for index in span.offset..<(span.offset + span.count) {
          take(count: 1, first: rates[index], slope: 0, inWarmup: span.isWarmup)
        }
      }
    }

    /// Takes the positions of a curve after `index` up to `last`.
    private mutating func take(
      _ curve: LearningRateCurve, after index: Int, through last: Int, inWarmup: Bool
    ) {
      var index = index
      while index < last {
        let count = min(curve.expand(after: index, into: &polynomial), last - index)
        let sum = Double(count) * warmupRate
        forward += inWarmup && warmup == .peak ? sum : polynomial.area(through: Double(count))
        index += count
        let rate = curve.rate(at: index)
        if inWarmup && warmup != .full {
          note(count: count, drop: 0)
        } else {
          noteCurve(count: count)
          change += abs(lastRate - rate)
        }
        lastRate = rate
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
      if counted { change += abs(lastRate - first) + abs(first - last) }
      note(count: 1, drop: counted ? lastRate - first : 0)
      if count > 1 { note(count: count - 1, drop: counted ? -slope : 0) }
      lastRate = last
    }

    /// Notes steps along the polynomial, whose drops are -Σ_k ρ_{k+1} C(j-1, k).
    private mutating func noteCurve(count: Int) {
      let degree = polynomial.degree(over: count) - 1
      guard degree > 0 else {
        note(count: count, drop: -polynomial.coefficients[1])
        return
      }
      stretches.append(
        Stretch(
          count: count, drop: -polynomial.coefficients[1], start: coefficients.count))
      coefficients.append(Double(degree))
      for k in 0...degree { coefficients.append(-polynomial.coefficients[k + 1]) }
      isClosed = true
    }

    private mutating func note(count: Int, drop: Double) {
      if !isClosed, let last = stretches.last, last.drop == drop {
        stretches[stretches.count - 1].count += count
      } else {
        stretches.append(Stretch(count: count, drop: drop))
        isClosed = false
      }
    }
  }
}
